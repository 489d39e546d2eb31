"""How many seats the quotas leave to each stratum.

The panel that the quotas describe and that is nearest to the population: its population, raked
until every value of a feature has the seats of its quota (Deming and Stephan 1940, "On a least
squares adjustment of a sampled frequency table when the expected marginal totals are known").
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sortition.core.types import Floats
from sortition.model import Quotas
from sortition.steps.plan.response import ResponseTable

ROUNDS, CLOSE = 1000, 1e-10
DIGITS = 6  # of a seat; the rest is where raking stopped


def seats_of(table: ResponseTable, quotas: Quotas, panel_size: int) -> tuple[float, ...]:
    """The seats of each stratum; they add up to the panel size.

    Parameters
    ----------
    table : ResponseTable
        With the population of each stratum. Where one feature alone makes the strata, and it has
        quotas, none is needed.
    quotas : Quotas
        Features that make no strata, and combinations, are left out.
    """
    seats = np.array([float(_size(stratum.population)) for stratum in table.strata])
    seats *= panel_size / seats.sum()
    margins = [
        (
            np.array([stratum.values[place] for stratum in table.strata]),
            goals(quotas, feature, panel_size),
        )
        for place, feature in enumerate(table.features)
        if feature in quotas.features
    ]
    for _ in range(ROUNDS):
        before = seats.copy()
        for labels, wanted in margins:
            seats = _scaled(seats, labels, wanted)
        if np.abs(seats - before).max() < CLOSE:
            break
    return tuple(seats.round(DIGITS).tolist())


def goals(quotas: Quotas, feature: str, panel_size: int) -> dict[str, float]:
    """The seats of each value: as far between its bounds as the others, and the panel in all."""
    rows = quotas.of(feature)
    lower = np.array([float(row.lower) for row in rows])
    room = np.array([float(min(row.upper, panel_size)) for row in rows]) - lower
    rest = panel_size - lower.sum()
    if room.sum():
        wanted = (lower + room * rest / room.sum()).clip(0)
    else:  # soft quotas of one number each need not add up to the panel
        shares = lower if lower.sum() else np.ones(len(rows))
        wanted = shares * panel_size / shares.sum()
    return {row.value: float(seats) for row, seats in zip(rows, wanted, strict=True)}


def _size(population: int | None) -> int:
    return 1 if population is None else population


def _scaled(seats: Floats, labels: np.ndarray, wanted: Mapping[str, float]) -> Floats:
    scaled = seats.copy()
    for label, goal in wanted.items():
        of_label = labels == label
        total = seats[of_label].sum()
        if total > 0:
            scaled[of_label] *= goal / total
    return scaled
