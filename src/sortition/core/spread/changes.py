"""What becomes of the faults of tickets if people change places between them.

A fault is a seat outside the bounds. How many more there are after a change depends on what the
two people count for alone, less what both count for, since there nothing changes: so all changes
between two tickets are one product of matrices. Its numbers are whole and far below 2**24, so that
it is exact in any order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sortition.core.spread.presence import Presence
from sortition.core.spread.table import Table
from sortition.core.types import Ints

Counts = NDArray[np.float32]

HEAVIEST = 4  # that a row gets
NEVER = np.float32(2**20)  # more than all faults together


class Changes:
    """Looks for changes of places that leave few faults.

    Parameters
    ----------
    table : Table

    Attributes
    ----------
    table : Table
    """

    def __init__(self, table: Table) -> None:
        people = table.people
        self.table = table
        self._weight = np.ones(len(people.lower), dtype=np.int64)
        quotas = np.arange(people.quotas)
        # with two columns more, for what a change costs besides
        self._counts_for = np.zeros((len(people.rows_of), len(quotas) + 2), dtype=np.float32)
        for column in people.rows_of.T:
            self._counts_for[:, : len(quotas)] += column[:, None] == quotas
        self._counts_for[:, -1] = 1
        self._lower, self._upper = people.lower[quotas], people.upper[quotas]
        self._homes = people.rows_of[:, -1] if len(people.lower) - 1 > len(quotas) else None
        self._on = Presence(len(people.rows_of)).on

    def weigh_faults(self) -> None:
        """Let the rows that are broken on some ticket weigh more from now on, up to a bound."""
        used, people = self.table.used, self.table.people
        broken = ((used < people.lower) | (used > people.upper)).any(axis=0)
        self._weight[broken] = np.minimum(self._weight[broken] + 1, HEAVIEST)

    def fitting(self, tickets: Ints) -> Counts:
        """In how many rows every ticket has room for the faults of some.

        Returns
        -------
        array of float, shape (len(tickets), m)
            Whole numbers.
        """
        used, people = self.table.used, self.table.people
        over, under = used[tickets] > people.upper, used[tickets] < people.lower
        rows, rows_under = np.flatnonzero(over.any(axis=0)), np.flatnonzero(under.any(axis=0))
        faults = np.concatenate([over[:, rows], under[:, rows_under]], axis=1)
        below, above = (
            used[:, rows] < people.upper[rows],
            used[:, rows_under] > people.lower[rows_under],
        )
        room = np.concatenate([below, above], axis=1)
        met: Counts = faults.astype(np.float32) @ room.astype(np.float32).T
        return met

    def worse(self, one: Ints, other: Ints, first: Ints, second: Ints) -> Counts:
        """How many more faults two tickets would have, for all changes of places.

        Parameters
        ----------
        one, other : array of int, shape (pairs,)
            Tickets.
        first, second : array of int
            Which of the places of the one and of the other are looked at, from 0.

        Returns
        -------
        array of float, shape (pairs, len(first), len(second))
            Whole numbers; more than 0 where one of the two sits on the other ticket already.
        """
        table = self.table
        taken = table.taken.reshape(table.tickets, table.size)
        here, there = taken[one], taken[other]
        a, b = here[:, first], there[:, second]
        leave, come = self._moved(one, other), self._moved(other, one)
        goes, comes = self._counts_for[a], self._counts_for[b]
        goes[:, :, -2] = NEVER * self._on(there, a)
        # who counts for the same as the other changes nothing there
        changed = np.empty_like(comes)
        of_quotas = comes[:, :, :-2]
        changed[:, :, :-2] = leave[:, None, :] - of_quotas * (leave + come)[:, None, :]
        changed[:, :, -2] = 1
        changed[:, :, -1] = (of_quotas @ come[:, :, None])[:, :, 0] + NEVER * self._on(here, b)
        worse: Counts = goes @ changed.transpose(0, 2, 1)
        if self._homes is not None:
            worse += self._worse_at_home(one, other, self._homes[a], self._homes[b])
        return worse

    def _moved(self, here: Ints, there: Ints) -> Counts:
        """How many more faults there are if one of each quota goes from here to there."""
        rows = len(self._lower)
        left, reached = self.table.used[here, :rows], self.table.used[there, :rows]
        more = (left <= self._lower).view(np.int8) - (left > self._upper).view(np.int8)
        more += (reached >= self._upper).view(np.int8)
        more -= (reached < self._lower).view(np.int8)
        return (more * self._weight[:rows]).astype(np.float32)

    def _worse_at_home(self, one: Ints, other: Ints, a: Ints, b: Ints) -> Counts:
        """The same for households: the rows of the people looked at, shape (pairs, people)."""
        leaving = self._moved_home(one, other, a)[:, :, None]
        coming = self._moved_home(other, one, b)[:, None, :]
        worse: Counts = (leaving + coming) * (a[:, :, None] != b[:, None, :])
        return worse

    def _moved_home(self, here: Ints, there: Ints, rows: Ints) -> Counts:
        """How many more faults there are if one of some households goes from here to there."""
        used, upper = self.table.used, self.table.people.upper[rows]
        more = (used[there[:, None], rows] >= upper).view(np.int8)
        more -= (used[here[:, None], rows] > upper).view(np.int8)
        return (more * self._weight[rows]).astype(np.float32)
