"""The tickets as they are now: who sits where, and what each ticket has used of every row."""

from __future__ import annotations

import numpy as np

from sortition.core.spread.people import People
from sortition.core.types import Bools, Ints


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
