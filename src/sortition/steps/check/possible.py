"""Whether a panel is possible at all, as fast as can be: for whoever tries bounds out."""

from __future__ import annotations

import numpy as np

from sortition.core.feasibility.conflict import explain
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Types, types_of
from sortition.model import InfeasibleQuotas, Instance, SolverName
from sortition.selection.preparation import softened


def is_possible(instance: Instance, *, solver: SolverName = "highs") -> bool:
    """Whether some panel meets the quotas.

    Parameters
    ----------
    instance : Instance
    solver : {"highs", "cbc"}

    Raises
    ------
    SolverFailed
    """
    try:
        types = types_of(softened(instance, solver=solver))
    except InfeasibleQuotas:
        return False
    return _has_panel(types, solver)


def why_none(instance: Instance, *, solver: SolverName = "highs") -> InfeasibleQuotas | None:
    """Why no panel meets the quotas, with the least change that helps; None if one does.

    It takes a few times as long as to know whether one does.

    Parameters
    ----------
    instance : Instance
    solver : {"highs", "cbc"}

    Raises
    ------
    SolverFailed
    """
    try:
        types = types_of(softened(instance, solver=solver))
    except InfeasibleQuotas as why:
        return why
    return None if _has_panel(types, solver) else explain(types, solver=solver)


def _has_panel(types: Types, solver: SolverName) -> bool:
    finder = PanelFinder(Relaxation(types=types), solver=solver)
    return finder.find(np.zeros(len(types)), finder.everywhere()) is not None
