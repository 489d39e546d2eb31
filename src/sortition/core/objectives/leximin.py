"""Leximin: the lowest probability as high as can be, then the second lowest, and so on.

Flanigan, Gölz, Gupta, Hennig, Procaccia, *Fair algorithms for selecting citizens' assemblies*,
Nature 596 (2021), Supplementary Information, section 6, choose this point among all lotteries;
here it is found over the relaxation.

1. Raise the lowest free probability as far as it goes.
2. Settle those who cannot be higher in any optimum.
3. Repeat until everybody is settled. The result is unique.
"""

from __future__ import annotations

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Target
from sortition.core.programs.relaxation import Relaxation
from sortition.model import SolverName


def leximin(relaxation: Relaxation, *, solver: SolverName) -> Target | None:
    """The leximin point of a relaxation; None if the relaxation is empty."""
    return Ladder(relaxation, solver=solver).climb()
