"""Find whole points of low cost, the same ones whatever the last digits of a solver are."""

from __future__ import annotations

import numpy as np

from sortition.core.programs.panels import highest_third
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName

WHOLE = 1e-6
ALIKE = 6  # digits


class WholePoints:
    """Finds whole points within bounds that cost little.

    Parameters
    ----------
    relaxation : Relaxation
    solver : {"highs", "cbc"}

    Attributes
    ----------
    relaxation : Relaxation
    """

    def __init__(self, relaxation: Relaxation, *, solver: SolverName) -> None:
        self.relaxation = relaxation
        self._types = relaxation.types
        self._program = Program(len(relaxation.types), relaxation.rows, solver=solver)

    def everywhere(self) -> Bounds:
        """The bounds of all panels."""
        return self.relaxation.everywhere()

    def panel(self, cost: Floats, bounds: Bounds) -> Ints | None:
        """Some panel of low cost within the bounds; may miss what there is.

        Returns
        -------
        array of int, shape (T,), or None

        Raises
        ------
        SolverFailed
            If what the solver gives is none.
        """
        counts = self.near(cost, bounds)
        if counts is not None and not self._types.is_panel(counts):
            raise SolverFailed("what was returned as a panel breaks a bound")
        return counts

    def near(self, cost: Floats, bounds: Bounds) -> Ints | None:
        """Some whole point of low cost within the bounds; may miss what there is.

        Round linear programs, a third of the fractions at a time. An optimal vertex has at most as
        many fractions as rows, so that a few steps suffice. Where that leaves nothing, half of them
        are raised, in the end a single one, and where even that cannot be, it is lowered.

        Returns
        -------
        array of int, shape (T,), or None
        """
        lower, upper = bounds.lower.copy(), bounds.upper.copy()
        raised = below = np.empty(0, dtype=np.int64)
        while True:
            within = Bounds(
                lower=lower, upper=upper, row_lower=bounds.row_lower, row_upper=bounds.row_upper
            )
            solution = self._program.minimise(cost, within)
            if solution is not None:
                below = np.floor(solution.columns + WHOLE).astype(np.int64)
                # what differs in the last digits alone is equal, on every solver
                fractions = np.round(solution.columns - below, ALIKE)
                split = np.flatnonzero(fractions > 0)
                if len(split) == 0:
                    return below
                raised = highest_third(fractions, split)
                lower[raised] = below[raised] + 1
            elif len(raised) > 1:
                kept = len(raised) // 2
                lower[raised[kept:]] = below[raised[kept:]]
                raised = raised[:kept]
            elif len(raised) == 1:
                lower[raised] = upper[raised] = below[raised]
                raised = raised[:0]
            else:
                return None
