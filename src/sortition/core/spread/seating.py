"""Put people in the places that panels have for their types."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sortition.core.spread.numbers import Numbers
from sortition.core.types import Ints, Types


def seated(types: Types, panels: Ints, owed: Ints, numbers: Numbers) -> Ints:
    """The people on each panel, shape (N, k): of each type those who are owed the most tickets.

    Of households that are alike no two people are of the same one, as far as a panel's places
    allow that: then there is a person of every type left in each household that has nobody yet.

    Parameters
    ----------
    types : Types
    panels : array of int, shape (N, T)
    owed : array of int, shape (people,)
        How many tickets everybody should get of these, by position in the pool.
    numbers : Numbers
        Decide among those who are owed the same.
    """
    owed = owed.copy()
    home = _homes(types, len(owed))
    rank = numbers.words(len(owed))
    seats = np.empty((len(panels), types.panel_size), dtype=np.int64)
    for number, panel in enumerate(panels):
        wanted = np.flatnonzero(panel)
        type_of = np.repeat(wanted, types.sizes[wanted])
        people = np.concatenate([types.members[type_] for type_ in wanted.tolist()])
        order = np.lexsort((rank[people], -owed[people]))
        chosen = list(
            _chosen(people[order].tolist(), type_of[order].tolist(), panel.tolist(), home.tolist())
        )
        seats[number] = chosen
        owed[chosen] -= 1
    return seats


def _chosen(
    people: list[int], types: list[int], places: list[int], home: list[int]
) -> Iterator[int]:
    """Who comes: everybody in turn whose type has a place left, and whose household nobody sent."""
    taken: set[int] = set()
    for person, type_ in zip(people, types, strict=True):
        if places[type_] and home[person] not in taken:
            places[type_] -= 1
            if home[person]:
                taken.add(home[person])
            yield person


def _homes(types: Types, people: int) -> Ints:
    """The household of everybody of those that are alike, from 1; 0 for all others."""
    home = np.zeros(people, dtype=np.int64)
    first, last = len(types.lower) - len(types.households), 0
    for number, count in enumerate(types.households):
        of_row = np.flatnonzero((types.rows_of == first + number).any(axis=1))
        if count > 1:
            for type_ in of_row.tolist():
                members = np.array(types.members[type_]).reshape(count, -1)
                home[members] = last + np.arange(1, count + 1)[:, None]
        last += count
    return home
