"""Whether a panel is possible at all, as fast as can be: for whoever tries bounds out."""

from __future__ import annotations

from sortition.core.feasibility.conflict import explain
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Types, types_of
from sortition.model import InfeasibleQuotas, Instance, SolverName
from sortition.selection.soft_quotas import softened

SOLVER: SolverName = "highs"


def is_possible(instance: Instance) -> bool:
    """Whether some panel meets the quotas.

    Raises
    ------
    SolverFailed
    """
    try:
        return _has_panel(_types(instance))
    except InfeasibleQuotas:
        return False


def why_none(instance: Instance) -> InfeasibleQuotas | None:
    """Why no panel meets the quotas, with the least change that helps; None if one does.

    It takes a few times as long as to know whether one does.

    Raises
    ------
    SolverFailed
    """
    try:
        types = _types(instance)
    except InfeasibleQuotas as why:
        return why
    return None if _has_panel(types) else explain(types, solver=SOLVER)


def _types(instance: Instance) -> Types:
    return types_of(softened(instance, solver=SOLVER))


def _has_panel(types: Types) -> bool:
    return PanelFinder(Relaxation(types=types), solver=SOLVER).some() is not None
