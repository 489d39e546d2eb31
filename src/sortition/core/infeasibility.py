"""Why no panel exists: the bounds that clash, and the smallest change that would mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sortition.core.relaxation import Relaxation
from sortition.core.softening import cheapest_change
from sortition.core.solver import Bounds, Program
from sortition.core.types import Bools, Types
from sortition.errors import InfeasibleQuotas
from sortition.model import Quota, SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The bounds that are kept; the others are widened to where they exclude nobody."""

    lower: Bools
    upper: Bools


def explain(types: Types, *, solver: SolverName) -> InfeasibleQuotas:
    """Say why an instance has no panel.

    Parameters
    ----------
    types : Types
        An instance that has no panel.
    solver : {"highs", "cbc"}
    """
    conflict = _conflict(types, solver)
    quotas = range(1, 1 + len(types.quotas))
    return InfeasibleQuotas(
        conflict=tuple(
            replace(
                types.quotas[row - 1],
                lower=int(types.lower[row]) if conflict.lower[row] else 0,
                upper=int(types.upper[row]) if conflict.upper[row] else types.panel_size,
            )
            for row in quotas
            if conflict.lower[row] or conflict.upper[row]
        ),
        relaxations=_smallest_change(types, solver),
        households=bool(conflict.upper[1 + len(types.quotas) :].any()),
        quotas=types.quotas,
        panel_size=types.panel_size,
    )


def _conflict(types: Types, solver: SolverName) -> _Kept:
    """A set of bounds that clash, none of which can be spared (a deletion filter).

    Whole features are let go first, then single bounds; all households are one rule.
    """
    program = Program(
        len(types), Relaxation(types=types).rows, solver=solver, integer=True, first_solution=True
    )
    rows = np.arange(len(types.lower))
    is_quota = (rows >= 1) & (rows <= len(types.quotas))
    kept = _Kept(lower=is_quota & (types.lower > 0), upper=rows >= 1)
    features = np.array(["", *(q.feature for q in types.quotas)])
    nothing = np.zeros(len(rows), dtype=bool)
    parts = [
        _Kept(lower=part, upper=part)
        for part in (
            *(np.isin(rows, np.flatnonzero(features == f)) for f in np.unique(features[1:])),
            rows > len(types.quotas),
        )
    ]
    parts += [_Kept(lower=rows == row, upper=nothing) for row in rows[is_quota]]
    parts += [_Kept(lower=nothing, upper=rows == row) for row in rows[is_quota]]
    for part in parts:
        fewer = _Kept(lower=kept.lower & ~part.lower, upper=kept.upper & ~part.upper)
        if not _has_panel(program, types, fewer):
            kept = fewer
    return kept


def _has_panel(program: Program, types: Types, kept: _Kept) -> bool:
    size = np.arange(len(types.lower)) == 0
    bounds = Bounds(
        lower=np.zeros(len(types)),
        upper=types.sizes.astype(float),
        row_lower=np.where(kept.lower | size, types.lower, 0),
        row_upper=np.where(kept.upper | size, types.upper, types.panel_size),
    )
    return program.minimise(np.zeros(len(types)), bounds) is not None


def _smallest_change(types: Types, solver: SolverName) -> tuple[Quota, ...]:
    """The quotas to change so that a panel exists, for the fewest seats in all."""
    changed = cheapest_change(types, np.ones(len(types.quotas)), solver=solver)
    if changed is None:
        return ()
    return tuple(
        after for before, after in zip(types.quotas, changed, strict=True) if after != before
    )
