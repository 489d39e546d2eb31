"""Whether a panel is possible at all, as fast as can be: for whoever tries bounds out."""

from __future__ import annotations

from sortition.core.feasibility.conflict import explain
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Ints, Types, types_of
from sortition.model import InfeasibleQuotas, Instance, SolverName
from sortition.selection.soft_quotas import softened

SOLVER: SolverName = "highs"


def seats_of_one(instance: Instance) -> dict[tuple[str, str], int] | None:
    """How many seats each quota has on some panel that meets all of them; None if there is none.

    Raises
    ------
    SolverFailed
    """
    try:
        types = _types(instance)
    except InfeasibleQuotas:
        return None
    panel = _some_panel(types)
    if panel is None:
        return None
    counts = types.activity(panel)[1:]
    return {(q.feature, q.value): round(n) for q, n in zip(types.quotas, counts, strict=False)}


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
    return None if _some_panel(types) is not None else explain(types, solver=SOLVER)


def _types(instance: Instance) -> Types:
    return types_of(softened(instance, solver=SOLVER))


def _some_panel(types: Types) -> Ints | None:
    return PanelFinder(Relaxation(types=types), solver=SOLVER).some()
