"""Let soft quotas give way where the hard ones leave no choice, for the lowest penalty in all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sortition.core.relaxation import Relaxation
from sortition.core.solver import Bounds, Program, Row
from sortition.core.types import Floats, Types
from sortition.model import Quota, SolverName

# among changes with the same penalty in all, later quotas give way before earlier ones
PREFERENCE = 1e-4


def cheapest_change(types: Types, prices: Floats, *, solver: SolverName) -> list[Quota] | None:
    """The quotas with the bounds that make a panel possible at the lowest price.

    Parameters
    ----------
    types : Types
    prices : array of float, shape (quotas,)
        What each seat costs by which a bound is moved outwards; infinite: it cannot be moved.
    solver : {"highs", "cbc"}

    Returns
    -------
    list of Quota or None
        All quotas in their order, most of them as they were. None if no change that can be made
        makes a panel possible.
    """
    people, count = len(types), len(types.quotas)
    rows = Relaxation(types=types).rows
    for quota in range(count):
        row = rows[1 + quota]
        slack = np.array([people + quota, people + count + quota])
        rows[1 + quota] = Row(
            columns=np.concatenate([row.columns, slack]),
            coefficients=np.concatenate([row.coefficients, [1.0, -1.0]]),
        )
    program = Program(people + 2 * count, rows, solver=solver, integer=True)
    movable = np.isfinite(prices)
    preferred = np.where(movable, prices, 0.0) + PREFERENCE * np.linspace(1, 0, count)
    of_quotas = slice(1, 1 + count)
    down = np.where(movable, types.lower[of_quotas], 0)
    up = np.where(movable, (types.panel_size - types.upper[of_quotas]).clip(0), 0)
    solution = program.minimise(
        np.concatenate([np.zeros(people), preferred, preferred]),
        Bounds(
            lower=np.zeros(people + 2 * count),
            upper=np.concatenate([types.sizes, down, up]),
            row_lower=types.lower.astype(float),
            row_upper=types.upper.astype(float),
        ),
    )
    if solution is None:
        return None
    fewer, more = np.round(solution.columns[people:]).astype(int).reshape(2, count).tolist()
    return [
        replace(quota, lower=quota.lower - less, upper=quota.upper + extra)
        for quota, less, extra in zip(types.quotas, fewer, more, strict=True)
    ]


def soften(types: Types, *, solver: SolverName) -> list[Quota] | None:
    """The quotas after the soft ones gave way as little as is needed.

    Returns
    -------
    list of Quota or None
        None if the hard ones alone leave no panel.
    """
    penalties = [np.inf if q.penalty is None else float(q.penalty) for q in types.quotas]
    return cheapest_change(types, np.array(penalties), solver=solver)
