"""People who are exchangeable, as one variable.

People with the same feature values, none of whom shares a household within the pool, have the
same probability in every symmetric optimum, so the programs count them together. Whoever shares
a household is a type of her own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from sortition.model import Instance, Quota

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The instance as the programs see it: T types of people and R rows of bounds on a panel.

    A panel takes ``0 <= x[t] <= sizes[t]`` people of each type. Row 0 is the panel size, then
    one row for each quota, then one for each household with two or more members in the pool.

    Attributes
    ----------
    members : tuple of tuple of int
        For each type the positions of its people in the pool.
    sizes : array of int, shape (T,)
        How many people each type has.
    rows_of : array of int, shape (T, D)
        The rows that a person of the type counts for; unused places hold R.
    lower, upper : array of int, shape (R,)
        The bounds of each row.
    quotas : tuple of Quota
        The quotas of rows 1 to ``len(quotas)``; the rows after them are households.
    """

    members: tuple[tuple[int, ...], ...]
    sizes: Ints
    rows_of: Ints
    lower: Ints
    upper: Ints
    quotas: tuple[Quota, ...]

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def panel_size(self) -> int:
        return int(self.lower[0])

    def only(self, kept: Bools) -> Types:
        """The instance without the types that are not kept, shape (T,)."""
        return replace(
            self,
            members=tuple(compress(self.members, kept)),
            sizes=self.sizes[kept],
            rows_of=self.rows_of[kept],
        )

    def activity(self, counts: Floats | Ints) -> Floats:
        """What each row adds up to, shape (R,), for people per type, shape (T,)."""
        weights = np.repeat(np.asarray(counts, float), self.rows_of.shape[1])
        sums = np.bincount(self.rows_of.ravel(), weights, minlength=len(self.lower) + 1)
        return sums[:-1].astype(float)

    def is_panel(self, counts: Ints) -> bool:
        """Whether people per type, shape (T,), make a panel."""
        activity = self.activity(counts)
        return bool(
            np.all(counts >= 0)
            and np.all(counts <= self.sizes)
            and np.all(activity >= self.lower)
            and np.all(activity <= self.upper)
        )


def types_of(instance: Instance) -> Types:
    """Group the pool of an instance into types.

    The order of the types and their people depends on the pool's ids and values alone.
    """
    pool, quotas = instance.pool, instance.quotas.rows
    row_of_quota = {(q.feature, q.value): 1 + number for number, q in enumerate(quotas)}
    mates: dict[int, list[int]] = defaultdict(list)
    for position, member in enumerate(pool.members):
        if member.household is not None:
            mates[member.household].append(position)
    # by first member, so that the numbers which the households carry do not matter
    households = sorted(group for group in mates.values() if len(group) > 1)
    household_row = {
        position: 1 + len(quotas) + number
        for number, group in enumerate(households)
        for position in group
    }

    groups: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    for position, member in enumerate(pool.members):
        alone = position if position in household_row else -1
        groups[member.values, alone].append(position)
    keys = sorted(groups)
    row_count = 1 + len(quotas) + len(households)
    rows_of = [
        [0]
        + [row_of_quota[pair] for pair in zip(pool.features, values, strict=True)]
        + [household_row.get(position, row_count)]
        for values, position in keys
    ]
    return Types(
        members=tuple(tuple(groups[key]) for key in keys),
        sizes=np.array([len(groups[key]) for key in keys], dtype=np.int64),
        rows_of=np.array(rows_of, dtype=np.int64),
        lower=np.array([instance.panel_size, *(q.lower for q in quotas), *(0 for _ in households)]),
        upper=np.array([instance.panel_size, *(q.upper for q in quotas), *(1 for _ in households)]),
        quotas=quotas,
    )
