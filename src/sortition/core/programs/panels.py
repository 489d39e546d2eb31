"""Find one panel: the best for a cost, quickly, or with proof that there is none."""

from __future__ import annotations

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.rounding import WHOLE, Rounder
from sortition.core.programs.solver import Bounds, Program
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName


def highest_third(fractions: Floats, split: Ints) -> Ints:
    """A third of some columns, and one at least: those with the highest fractions."""
    highest = split[np.argsort(-fractions[split], kind="stable")]
    return highest[: max(1, len(highest) // 3)]


class PanelFinder:
    """Finds panels within bounds that cost little.

    Parameters
    ----------
    relaxation : Relaxation
    solver : {"highs", "cbc"}
    """

    def __init__(self, relaxation: Relaxation, *, solver: SolverName) -> None:
        self._relaxation = relaxation
        self._solver = solver
        self._linear = Program(len(relaxation.types), relaxation.rows, solver=solver)
        self._rounder = Rounder(relaxation.types)
        self._any: Program | None = None
        self._best: Program | None = None

    def everywhere(self) -> Bounds:
        """The bounds of all panels."""
        return self._relaxation.everywhere()

    def dive(self, cost: Floats, bounds: Bounds) -> Ints | None:
        """Round a linear program; may miss what there is.

        An optimal vertex has at most as many fractions as rows. If they cannot be rounded all at
        once, a third of them is, and the rest is solved again.

        Returns
        -------
        array of int, shape (T,), or None
        """
        if self._out_of_reach(bounds):
            return None
        lower = bounds.lower.copy()
        while True:
            within = Bounds(
                lower=lower,
                upper=bounds.upper,
                row_lower=bounds.row_lower,
                row_upper=bounds.row_upper,
            )
            solution = self._linear.minimise(cost, within)
            if solution is None:
                return None
            counts = solution.columns
            below = np.floor(counts + WHOLE)
            fractions = counts - below
            split = np.flatnonzero(fractions > WHOLE)
            if len(split) == 0:
                return self._checked(below)
            panel = self._rounder.panel(counts, cost, within)
            if panel is not None and self._keeps_cuts(panel, within):
                return self._checked(panel)
            raised = highest_third(fractions, split)
            lower[raised] = below[raised] + 1

    def find(self, cost: Floats, bounds: Bounds) -> Ints | None:
        """Some panel within the bounds; None proves that there is none."""
        panel = self.dive(cost, bounds)
        if panel is not None:
            return panel
        # the dive began with this program too; but where it ends now, the next one starts, so that
        # lotteries of which solvers deal some tickets would come out otherwise if it were left out
        if self._linear.minimise(cost, bounds) is None:
            return None  # without an integer program, which takes longer to declare than to solve
        if self._any is None:
            self._any = self._whole(first_solution=True)
        solution = self._any.minimise(cost, bounds)
        return None if solution is None else self._checked(solution.columns)

    def some(self) -> Ints | None:
        """Some panel; None proves that there is none."""
        return self.find(np.zeros(len(self._relaxation.types)), self.everywhere())

    def best(self, cost: Floats, bounds: Bounds) -> Ints | None:
        """The cheapest panel within the bounds, proven; None if there is none."""
        if self._best is None:
            self._best = self._whole(first_solution=False)
        solution = self._best.minimise(cost, bounds)
        return None if solution is None else self._checked(solution.columns)

    def _whole(self, *, first_solution: bool) -> Program:
        return Program(
            len(self._relaxation.types),
            self._relaxation.rows,
            solver=self._solver,
            integer=True,
            first_solution=first_solution,
        )

    def _out_of_reach(self, bounds: Bounds) -> bool:
        """Whether the bounds of the types alone break a row, which needs no program to see."""
        types = self._relaxation.types
        rows = len(types.lower)
        least, most = types.activity(bounds.lower), types.activity(bounds.upper)
        broken = (least > bounds.row_upper[:rows]) | (most < bounds.row_lower[:rows])
        return bool(np.any(broken))

    def _keeps_cuts(self, panel: Ints, bounds: Bounds) -> bool:
        activity = self._relaxation.activity(panel)
        above, below = activity - bounds.row_upper, bounds.row_lower - activity
        return bool(np.all(above <= WHOLE) and np.all(below <= WHOLE))

    def _checked(self, counts: Floats | Ints) -> Ints:
        panel = np.round(counts).astype(np.int64)
        if not self._relaxation.types.is_panel(panel):
            raise SolverFailed("what was returned as a panel breaks a bound")
        return panel
