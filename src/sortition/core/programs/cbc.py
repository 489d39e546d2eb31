"""The CBC that PuLP bundles: given the whole program every time."""

from __future__ import annotations

import warnings

import numpy as np
import pulp

from sortition.core.types import Bools, Floats
from sortition.errors import SolverFailed

ALWAYS = ["primalTolerance 1e-9", "dualTolerance 1e-9", "randomSeed 1", "randomCbcSeed 1"]
FIRST = ["maxSolutions 1"]
NOTHING = 1e-7
# CBC always starts cold: the only other way is another algorithm
AGAIN = ["presolve off", "barrier"]


class Cbc:
    """A program that CBC solves; it always starts cold."""

    def __init__(self, problem: pulp.LpProblem, *, integer: bool, first_solution: bool) -> None:
        self._problem, self._integer = problem, integer
        options = [*ALWAYS, *(FIRST if first_solution else [])]
        with warnings.catch_warnings():  # of PuLP 4, which bundles none; this is pinned below it
            warnings.simplefilter("ignore", DeprecationWarning)
            self._solvers = [
                pulp.PULP_CBC_CMD(msg=False, threads=1, options=[*options, *again])
                for again in ([], AGAIN)
            ]

    def solve(
        self, variables: list[pulp.LpVariable], cost: Floats, lower: Floats, upper: Floats
    ) -> tuple[Floats, Floats] | None:
        for variable, low, high in zip(variables, lower.tolist(), upper.tolist(), strict=True):
            variable.bounds(None if low == -np.inf else low, None if high == np.inf else high)
        self._problem.setObjective(
            pulp.LpAffineExpression(list(zip(variables, cost.tolist(), strict=True)))
        )
        if not self._feasible():
            return None
        values = np.array([variable.varValue for variable in variables], dtype=float)
        if self._integer:
            return values, np.zeros(len(values))
        matrix = self._matrix(variables)
        values, inside = _sharp_vertex(matrix, values, lower, upper)
        duals = np.array([variable.dj for variable in variables[-len(matrix) :]], dtype=float)
        return values, _sharp_reduced_costs(matrix, duals, cost, inside)

    def _feasible(self) -> bool:
        """Run until there is an optimum, or none, in one way after the other."""
        found = (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        status = ""
        for solver in self._solvers:
            try:
                self._problem.solve(solver)
            except pulp.PulpSolverError as error:
                status = str(error)
                continue
            if self._problem.status == pulp.LpStatusInfeasible:
                return False
            if self._problem.sol_status in found:
                return True
            status = pulp.LpStatus[self._problem.status]
        raise SolverFailed(f"CBC: {status}")

    def _matrix(self, variables: list[pulp.LpVariable]) -> Floats:
        position = {variable: number for number, variable in enumerate(variables)}
        rows = self._problem.constraints()
        matrix = np.zeros((len(rows), len(variables)))
        for number, row in enumerate(rows):
            for variable, coefficient in row.items():
                matrix[number, position[variable]] = coefficient
        return matrix

    def add_row(self, constraint: pulp.LpConstraint) -> None:
        """PuLP holds the row already, and CBC is given everything anew."""

    def change_column(self, column: pulp.LpVariable, coefficients: Floats) -> None:
        rows = self._problem.constraints()
        for row, coefficient in zip(rows, coefficients.tolist(), strict=True):
            row.expr[column] = coefficient


def _sharp_vertex(
    matrix: Floats, values: Floats, lower: Floats, upper: Floats
) -> tuple[Floats, Bools]:
    """The vertex to the last bit: CBC writes eight digits, the rows know the others.

    Also which columns are inside their bounds.
    """
    for bound in (lower, upper):
        values = np.where(np.isclose(values, bound, rtol=1e-7, atol=1e-9), bound, values)
    inside = (values != lower) & (values != upper)
    change, *_ = np.linalg.lstsq(matrix[:, inside], -matrix @ values)
    values[inside] += change
    return values, inside


def _sharp_reduced_costs(matrix: Floats, duals: Floats, cost: Floats, inside: Bools) -> Floats:
    """Likewise the reduced costs, from the duals of the rows: a column inside its bounds has none.

    The column of a row's sum has the row's dual.
    """
    reduced = cost - matrix.T @ duals
    none = inside | (np.abs(reduced) < NOTHING)
    change, *_ = np.linalg.lstsq(matrix[:, none].T, reduced[none])
    return np.where(none, 0.0, reduced - matrix.T @ change)
