"""The cells of pairs of features: who counts for which, as rows that have no bounds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sortition.core.spread.people import People
from sortition.model import Instance

Pair = tuple[str, str]


def cells_of(instance: Instance, pairs: Iterable[Pair]) -> People:
    """Everybody's cells, one column for each pair of features.

    Whoever is in a cell that a quota on a combination names holds the last row, which is no cell.

    Parameters
    ----------
    instance : Instance
    pairs : iterable of pairs of str
        Features that have quotas. Their order does not matter.
    """
    named = {frozenset(quota.parts) for quota in instance.quotas.rows}
    place = {feature: number for number, feature in enumerate(instance.pool.features)}
    rows: list[list[int]] = []
    cells: dict[tuple[Pair, Pair], int] = {}
    for one, other in sorted(map(sorted, pairs)):
        both = (
            ((one, member.values[place[one]]), (other, member.values[place[other]]))
            for member in instance.pool.members
        )
        rows.append(
            [
                cells.setdefault(cell, len(cells)) if frozenset(cell) not in named else -1
                for cell in both
            ]
        )
    none = len(cells)
    columns = np.array(rows, dtype=np.int64)
    everybody = np.arange(len(instance.pool))
    rows_of = np.where(columns < 0, none, columns).T
    return People(
        rows_of=rows_of,
        features=len(columns),
        kinds=rows_of,
        kind_of=everybody,
        quotas=none,
        lower=np.zeros(none + 1, dtype=np.int64),
        upper=np.full(none + 1, instance.panel_size * len(columns)),
        unit_of=everybody,
    )
