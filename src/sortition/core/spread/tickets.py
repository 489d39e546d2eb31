"""The tickets of a lottery: equally likely panels of people, as random as they can be.

1. The chances become whole numbers of tickets (`chances`, `shares`).
2. The tickets are dealt without a look at the quotas (`shuffling`), and people change places until
   the tickets are panels (`mending`).
3. What is still broken then is dealt again by linear programs (`dealing`, `seating`).
4. People change places at random, from panel to panel, until the tickets have forgotten all that
   (`exchange`).
5. If it was asked for, they go on to do so for the sake of pairs of features (`mixing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sortition.core.fairest import FairLottery
from sortition.core.programs.relaxation import Relaxation
from sortition.core.spread.cells import Pair, cells_of
from sortition.core.spread.chances import settle
from sortition.core.spread.dealing import Dealer
from sortition.core.spread.exchange import exchange
from sortition.core.spread.mending import mend
from sortition.core.spread.mixing import mix
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.people import people_of
from sortition.core.spread.seating import seated
from sortition.core.spread.shares import places_of_types, tickets_of_people
from sortition.core.spread.shuffling import shuffled
from sortition.core.spread.table import Table
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints, Types
from sortition.model import Instance, SolverName

# How many whole tickets are dealt again with the broken ones, to give them room: some, and more for
# each.
SOME = 20
MORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomTickets:
    """Equally likely panels.

    Attributes
    ----------
    seats : array of int, shape (m, k)
        The positions in the pool of the people on each ticket, in ascending order.
    settled : bool
        Whether they follow from exact chances, and none of them was dealt by linear programs. If
        not, the last digits of a solver could have had a part in them.
    """

    seats: Ints
    settled: bool


def random_tickets(
    instance: Instance,
    fair: FairLottery,
    tickets: int,
    *,
    mixed: Sequence[Pair],
    solver: SolverName,
    key: str,
) -> RandomTickets:
    """Tickets that follow the chances of a lottery.

    Parameters
    ----------
    instance : Instance
    fair : FairLottery
    tickets : int
    mixed : sequence of pairs of str
        The pairs of features whose cells are to be near their means on every ticket.
    solver : {"highs", "cbc"}
    key : str
        Decides all that is random here.
    """
    types, known = fair.relaxation.types, fair.decomposition.panels
    chances = settle(fair.relaxation, fair.counts)
    finder = WholePoints(Relaxation(types=types), solver=solver)
    places = places_of_types(
        chances.of_types, tickets, finder=finder, numbers=Numbers.of(key, "places")
    )
    held = tickets_of_people(
        types, places, people=len(instance.pool), numbers=Numbers.of(key, "people")
    )
    people = people_of(instance)
    seats = shuffled(held, people.unit_of, tickets, instance.panel_size, Numbers.of(key, "shuffle"))
    table = Table(seats, people)
    broken = mend(table, Numbers.of(key, "mend"))
    seats = table.seats
    if len(broken):
        order = _by_room(table, broken, Numbers.of(key, "again"))
        again = min(len(order), SOME + MORE * len(broken))
        exact: Floats = np.array([float(tickets * chance) for chance in chances.of_types])
        exact = exact * types.sizes
        numbers = Numbers.of(key, "deal")
        dealer = Dealer(finder, numbers, solver=solver)
        there = _over_types(types, seats[order], len(held))
        panels, stay = dealer.deal(
            places, tickets, exact=exact, there=there, again=again, known=known
        )
        kept = seats[order[stay]]
        owed = held - np.bincount(kept.ravel(), minlength=len(held))
        seats = np.concatenate([kept, seated(types, panels, owed, numbers)])
    seats = exchange(seats, people, Numbers.of(key, "exchange"))
    if mixed:
        seats = mix(seats, people, cells_of(instance, mixed), Numbers.of(key, "mix"))
    return RandomTickets(seats=seats, settled=chances.exact and not len(broken))


def _by_room(table: Table, broken: Ints, numbers: Numbers) -> Ints:
    """The tickets that are whole, last those that give the broken ones most room."""
    order = np.argsort(numbers.words(table.tickets), kind="stable")
    order = order[~np.isin(order, broken)]
    by_room: Ints = order[np.argsort(table.room_for(broken)[order], kind="stable")]
    return by_room


def _over_types(types: Types, seats: Ints, people: int) -> Ints:
    """How many people of each type are on some tickets, shape (N, T)."""
    counts = np.zeros((len(seats), len(types)), dtype=np.int64)
    np.add.at(counts, (np.arange(len(seats))[:, None], types.type_of(people)[seats]), 1)
    return counts
