"""What "fairest" can mean: each objective picks one point of the relaxation."""

from __future__ import annotations

from typing import Protocol

from sortition.core.objectives.levels import Level, Target
from sortition.core.objectives.leximin import leximin
from sortition.core.objectives.maximin import maximin
from sortition.core.relaxation import Relaxation
from sortition.model import ObjectiveName, SolverName


class Objective(Protocol):
    """Picks the expected counts of a relaxation; None if the relaxation is empty."""

    def __call__(self, relaxation: Relaxation, *, solver: SolverName) -> Target | None: ...


def objective_of(name: ObjectiveName) -> Objective:
    """The objective with this name."""
    return {"leximin": leximin, "maximin": maximin}[name]


__all__ = [
    "Level",
    "Objective",
    "Target",
    "leximin",
    "maximin",
    "objective_of",
]
