"""Whether a panel is possible at all, as fast as can be: for whoever tries bounds out."""

from __future__ import annotations

import numpy as np

from sortition.core.feasibility.conflict import explain
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import types_of
from sortition.model import InfeasibleQuotas, Instance, SolverName
from sortition.selection.preparation import softened


def why_none(instance: Instance, *, solver: SolverName = "highs") -> InfeasibleQuotas | None:
    """Why no panel meets the quotas, with the least change that helps; None if one does.

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
    finder = PanelFinder(Relaxation(types=types), solver=solver)
    panel = finder.find(np.zeros(len(types)), finder.everywhere())
    return None if panel is not None else explain(types, solver=solver)
