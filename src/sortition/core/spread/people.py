"""What a panel may hold of whom, person by person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sortition.core.types import Ints
from sortition.model import COMBINATION, Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a panel may hold of whom, person by person.

    Attributes
    ----------
    rows_of : array of int, shape (people, columns)
        The rows that a person counts for: one column for each feature, then one for each
        combination of values, and one for her household if any is too large. Where she counts for
        none it holds the last row, which has no bounds.
    features : int
        How many of the columns are features.
    kinds : array of int, shape (kinds, features)
        The rows of the features alone, for people who are alike in them together.
    kind_of : array of int, shape (people,)
        Which of these is a person's.
    quotas : int
        How many of the rows are those of quotas. They come first, then those of households.
    lower, upper : array of int, shape (rows,)
        The bounds of each row on a panel.
    unit_of : array of int, shape (people,)
        The same number for all of whom only one may sit on a panel, since they live together.
    """

    rows_of: Ints
    features: int
    kinds: Ints
    kind_of: Ints
    quotas: int
    lower: Ints
    upper: Ints
    unit_of: Ints


def people_of(instance: Instance) -> People:
    """The quotas and the household rule of an instance, person by person."""
    rows = instance.quotas.rows
    names = instance.quotas.features
    columns: list[tuple[int, ...]] = [
        tuple(number for number, quota in enumerate(rows) if quota.feature == name)
        for name in names
    ]
    columns += [(n,) for n, quota in enumerate(rows) if quota.feature == COMBINATION]
    column_of = {row: number for number, group in enumerate(columns) for row in group}
    at_home = Counter(member.household for member in instance.pool.members)
    # in the order of their first members, so that the numbers which households carry do not matter
    crowded = [
        home
        for home, mates in at_home.items()
        if home is not None and mates > instance.household_limit
    ]
    row_of_home = {home: len(rows) + number for number, home in enumerate(crowded)}
    none = len(rows) + len(crowded)
    homes_too = len(columns) + bool(crowded)
    quotas_of = instance.quotas_of()
    number_of = {quotas: number for number, quotas in enumerate(dict.fromkeys(quotas_of))}
    of_kinds = np.full((len(number_of), homes_too), none, dtype=np.int64)
    for quotas, number in number_of.items():
        for row in quotas:
            of_kinds[number, column_of[row]] = row
    kind_of = np.array([number_of[quotas] for quotas in quotas_of], dtype=np.int64)
    rows_of = of_kinds[kind_of]
    unit_of = np.arange(len(instance.pool))
    for position, member in enumerate(instance.pool.members):
        if member.household in row_of_home:
            rows_of[position, -1] = row_of_home[member.household]
            if instance.household_limit == 1:
                unit_of[position] = len(unit_of) + row_of_home[member.household]
    size = instance.panel_size
    homes = [instance.household_limit] * len(crowded)
    return People(
        rows_of=rows_of,
        features=len(names),
        kinds=of_kinds[:, : len(names)],
        kind_of=kind_of,
        quotas=len(rows),
        lower=np.array([*(quota.lower for quota in rows), *(0 for _ in crowded), 0]),
        upper=np.array([*(quota.upper for quota in rows), *homes, size * len(columns) + size]),
        unit_of=np.unique(unit_of, return_inverse=True)[1],
    )
