"""How many people of each group may withdraw before no panel is possible."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Ints, Types
from sortition.model import SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Endurance:
    """What withdrawals the quotas can stand.

    Attributes
    ----------
    spare : array of int, shape (quotas,)
        So many people who count for the quota may withdraw, if the right ones stay; if one more
        of them withdraws, no panel is possible, whoever they are.
    indispensable : tuple of int
        The types each of whose people is on every panel: without any one of them there is none.
    """

    spare: Ints
    indispensable: tuple[int, ...]


def endurance(types: Types, panels: Ints, *, solver: SolverName) -> Endurance:
    """Find out, exactly, by integer programs.

    A panel with the fewest people of a group shows how many of them can be spared, and a panel
    without somebody shows that she can be.

    Parameters
    ----------
    types : Types
    panels : array of int, shape (N, T)
        Some panels, at least one; the more they differ, the less there is to solve.
    solver : {"highs", "cbc"}
    """
    finder = PanelFinder(Relaxation(types=types), solver=solver)
    everywhere = finder.everywhere()
    known = list(panels)
    rows = range(1, 1 + len(types.quotas))
    fewest = np.zeros(len(types.quotas), dtype=np.int64)
    for row in rows:
        group = np.any(types.rows_of == row, axis=1)
        least = max(0, int(types.lower[row]))
        # no panel has fewer than the lower bound, so that a panel with just so many decides
        for look in (finder.dive, finder.best):
            held = min(int(panel[group].sum()) for panel in known)
            panel = look(group.astype(float), everywhere) if held > least else None
            if panel is not None:
                known.append(panel)
        fewest[row - 1] = min(int(panel[group].sum()) for panel in known)
    supply = types.activity(types.sizes).astype(np.int64)[1 : 1 + len(types.quotas)]
    everybody = np.all(np.array(known) == types.sizes, axis=0)
    needed = []
    for type_ in np.flatnonzero(everybody).tolist():
        upper = everywhere.upper.copy()
        upper[type_] -= 1
        if finder.find(np.zeros(len(types)), replace(everywhere, upper=upper)) is None:
            needed.append(type_)
    return Endurance(spare=supply - fewest, indispensable=tuple(needed))
