"""Maximin: the lowest probability as high as can be; among equals, the highest as low as can be.

The first rule alone leaves many lotteries to choose from, and which one comes out would depend
on the solver. The second makes the result unique.

1. Raise the lowest probability as far as it goes.
2. Turn the relaxation round, to the probabilities of staying at home, none of which may now be
   above one minus that level.
3. Raise their levels in turn, which lowers the highest probabilities of selection.
"""

from __future__ import annotations

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Target
from sortition.core.programs.relaxation import Relaxation
from sortition.errors import SolverFailed
from sortition.model import SolverName


def maximin(relaxation: Relaxation, *, solver: SolverName) -> Target | None:
    """The maximin point of a relaxation; None if the relaxation is empty."""
    lowest = Ladder(relaxation, solver=solver).raise_lowest()
    if lowest is None:
        return None
    at_home = Ladder(relaxation.turned(), ceiling=1 - lowest.value, solver=solver).climb()
    if at_home is None:
        raise SolverFailed("a lowest probability that was reached cannot be kept")
    return Target(counts=relaxation.types.sizes - at_home.counts, proofs=(lowest.proof,))
