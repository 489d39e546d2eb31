"""The tickets as they are now: who sits where, and what each ticket has used of every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sortition.core.types import Bools, Ints
from sortition.model import COMBINATION, Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a panel may hold of whom, person by person.

    Attributes
    ----------
    rows_of : array of int, shape (people, columns)
        The rows that a person counts for: one column for each feature, then one for each
        combination of values, and one for her household. Where she counts for none it holds the
        last row, which has no bounds.
    features : int
        How many of the columns are features.
    lower, upper : array of int, shape (rows,)
        The bounds of each row on a panel.
    """

    rows_of: Ints
    features: int
    lower: Ints
    upper: Ints


def people_of(instance: Instance) -> People:
    """The quotas and the household rule of an instance, person by person."""
    rows = instance.quotas.rows
    names = sorted({quota.feature for quota in rows} - {COMBINATION})
    columns: list[tuple[int, ...]] = [
        tuple(number for number, quota in enumerate(rows) if quota.feature == name)
        for name in names
    ]
    columns += [(n,) for n, quota in enumerate(rows) if quota.feature == COMBINATION]
    column_of = {row: number for number, group in enumerate(columns) for row in group}
    at_home = Counter(member.household for member in instance.pool.members)
    crowded = sorted(
        home
        for home, mates in at_home.items()
        if home is not None and mates > instance.household_limit
    )
    row_of_home = {home: len(rows) + number for number, home in enumerate(crowded)}
    none = len(rows) + len(crowded)
    rows_of = np.full((len(instance.pool), len(columns) + 1), none, dtype=np.int64)
    for position, quotas in enumerate(instance.quotas_of()):
        for row in quotas:
            rows_of[position, column_of[row]] = row
    for position, member in enumerate(instance.pool.members):
        if member.household in row_of_home:
            rows_of[position, -1] = row_of_home[member.household]
    size = instance.panel_size
    homes = [instance.household_limit] * len(crowded)
    return People(
        rows_of=rows_of,
        features=len(names),
        lower=np.array([*(quota.lower for quota in rows), *(0 for _ in crowded), 0]),
        upper=np.array([*(quota.upper for quota in rows), *homes, size]),
    )


class Table:
    """The tickets while people change places.

    Every place of every person is a token of hers, that sits on some ticket. Tokens keep their
    numbers wherever they sit.

    Parameters
    ----------
    seats : array of int, shape (m, k)
        The positions in the pool of the people on each ticket.
    people : People

    Attributes
    ----------
    person : array of int, shape (tokens,)
        Whose each token is; sorted.
    """

    def __init__(self, seats: Ints, people: People) -> None:
        self.people = people
        self._tickets, self._size = seats.shape
        self._taken = seats.ravel().copy()
        self._place = np.argsort(self._taken, kind="stable")
        self.person = self._taken[self._place]
        rows = len(people.lower)
        keys = (np.arange(self._tickets) * rows)[:, None, None] + people.rows_of[seats]
        self._used = np.bincount(keys.ravel(), minlength=self._tickets * rows)
        self._rows = rows

    @property
    def seats(self) -> Ints:
        """The people on each ticket, shape (m, k), in ascending order."""
        return np.sort(self._taken.reshape(self._tickets, self._size), axis=1)

    def ticket_of(self, tokens: Ints) -> Ints:
        """The tickets that tokens sit on."""
        tickets: Ints = self._place[tokens] // self._size
        return tickets

    def may_change(self, one: Ints, other: Ints, columns: Ints) -> Bools:
        """Whether two tokens of different tickets may change places, for many pairs.

        Parameters
        ----------
        one, other : array of int, shape (pairs,)
        columns : array of int
            The columns in which the people of a pair can differ.
        """
        here, there = self.ticket_of(one), self.ticket_of(other)
        a, b = self.person[one], self.person[other]
        used, lower, upper, rows_of = (
            self._used,
            self.people.lower,
            self.people.upper,
            self.people.rows_of,
        )
        held = np.ones(len(one), dtype=bool)
        for column in columns.tolist():
            leaves, comes = rows_of[a, column], rows_of[b, column]
            held &= (leaves == comes) | (
                (used[here * self._rows + leaves] > lower[leaves])
                & (used[here * self._rows + comes] < upper[comes])
                & (used[there * self._rows + comes] > lower[comes])
                & (used[there * self._rows + leaves] < upper[leaves])
            )
        pairs = np.flatnonzero(held)
        taken = self._taken.reshape(self._tickets, self._size)
        held[pairs] = ~(taken[there[pairs]] == a[pairs, None]).any(axis=1)
        held[pairs] &= ~(taken[here[pairs]] == b[pairs, None]).any(axis=1)
        return held

    def change(self, one: Ints, other: Ints, columns: Ints) -> None:
        """Let pairs of tokens change places; no ticket occurs twice."""
        here, there = self.ticket_of(one) * self._rows, self.ticket_of(other) * self._rows
        a, b = self.person[one], self.person[other]
        for column in columns.tolist():
            leaves, comes = self.people.rows_of[a, column], self.people.rows_of[b, column]
            self._used[here + leaves] -= 1
            self._used[here + comes] += 1
            self._used[there + comes] -= 1
            self._used[there + leaves] += 1
        self._place[one], self._place[other] = self._place[other], self._place[one]
        self._taken[self._place[one]] = a
        self._taken[self._place[other]] = b
