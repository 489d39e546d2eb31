"""Let people change places until each ticket has about as many of every cell as is the mean.

A cell is who has two values, of two features. How many seats it has over all tickets follows from
everybody's chance, so that it cannot be bettered; how far single tickets lie from their mean can.
The sum over tickets and cells of the squares of ``tickets * seats - seats of the cell on all`` is
the squared number of tickets times the sum of the squared seats, less what never changes: so it is
enough to look at the squared seats.

1. Two people who differ in one feature or two change places. If that breaks a quota, two others on
   the same tickets change places to mend it: one of the changes that leave no fault, at random.
2. What does not raise the sum is kept. What does is kept with a chance that falls with every step
   up, and from look to look (Kirkpatrick, Gelatt, Vecchi, *Optimization by simulated annealing*,
   Science 220, 1983).
3. That ends when the sum hardly falls any more. The tickets that had the lowest are taken.

As everywhere here the numbers are whole: which changes are kept depends on no rounding.
"""

from __future__ import annotations

import numpy as np

from sortition.core.spread.changes import NEVER, Changes
from sortition.core.spread.exchange import Family, Tokens, families_of, proposed
from sortition.core.spread.mending import picked
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.people import People
from sortition.core.spread.table import Table
from sortition.core.types import Bools, Ints

# How often every token is tried between two looks, in how many batches at least; how many looks
# there are, at least and at most; and which part of what is off must go between two of them.
TRIES = 2
BATCHES = 200
COLD = 6
LOOKS = 12
ENOUGH = 30
# How many places of a ticket are looked at to mend it.
PLACES = 40
# By how many halvings with each look it gets colder.
COLDER = 2


class Mixing:
    """Tickets while people change places for the sake of the cells.

    Parameters
    ----------
    seats : array of int, shape (m, k)
    people, cells : People
    """

    def __init__(self, seats: Ints, people: People, cells: People) -> None:
        self.table = Table(seats, people)
        self.changes = Changes(self.table)
        self.tokens = Tokens(self.table)
        self._cells = Table(seats, cells)
        self._at = np.argsort(self.tokens.place, kind="stable")

    def squares(self, tickets: Ints | slice = slice(None)) -> Ints:
        """The sum over the cells of their squared seats on some tickets; of each."""
        seats = self._cells.used[tickets, :-1]
        total: Ints = np.einsum("tc,tc->t", seats, seats)
        return total

    def off(self) -> int:
        """The sum over tickets and cells of squared distances from the mean, times the tickets."""
        on_all = self._cells.used[:, :-1].sum(axis=0)
        return int(self.table.tickets * self.squares().sum() - (on_all * on_all).sum())

    def change(self, one: Ints, other: Ints) -> None:
        """Let the people in pairs of places change them; no ticket occurs twice."""
        self.table.change(one, other)
        self._cells.change(one, other)
        at = self._at
        at[one], at[other] = at[other], at[one]
        self.tokens.place[at[one]], self.tokens.place[at[other]] = one, other


def mix(seats: Ints, people: People, cells: People, numbers: Numbers) -> Ints:
    """Tickets, shape (m, k), whose cells lie nearer to their means, and never farther.

    Everybody keeps her number of tickets, and every ticket stays a panel.

    Parameters
    ----------
    seats : array of int, shape (m, k)
        Panels.
    people : People
    cells : People
        Who counts for which cell; see `cells_of`.
    numbers : Numbers
    """
    mixing = Mixing(seats, people, cells)
    families = families_of(mixing.tokens, all_features=True)
    if not families or len(seats) < 2:
        return seats
    at_once = max(1, len(seats) // 3)
    best, least = seats, mixing.off()
    for look in range(1, LOOKS + 1):
        for _ in range(max(BATCHES, TRIES * seats.size // at_once)):
            which = int(numbers.below(np.array([len(families)]))[0])
            _batch(mixing, families[which], at_once, cold=COLDER * look, numbers=numbers)
        before, now = least, mixing.off()
        if now < least:
            best, least = mixing.table.seats, now
        if look >= COLD and now * ENOUGH >= before * (ENOUGH - 1):
            break
    return best


def _batch(mixing: Mixing, family: Family, at_once: int, *, cold: int, numbers: Numbers) -> None:
    """Try so many changes at once."""
    place, table = mixing.tokens.place, mixing.table
    one, other = (place[token] for token in proposed(mixing.tokens, family, at_once, numbers))
    new = table.are_new(one, other)
    one, other = one[new], other[new]
    here, there = one // table.size, other // table.size
    before = mixing.squares(here) + mixing.squares(there)
    mixing.change(one, other)
    broken = np.flatnonzero(table.faults(here) + table.faults(there))
    second, its_other, mended = _mended(mixing, here[broken], there[broken], numbers)
    mixing.change(second, its_other)
    risen = mixing.squares(here) + mixing.squares(there) - before
    kept = _may_rise(risen // 2, cold, numbers) & (table.faults(here) + table.faults(there) == 0)
    kept[broken] &= mended
    undone = ~kept[broken]
    mixing.change(second[undone], its_other[undone])
    mixing.change(one[~kept], other[~kept])


def _may_rise(steps: Ints, cold: int, numbers: Numbers) -> Bools:
    """Which changes are kept, of those that raise the sum by so many steps of two.

    Each step halves the chance so many times.
    """
    drawn = (numbers.words(len(steps)) >> np.uint64(32)).astype(np.int64)
    kept: Bools = drawn < np.right_shift(2**32, np.minimum(cold * steps.clip(0), 33))
    return kept


def _mended(mixing: Mixing, here: Ints, there: Ints, numbers: Numbers) -> tuple[Ints, Ints, Bools]:
    """For pairs of tickets two places each, whose people leave the fewest faults if they change.

    And whether they can: nobody sits on a ticket twice.
    """
    table = mixing.table
    first, second = (
        np.argsort(numbers.words(table.size), kind="stable")[:PLACES] for _ in range(2)
    )
    worse = mixing.changes.worse(here, there, first, second)
    least = worse.min(axis=(1, 2))
    row, column = picked(worse == least[:, None, None], numbers)
    return here * table.size + first[row], there * table.size + second[column], least < NEVER
