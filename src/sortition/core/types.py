"""People who are exchangeable, as one variable.

People who count for the same quotas and share a household with nobody have the same probability
in every symmetric optimum, so the programs count them together. So do people at the same place of
households that are alike: a panel takes any ``x`` of them with at most one from each household,
as long as all that it takes from ``h`` such households are at most ``h`` people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sortition.model import Instance, Quota

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Figure = TypeVar("Figure", np.int64, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The instance as the programs see it: T types of people and R rows of bounds on a panel.

    A panel takes ``0 <= x[t] <= sizes[t]`` people of each type. Row 0 is the panel size, then
    one row for each quota, then one for each make of household that the household rule limits.

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
    households : tuple of int
        How many households of the same make each of these rows stands for. The members of a type
        in it are listed household by household.
    """

    members: tuple[tuple[int, ...], ...]
    sizes: Ints
    rows_of: Ints
    lower: Ints
    upper: Ints
    quotas: tuple[Quota, ...]
    households: tuple[int, ...]

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

    def by_position(self, figures: NDArray[Figure], people: int) -> NDArray[Figure]:
        """The figure of everybody's type, by position in the pool; 0 for who is of none.

        Parameters
        ----------
        figures : array, shape (T,)
        people : int
            How many there are in the pool.
        """
        spread = np.zeros(people, dtype=figures.dtype)
        for members, figure in zip(self.members, figures, strict=True):
            spread[list(members)] = figure
        return spread

    def type_of(self, people: int) -> Ints:
        """Everybody's type, by position in the pool, where everybody is of one."""
        return self.by_position(np.arange(len(self)), people)

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
    quotas = instance.quotas.rows
    quotas_of = instance.quotas_of()
    households = _households(instance, quotas_of)
    first_household = 1 + len(quotas)
    row_count = first_household + len(households)
    household_of = {
        position: first_household + number
        for number, group in enumerate(households)
        for household in group
        for position in household
    }
    alike: dict[tuple[tuple[int, ...], int], list[int]] = defaultdict(list)
    everybody = [position for group in households for h in group for position in h]
    everybody += [p for p in range(len(instance.pool)) if p not in household_of]
    for position in everybody:
        alike[quotas_of[position], household_of.get(position, row_count)].append(position)
    groups = {
        (0, *(1 + quota for quota in counted), household): people
        for (counted, household), people in alike.items()
    }
    keys = sorted(groups)
    width = max(map(len, keys))
    nobody = [0] * len(households)
    at_most = [instance.household_limit * len(group) for group in households]
    return Types(
        members=tuple(tuple(groups[rows]) for rows in keys),
        sizes=np.array([len(groups[rows]) for rows in keys], dtype=np.int64),
        rows_of=np.array([[*rows, *[row_count] * (width - len(rows))] for rows in keys]),
        lower=np.array([instance.panel_size, *(q.lower for q in quotas), *nobody]),
        upper=np.array([instance.panel_size, *(q.upper for q in quotas), *at_most]),
        quotas=quotas,
        households=tuple(len(group) for group in households),
    )


def _households(instance: Instance, quotas_of: Sequence[tuple[int, ...]]) -> list[list[list[int]]]:
    """Households that are larger than the limit, those that are alike together.

    Each household lists its people so that those at the same place of two households that are
    alike count for the same quotas.
    """
    mates: dict[int, list[int]] = defaultdict(list)
    for position, member in enumerate(instance.pool.members):
        if member.household is not None:
            mates[member.household].append(position)
    alike: dict[tuple[object, ...], list[list[int]]] = defaultdict(list)
    for group in mates.values():
        if len(group) > instance.household_limit:
            group.sort(key=lambda position: (quotas_of[position], position))
            make: tuple[object, ...] = tuple(quotas_of[position] for position in group)
            # With room for two, whom a household sends is more than one choice of many.
            own = (group[0],) if instance.household_limit > 1 else ()
            alike[(make, own)].append(group)
    # by first member, so that the numbers which the households carry do not matter
    return sorted((sorted(groups) for groups in alike.values()), key=lambda groups: groups[0])
