"""Whether a panel is possible at all, as fast as can be: for whoever tries bounds out."""

from __future__ import annotations

import numpy as np

from sortition.core.feasibility.conflict import explain
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Ints, Types, types_of
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
    return seats_of_one(instance, solver=solver) is not None


def seats_of_one(
    instance: Instance, *, solver: SolverName = "highs"
) -> dict[tuple[str, str], int] | None:
    """How many seats each quota has on some panel that meets all of them; None if there is none.

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
        return None
    panel = _some_panel(types, solver)
    if panel is None:
        return None
    counts = types.activity(panel)[1:]
    return {(q.feature, q.value): round(n) for q, n in zip(types.quotas, counts, strict=False)}


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
    return None if _some_panel(types, solver) is not None else explain(types, solver=solver)


def _some_panel(types: Types, solver: SolverName) -> Ints | None:
    finder = PanelFinder(Relaxation(types=types), solver=solver)
    return finder.find(np.zeros(len(types)), finder.everywhere())
