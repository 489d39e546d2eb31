"""Go through the types one after another and keep apart only what still matters.

A state is what the rows under way have used. Types that lead to the same state are taken
together, and states that no panel can come of are left out: a state must be able to meet every
row, and every feature must be able to fill the panel, with the people who are to come.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sortition.core.sampling.joining import Joining
from sortition.core.types import Bools, Ints, Types
from sortition.model import COMBINATION

# whole numbers of any size
Whole = NDArray[Any]

CODES = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What one type can add: step e takes `taken[e]` of its people.

    Attributes
    ----------
    type : int
    tried : int
        How many steps were looked at; those without hope are left out below.
    states : int
        How many states there were before.
    source, target : array of int, shape (E,)
        The states that the steps lead from and to; sorted by source, then by people taken.
    taken : array of int, shape (E,)
    ways : array of whole numbers, shape (E,)
        In how many ways the people can be chosen.
    """

    type: int
    tried: int
    states: int
    source: Ints
    target: Ints
    taken: Ints
    ways: Whole


def order_of(types: Types) -> list[int]:
    """Sort by one feature after another, those of one household together.

    The values of the first feature then follow each other, while those of the others are under
    way to the end; so the feature with the most values comes first.
    """
    last = len(types.quotas)
    values = Counter(quota.feature for quota in types.quotas)
    rank = [(q.feature == COMBINATION, -values[q.feature], q.feature) for q in types.quotas]
    keys = [
        sorted((rank[row - 1], row) for row in rows if 0 < row <= last)
        for rows in types.rows_of.tolist()
    ]
    homes = Joining(types).home.tolist()
    together: dict[int, list[int]] = {}
    for type_ in sorted(range(len(types)), key=keys.__getitem__):
        alone = homes[type_] == len(types.lower)
        together.setdefault(-1 - type_ if alone else homes[type_], []).append(type_)
    return [type_ for group in together.values() for type_ in group]


class Sweep:
    """Takes in the types one after another.

    States have a column for each row that is under way: some of its types were taken in, and
    some are to come.
    """

    def __init__(self, types: Types) -> None:
        self._types = types
        self._joining = Joining(types)
        features = np.array(["", *(quota.feature for quota in types.quotas)])
        names = sorted({quota.feature for quota in types.quotas} - {COMBINATION})
        # the rows of each feature, of which everybody counts for one
        self._features = [np.flatnonzero(features == name).tolist() for name in names]
        self._to_come = types.activity(types.sizes).astype(np.int64)
        self._begun = np.zeros(len(types.lower), dtype=bool)
        self._columns: list[int] = []

    def take(self, type_: int, states: Ints, budget: int) -> tuple[Ints, Steps | None]:
        """Go on from all states by one type; no steps if they would exceed the budget."""
        types, joining = self._types, self._joining
        rows = np.flatnonzero(joining.incidence[type_])
        states = self._begin(rows, states)
        self._to_come[rows] -= types.sizes[type_]
        columns = [self._columns.index(row) for row in rows.tolist()]
        used = states[:, columns]
        fewest = (types.lower[rows] - self._to_come[rows] - used).max(axis=1).clip(0)
        most = (types.upper[rows] - used).min(axis=1).clip(max=types.sizes[type_])
        widths = (most - fewest + 1).clip(0)
        tried = int(widths.sum())
        if tried > budget:
            return states, None

        source = np.repeat(np.arange(len(states)), widths)
        taken = np.arange(tried) - np.repeat(np.cumsum(widths) - widths - fewest, widths)
        after = states[source]
        after[:, columns] += taken[:, None]
        hopeful = self._hopeful(after)
        source, taken, after = source[hopeful], taken[hopeful], after[hopeful]
        gone = None
        if joining.homes[type_] > 1:
            gone = states[source, self._columns.index(int(joining.home[type_]))]
        self._settle(after)
        kept, target = _distinct(after)
        steps = Steps(
            type=type_,
            tried=tried,
            states=len(states),
            source=source,
            target=target,
            taken=taken,
            ways=_ways(int(types.sizes[type_]), int(joining.homes[type_]), gone, taken),
        )
        return self._still_under_way(after[kept]), steps

    def _begin(self, rows: Ints, states: Ints) -> Ints:
        """Add the columns of rows that were not under way."""
        new = rows[~self._begun[rows]]
        self._begun[new] = True
        self._columns += new.tolist()
        return np.hstack([states, np.zeros((len(states), len(new)), dtype=np.int64)])

    def _hopeful(self, states: Ints) -> Bools:
        """Whether each feature can still fill the panel and no more, by its own bounds."""
        types, to_come = self._types, self._to_come
        seats = types.panel_size - states[:, self._columns.index(0)]
        hopeful = np.ones(len(states), dtype=bool)
        for feature in self._features:
            ahead = [row for row in feature if not self._begun[row]]
            least = np.full(len(states), types.lower[ahead].sum())
            room = np.full(len(states), np.minimum(types.upper, to_come)[ahead].sum())
            for column, row in enumerate(self._columns):
                if row in feature:
                    used = states[:, column]
                    least += (types.lower[row] - used).clip(0)
                    room += np.minimum(types.upper[row] - used, to_come[row])
            hopeful &= (least <= seats) & (seats <= room)
        return hopeful

    def _settle(self, states: Ints) -> None:
        """Give rows that can no longer be broken one value, whatever they have used.

        Alike households stay apart by how many are gone: while somebody of them is to come, only
        a row of which nothing is used can no longer be broken.
        """
        for column, row in enumerate(self._columns):
            most = self._types.upper[row] - self._to_come[row]
            used = states[:, column]
            settled = (used >= self._types.lower[row]) & (used <= most)
            states[settled, column] = most

    def _still_under_way(self, states: Ints) -> Ints:
        """Drop the columns of rows of which nobody is to come."""
        kept = [c for c, row in enumerate(self._columns) if self._to_come[row] > 0]
        self._columns = [self._columns[column] for column in kept]
        return states[:, kept]


def _distinct(rows: Ints) -> tuple[Ints, Ints]:
    """The first position of every different row, and for each row which of these it equals."""
    codes, radix = np.zeros(len(rows), dtype=np.int64), 1
    for column in rows.T:
        low = int(column.min(initial=0))
        span = int(column.max(initial=0)) - low + 1
        if radix * span > CODES:
            values, codes = np.unique(codes, return_inverse=True)
            radix = len(values)
        codes, radix = codes * span + (column - low), radix * span
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return first, inverse


def _ways(size: int, homes: int, gone: Ints | None, taken: Ints) -> Whole:
    """In how many ways people of a type can be taken.

    Of several alike households those that are gone cannot send anybody, and any other one person.
    """
    if gone is None:
        gone, homes, mates = np.zeros_like(taken), size, 1
    else:
        mates = size // homes
    pairs, inverse = np.unique(gone * (homes + 1) + taken, return_inverse=True)
    ways = np.empty(len(pairs), dtype=object)
    for place, pair in enumerate(pairs.tolist()):
        were, join = divmod(pair, homes + 1)
        ways[place] = comb(homes - were, join) * mates**join
    return ways[inverse]
