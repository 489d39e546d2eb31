"""The tickets as they are now: who sits where, and what each ticket has used of every row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sortition.core.spread.people import People
from sortition.core.types import Bools, Ints

Bytes = NDArray[np.int8 | np.int16]

# the heaviest that a row gets, and how many columns are so few that bytes will do
HEAVIEST = 5
SHORT = 10


class Table:
    """The tickets while people change places.

    A ticket ``t`` has the places ``t * k`` to ``t * k + k - 1``, and somebody sits in each.

    Parameters
    ----------
    seats : array of int, shape (m, k)
        The positions in the pool of the people on each ticket, all different on one ticket.
    people : People

    Attributes
    ----------
    people : People
    tickets, size : int
        How many tickets there are, and how many people sit on each.
    taken : array of int, shape (m * k,)
        Who sits in each place.
    """

    def __init__(self, seats: Ints, people: People) -> None:
        self.people = people
        self.tickets, self.size = seats.shape
        self.taken = seats.ravel().copy()
        self._rows = rows = len(people.lower)
        self._rows_of = np.ascontiguousarray(people.rows_of.T)
        self._lower, self._upper = people.lower, people.upper
        keys = (np.arange(self.tickets) * rows)[:, None, None] + people.rows_of[seats]
        used = np.bincount(keys.ravel(), minlength=self.tickets * rows)
        self._used: Ints = used
        # a byte, as far as that holds the faults of two people in all columns
        short = len(self._rows_of) <= SHORT
        self._never = 2**7 - 1 if short else 2**15 - 1
        self._heaviest = min(HEAVIEST, self._never // (4 * len(self._rows_of) + 1))
        self._weight: Bytes = np.ones(rows, dtype=np.int8 if short else np.int16)

    @property
    def seats(self) -> Ints:
        """The people on each ticket, shape (m, k), in ascending order."""
        return np.sort(self.taken.reshape(self.tickets, self.size), axis=1)

    @property
    def used(self) -> Ints:
        """How many people each ticket has of each row, shape (m, rows)."""
        return self._used.reshape(self.tickets, self._rows)

    def faults(self, tickets: Ints) -> Ints:
        """How many seats some tickets are outside the bounds; 0 for a panel."""
        used = self.used[tickets]
        outside = np.maximum(np.maximum(self._lower - used, used - self._upper), 0)
        faults: Ints = outside.sum(axis=1)
        return faults

    def weigh_faults(self) -> None:
        """Let the rows that are broken on some ticket weigh more from now on, up to a bound."""
        broken = ((self.used < self._lower) | (self.used > self._upper)).any(axis=0)
        heavier = np.minimum(self._weight + 1, self._heaviest)
        self._weight = np.where(broken, heavier, self._weight).astype(self._weight.dtype)

    def fitting(self, tickets: Ints) -> Ints:
        """In how many rows every ticket has room for the faults of some.

        Returns
        -------
        array of int, shape (len(tickets), m)
        """
        used = self.used
        over, under = used[tickets] > self._upper, used[tickets] < self._lower
        met = np.zeros((len(tickets), self.tickets), dtype=np.int64)
        for row in np.flatnonzero(over.any(axis=0)).tolist():
            met += over[:, row, None] & (used[:, row] < self._upper[row])
        for row in np.flatnonzero(under.any(axis=0)).tolist():
            met += under[:, row, None] & (used[:, row] > self._lower[row])
        return met

    def room_for(self, tickets: Ints) -> Ints:
        """In how many rows each ticket has room for what some have in all, shape (m,)."""
        together = self.used[tickets].sum(axis=0)
        over = together > len(tickets) * self._upper
        under = together < len(tickets) * self._lower
        room = (over & (self.used < self._upper)) | (under & (self.used > self._lower))
        rows: Ints = room.sum(axis=1)
        return rows

    def may_change(self, one: Ints, other: Ints, columns: Ints) -> Bools:
        """Whether people in two places may change them and leave panels, for many pairs.

        Parameters
        ----------
        one, other : array of int, shape (pairs,)
            Places on different tickets, both of which are panels.
        columns : array of int
            The columns in which the people of a pair can differ.
        """
        here, there = one // self.size, other // self.size
        a, b = self.taken[one], self.taken[other]
        used, lower, upper = self._used, self._lower, self._upper
        at_home, away = here * self._rows, there * self._rows
        held = np.ones(len(one), dtype=bool)
        for column in columns.tolist():
            leaves, comes = self._rows_of[column, a], self._rows_of[column, b]
            held &= (leaves == comes) | (
                (used[at_home + leaves] > lower[leaves])
                & (used[at_home + comes] < upper[comes])
                & (used[away + comes] > lower[comes])
                & (used[away + leaves] < upper[leaves])
            )
        pairs = np.flatnonzero(held)
        held[pairs] = self.are_new(one[pairs], other[pairs])
        return held

    def are_new(self, one: Ints, other: Ints) -> Bools:
        """Whether the people in two places are new to each other's ticket, for many pairs."""
        here, there = one // self.size, other // self.size
        a, b = self.taken[one], self.taken[other]
        taken = self.taken.reshape(self.tickets, self.size)
        met = (taken[there] == a[:, None]) | (taken[here] == b[:, None])
        new: Bools = ~met.any(axis=1)
        return new

    def worse(self, one: Ints, other: Ints, first: Ints, second: Ints) -> Bytes:
        """How many more faults two tickets would have, for all changes of places.

        Parameters
        ----------
        one, other : array of int, shape (pairs,)
            Tickets.
        first, second : array of int
            Which of the places of the one and of the other are looked at, from 0.

        Returns
        -------
        array of int, shape (pairs, len(first), len(second))
            More than 0 where one of the two sits on the other ticket already.
        """
        taken = self.taken.reshape(self.tickets, self.size)
        here, there = taken[one], taken[other]
        a, b = here[:, first], there[:, second]
        leave, of_leaving = self._alone(a, one, other)
        come, of_coming = self._alone(b, other, one)
        worse = np.zeros((len(one), len(first), len(second)), dtype=self._weight.dtype)
        for column in range(len(self._rows_of)):
            both = of_leaving[column][:, :, None] + of_coming[column][:, None, :]
            # who counts for the same row as the other changes nothing in it
            both *= (leave[column][:, :, None] != come[column][:, None, :]).view(np.int8)
            worse += both
        worse[(a[:, :, None] == there[:, None, :]).any(axis=2)] = self._never
        worse.transpose(0, 2, 1)[(b[:, :, None] == here[:, None, :]).any(axis=2)] = self._never
        return worse

    def _alone(self, people: Ints, here: Ints, there: Ints) -> tuple[Ints, Bytes]:
        """The rows of people, and how many more faults there are if one goes from here to there.

        Both of shape (columns, pairs, people).
        """
        rows = self._rows_of[:, people]
        lower, upper = self._lower[rows], self._upper[rows]
        left = self._used[(here * self._rows)[:, None] + rows]
        reached = self._used[(there * self._rows)[:, None] + rows]
        more = (left <= lower).view(np.int8) - (left > upper).view(np.int8)
        more += (reached >= upper).view(np.int8)
        more -= (reached < lower).view(np.int8)
        return rows, more * self._weight[rows]

    def change(self, one: Ints, other: Ints, columns: Ints | None = None) -> None:
        """Let the people in pairs of places change them; no ticket occurs twice.

        Parameters
        ----------
        one, other : array of int, shape (pairs,)
            Places.
        columns : array of int, optional
            The columns in which the people of a pair can differ; None: all.
        """
        at_home, away = one // self.size * self._rows, other // self.size * self._rows
        a, b = self.taken[one], self.taken[other]
        for column in range(len(self._rows_of)) if columns is None else columns.tolist():
            leaves, comes = self._rows_of[column, a], self._rows_of[column, b]
            self._used[at_home + leaves] -= 1
            self._used[at_home + comes] += 1
            self._used[away + comes] -= 1
            self._used[away + leaves] += 1
        self.taken[one], self.taken[other] = b, a
