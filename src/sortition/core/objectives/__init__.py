"""What "fairest" can mean: each objective picks one point of the relaxation."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from sortition.core.objectives.goldilocks import goldilocks
from sortition.core.objectives.leximin import leximin
from sortition.core.objectives.maximin import maximin
from sortition.core.objectives.minimax import minimax
from sortition.core.objectives.nash import nash
from sortition.core.objectives.population import aims_of, population
from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Floats
from sortition.model import ObjectiveName, SolverName


class Objective(Protocol):
    """Picks the expected counts of a relaxation; None if the relaxation is empty."""

    def __call__(self, relaxation: Relaxation, *, solver: SolverName) -> Target | None: ...


def objective_of(name: ObjectiveName, *, gamma: float, aims: Floats) -> Objective:
    """The objective with this name; `gamma` is for goldilocks alone, and `aims` for population."""
    named: dict[ObjectiveName, Objective] = {
        "leximin": leximin,
        "maximin": maximin,
        "nash": nash,
        "minimax": minimax,
        "goldilocks": partial(goldilocks, gamma=gamma),
        "population": partial(population, aims=aims),
    }
    return named[name]


__all__ = [
    "Objective",
    "Proof",
    "Target",
    "aims_of",
    "goldilocks",
    "leximin",
    "maximin",
    "minimax",
    "nash",
    "objective_of",
    "population",
]
