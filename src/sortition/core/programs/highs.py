"""HiGHS: re-solved through the handle that PuLP keeps, from where the last solve ended."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
import pulp

from sortition.core.types import Floats
from sortition.errors import SolverFailed

# one thread, one random seed, no clock: the same program always has the same solution
ALWAYS = {
    "parallel": "off",
    "threads": 1,
    "random_seed": 0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
INTEGER = {
    "mip_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-7,
}
# with its costly heuristics off, the first solution comes twice as fast
FIRST = {
    "mip_max_improving_sols": 1,
    "mip_detect_symmetry": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
# the ways in which HiGHS is asked again: cold, then by interior points and a crossover
AGAIN: list[dict[str, str]] = [{}, {"solver": "ipm", "presolve": "off"}]
# a program with a solver named loses its whole numbers, so that these only lose the presolve
AGAIN_INTEGER: list[dict[str, str]] = [{}, {"presolve": "off"}]


class _SilentHighs(highspy.Highs):
    """HiGHS prints its name as it is given its callbacks, before any option could be set."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Give it none, as it needs none, but the order to be silent."""
        self.silent()


class Highs:
    """A program that HiGHS holds and solves."""

    def __init__(self, problem: pulp.LpProblem, *, integer: bool, first_solution: bool) -> None:
        options = ALWAYS | (INTEGER if integer else {}) | (FIRST if first_solution else {})
        self._again = AGAIN_INTEGER if integer else AGAIN
        statuses = highspy.HighsModelStatus
        self._decided = [statuses.kOptimal, statuses.kInfeasible]
        if first_solution:
            self._decided.append(statuses.kSolutionLimit)
        silent: Any = _SilentHighs  # of which versions of highspy give other types, or none
        self._handle = problem.solverModel = silent()
        for name, value in options.items():
            self._handle.setOptionValue(name, value)
        pulp.HiGHS(msg=False).buildSolverModel(problem)
        self._index = np.empty(0, dtype=np.int32)

    def solve(
        self, variables: list[pulp.LpVariable], cost: Floats, lower: Floats, upper: Floats
    ) -> tuple[Floats, Floats] | None:
        handle = self._handle
        if len(variables) != len(self._index):
            self._index = np.array([variable.index for variable in variables], dtype=np.int32)
            self._told = np.full((3, len(variables)), np.nan)
        index = self._index
        # of what is asked, most was so the last time, and telling takes longer than comparing
        asked = np.stack([cost, lower, upper])
        new_cost, *new_bounds = asked != self._told
        self._told = asked
        (which,) = np.nonzero(new_cost)
        handle.changeColsCost(len(which), index[which], cost[which])
        (which,) = np.nonzero(new_bounds[0] | new_bounds[1])
        handle.changeColsBounds(len(which), index[which], lower[which], upper[which])
        if not self._feasible():
            return None
        solution = handle.getSolution()
        values = np.array(solution.col_value)[index]
        if not solution.dual_valid:
            return values, np.zeros(len(index))
        return values, np.array(solution.col_dual)[index]

    def _feasible(self) -> bool:
        """Run until there is an optimum, or none, in one way after the other."""
        handle = self._handle
        handle.run()
        for options in self._again:
            if handle.getModelStatus() in self._decided:
                break
            before = {name: handle.getOptionValue(name)[1] for name in options}
            handle.clearSolver()
            for name, value in options.items():
                handle.setOptionValue(name, value)
            handle.run()
            for name, value in before.items():
                handle.setOptionValue(name, value)
        status = handle.getModelStatus()
        if status not in self._decided:
            raise SolverFailed(f"HiGHS: {handle.modelStatusToString(status)}")
        return bool(status != highspy.HighsModelStatus.kInfeasible)

    def add_row(self, constraint: pulp.LpConstraint) -> None:
        *_, total = variables = list(constraint)
        total.index = self._handle.getNumCol()
        self._handle.addCol(0.0, -highspy.kHighsInf, highspy.kHighsInf, 0, [], [])
        self._handle.addRow(
            0.0,
            0.0,
            len(variables),
            np.array([variable.index for variable in variables], dtype=np.int32),
            np.array([constraint[variable] for variable in variables]),
        )

    def change_column(self, column: pulp.LpVariable, coefficients: Floats) -> None:
        for row, coefficient in enumerate(coefficients.tolist()):
            self._handle.changeCoeff(row, column.index, coefficient)
