"""Which types are on some panel, found from few panels.

`sortition.core.feasibility.reach` finds a panel for every type, which a lottery needs. Where only
the answer is needed, a swap gives it: if one person of a panel can leave and one of another type
come in without breaking a bound, the other type is on a panel too. All swaps of a panel are tried
at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.types import Bools, Ints, Types
from sortition.model import SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Some panels, and who is on any panel.

    Attributes
    ----------
    panels : array of int, shape (N, T)
        Empty if and only if there is no panel, which is proven.
    on_some : array of bool, shape (T,)
        The types that are on some panel, not only of these; of the others an integer program has
        proved that they are on none.
    """

    panels: Ints
    on_some: Bools


def cover(types: Types, *, solver: SolverName) -> Cover:
    """Find out who is on some panel.

    1. Find a panel, away from the bounds of wide quotas if that is easy, and whom one swap brings
       onto it.
    2. Find a panel with as many of the others as linear programs lead to; until there is none.
    3. Ask about each type that is left, by an integer program.
    """
    finder = PanelFinder(Relaxation(types=types), solver=solver)
    everywhere = finder.everywhere()
    found: list[Ints] = []
    on_some = np.zeros(len(types), dtype=bool)
    anybody = np.zeros(len(types))
    panel = finder.dive(anybody, _roomy(types, everywhere))
    if panel is None:
        panel = finder.find(anybody, everywhere)
    while panel is not None and (not found or np.any(panel[~on_some])):
        found.append(panel)
        on_some |= swapped(types, panel)
        if on_some.all():
            break
        # of a type that is new one person does, so that many types find room
        spread = replace(everywhere, upper=np.where(on_some, everywhere.upper, 1.0))
        panel = finder.dive(-(~on_some).astype(float), spread)
    if found:
        for type_ in range(len(types)):
            if not on_some[type_]:
                lower = everywhere.lower.copy()
                lower[type_] = 1
                cost = -(~on_some).astype(float)
                panel = finder.find(cost, replace(everywhere, lower=lower))
                if panel is not None:
                    found.append(panel)
                    on_some |= swapped(types, panel)
    return Cover(
        panels=np.array(found, dtype=np.int64).reshape(len(found), len(types)), on_some=on_some
    )


def _roomy(types: Types, bounds: Bounds) -> Bounds:
    """Bounds that leave every quota of more than two numbers room for a swap."""
    rows = np.arange(len(bounds.row_lower))
    is_quota = (rows >= 1) & (rows <= len(types.quotas))
    wide = is_quota & (bounds.row_upper - bounds.row_lower >= 2)
    return replace(
        bounds,
        row_lower=bounds.row_lower + (wide & (bounds.row_lower > 0)),
        row_upper=bounds.row_upper - wide,
    )


def swapped(types: Types, panel: Ints) -> Bools:
    """The types on a panel, and those that one swap brings onto it, shape (T,)."""
    used = types.activity(panel)
    full = used >= types.upper
    needed = (used <= types.lower) & (used > 0)  # where nobody sits, nobody can leave
    incidence = _incidence(types, full | needed)
    seated = np.flatnonzero(panel)
    leaving = incidence[seated]
    tight = np.flatnonzero(full | needed)
    # a row that is full has room if the one who leaves counts for it, and the other way round
    full_rows, needed_rows = full[tight].astype(np.float32), needed[tight].astype(np.float32)
    breaks = (incidence * full_rows).sum(axis=1)[:, None] - (incidence * full_rows) @ leaving.T
    breaks += (leaving * needed_rows).sum(axis=1)[None, :] - incidence @ (leaving * needed_rows).T
    possible: Bools = (breaks < 0.5).any(axis=1) | (panel > 0)
    return possible


def _incidence(types: Types, rows: Bools) -> NDArray[np.float32]:
    """Which of these rows each type counts for, shape (T, rows), as 0 and 1."""
    count = int(rows.sum())
    number = np.full(len(rows) + 1, count)
    number[:-1][rows] = np.arange(count)
    incidence = np.zeros((len(types), count + 1), dtype=np.float32)
    everybody = np.arange(len(types))
    for rows_of in types.rows_of.T:
        incidence[everybody, number[rows_of]] = 1
    return incidence[:, :-1]
