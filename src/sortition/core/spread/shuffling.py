"""Deal tickets at random without a look at the quotas; everybody gets her number of them.

1. Line everybody up at random, each as often as she has tickets, and hand out the tickets in turn.
   Nobody is on a ticket twice, and each has its number of people.
2. Pair the tickets at random. Those who are on one of a pair alone are shuffled, and share the two
   tickets anew. Repeat.

Step 2 is the curveball algorithm (Strona, Nappo, Boccacci, Fattorini, San-Miguel-Ayanz, *A fast and
unbiased procedure to randomize ecological binary matrices*, Nature Communications 5, 2014); under
it every table with these numbers comes equally often in the end.
"""

from __future__ import annotations

import numpy as np

from sortition.core.spread.numbers import Numbers
from sortition.core.spread.presence import Presence
from sortition.core.types import Ints

ROUNDS = 12
AT_ONCE = 2**22  # people, on each ticket or not

LAST = np.uint64(2**63)


def shuffled(tickets_of: Ints, unit_of: Ints, tickets: int, size: int, numbers: Numbers) -> Ints:
    """Tickets, shape (tickets, size), with no two people of a unit on any of them.

    Parameters
    ----------
    tickets_of : array of int, shape (people,)
        How many everybody gets; together ``tickets * size``.
    unit_of : array of int, shape (people,)
        The units, from 0; no unit gets more than all tickets.
    tickets, size : int
    numbers : Numbers
    """
    units = np.bincount(unit_of, weights=tickets_of).astype(np.int64)
    line = np.argsort(numbers.words(len(units)), kind="stable")
    seats = np.repeat(line, units[line]).reshape(size, tickets).T.copy()
    half, at_once = tickets // 2, max(1, AT_ONCE // len(units))
    presence = Presence(len(units))
    for _ in range(ROUNDS):
        order = np.argsort(numbers.words(tickets), kind="stable")
        for start in range(0, half, at_once):
            one = order[start : min(start + at_once, half)]
            other = order[half + start : half + start + len(one)]
            seats[one], seats[other] = _traded(seats[one], seats[other], presence, numbers)
    # which of its tickets go to whom in a unit is random
    flat = seats.ravel()
    by_unit = np.lexsort((numbers.words(len(flat)), flat))
    people = np.argsort(unit_of, kind="stable")
    flat[by_unit] = np.repeat(people, tickets_of[people])
    return flat.reshape(tickets, size)


def _traded(one: Ints, other: Ints, presence: Presence, numbers: Numbers) -> tuple[Ints, Ints]:
    """Pairs of tickets, shape (pairs, size), after those who are on one alone were shuffled."""
    size = one.shape[1]
    everybody = np.concatenate([one, other], axis=1)
    rank = numbers.words(everybody.size).reshape(everybody.shape) >> np.uint64(2)
    rank += np.uint64(1)
    # who is on both stays on both
    rank[:, :size][presence.on(other, one)] = 0
    rank[:, size:][presence.on(one, other)] = LAST
    mixed = np.take_along_axis(everybody, np.argsort(rank, axis=1, kind="stable"), axis=1)
    return mixed[:, :size], mixed[:, size:]
