"""Minimax: the highest probability as low as can be; among equals, the lowest as high as can be.

The first rule alone leaves many lotteries to choose from, some of which give people nothing who
could be selected. The second makes the result unique.

1. Turn the relaxation round, to the probabilities of staying at home, and raise the lowest of
   them as far as it goes; one minus that is the lowest possible highest probability.
2. Of all lotteries in which nobody is above it, take the leximin one.
"""

from __future__ import annotations

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Target
from sortition.core.programs.relaxation import Relaxation
from sortition.errors import SolverFailed
from sortition.model import SolverName


def minimax(relaxation: Relaxation, *, solver: SolverName) -> Target | None:
    """The minimax point of a relaxation; None if the relaxation is empty."""
    at_home = Ladder(relaxation.turned(), solver=solver).raise_lowest()
    if at_home is None:
        return None
    target = Ladder(relaxation, ceiling=1 - at_home.value, solver=solver).climb()
    if target is None:
        raise SolverFailed("a highest probability that was reached cannot be kept")
    return Target(counts=target.counts, proofs=(at_home.proof.turned(cuts=len(relaxation.cuts)),))
