"""Linear and integer programs: declared in PuLP, solved by HiGHS or CBC.

This is the only module that knows a solver. A `Program` is declared once and solved many times
with other costs and bounds. HiGHS is re-solved through the handle that PuLP keeps, so that a
solve starts from where the last one ended; CBC gets the whole program every time. What ends with
neither an optimum nor a proof that there is none is solved again in other ways before it is an
error. No solver prints anything.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Protocol

import highspy
import numpy as np
import pulp

from sortition.core.types import Bools, Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName

# one thread, one random seed, no clock: the same program always has the same solution
_HIGHS = {
    "parallel": "off",
    "threads": 1,
    "random_seed": 0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
_HIGHS_INTEGER = {
    "mip_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-7,
}
# with its costly heuristics off, the first solution comes twice as fast
_HIGHS_FIRST = {
    "mip_max_improving_sols": 1,
    "mip_detect_symmetry": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
# the ways in which HiGHS is asked again: cold, then by interior points and a crossover
_HIGHS_AGAIN: list[dict[str, str]] = [{}, {"solver": "ipm", "presolve": "off"}]
# a program with a solver named loses its whole numbers, so that these only lose the presolve
_HIGHS_AGAIN_INTEGER: list[dict[str, str]] = [{}, {"presolve": "off"}]
_CBC = ["primalTolerance 1e-9", "dualTolerance 1e-9", "randomSeed 1", "randomCbcSeed 1"]
_CBC_FIRST = ["maxSolutions 1"]
_CBC_NOTHING = 1e-7
# CBC always starts cold: the only other way is another algorithm
_CBC_AGAIN = ["presolve off", "barrier"]


def solver_version(solver: SolverName) -> str:
    """The name and version of a solver, for the record."""
    if solver == "highs":
        return f"HiGHS {version('highspy')}"
    return f"CBC of PuLP {pulp.__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``sum(coefficients * columns)``, the bounds of which are given with each solve."""

    columns: Ints
    coefficients: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Lower and upper bounds of the columns, shape (columns,), and of the rows, shape (rows,)."""

    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An optimal solution, or the first feasible one where that was asked for.

    Attributes
    ----------
    value : float
    columns : array, shape (columns,)
    reduced_costs : array, shape (columns,)
        By how much the optimal value grows for each unit that the bound a column stands at is
        raised. Zeros for an integer program, as are the row duals.
    row_duals : array, shape (rows,)
        Likewise for the bounds of the rows.
    """

    value: float
    columns: Floats
    reduced_costs: Floats
    row_duals: Floats


class Program:
    """Minimise a cost over columns, with bounds on the columns and on rows.

    Parameters
    ----------
    columns : int
    rows : sequence of Row
    solver : {"highs", "cbc"}
    integer : bool or array of bool, shape (columns,)
        Whether the columns are whole numbers, all of them or each.
    first_solution : bool
        Stop an integer program at its first feasible solution.
    """

    def __init__(
        self,
        columns: int,
        rows: Sequence[Row],
        *,
        solver: SolverName,
        integer: bool | Bools = False,
        first_solution: bool = False,
    ) -> None:
        # A range on a row is a bound on a column of its own that equals the row's sum.
        whole = np.broadcast_to(integer, columns).tolist()
        self._problem = problem = pulp.LpProblem("program", pulp.LpMinimize)
        self._columns = [
            problem.add_variable(f"x{n:07d}", cat=pulp.LpInteger if one else pulp.LpContinuous)
            for n, one in enumerate(whole)
        ]
        self._sums: list[pulp.LpVariable] = []
        self._problem.setObjective(pulp.LpAffineExpression([(c, 0.0) for c in self._columns]))
        for row in rows:
            self._declare(row)
        backend = _Highs if solver == "highs" else _Cbc
        self._backend: _Backend = backend(
            self._problem, integer=any(whole), first_solution=first_solution
        )

    def add_row(self, row: Row) -> None:
        """Add a row behind the others."""
        self._backend.add_row(self._declare(row))

    def _declare(self, row: Row) -> pulp.LpConstraint:
        number = len(self._sums)
        self._sums.append(self._problem.add_variable(f"y{number:07d}"))
        terms = [
            (self._columns[column], coefficient)
            for column, coefficient in zip(
                row.columns.tolist(), row.coefficients.tolist(), strict=True
            )
        ]
        total = pulp.LpAffineExpression([*terms, (self._sums[number], -1.0)])
        constraint = pulp.LpConstraint(total, pulp.LpConstraintEQ, f"row{number:07d}", 0)
        self._problem.addConstraint(constraint)
        return constraint

    def minimise(self, cost: Floats, bounds: Bounds) -> Solution | None:
        """Solve with this cost, shape (columns,), and these bounds.

        Returns
        -------
        Solution or None
            None if the bounds cannot be met.

        Raises
        ------
        SolverFailed
            If the solver ends with neither an optimum nor a proof of infeasibility, whichever
            way it is asked.
        """
        split = len(self._columns)
        solved = self._backend.solve(
            [*self._columns, *self._sums],
            np.concatenate([cost, np.zeros(len(self._sums))]),
            np.concatenate([bounds.lower, bounds.row_lower]).astype(float),
            np.concatenate([bounds.upper, bounds.row_upper]).astype(float),
        )
        if solved is None:
            return None
        values, reduced_costs = solved
        return Solution(
            value=float(cost @ values[:split]),
            columns=values[:split],
            reduced_costs=reduced_costs[:split],
            row_duals=reduced_costs[split:],
        )

    def change_column(self, column: int, coefficients: Floats) -> None:
        """Replace the coefficients of a column that stands in every row, shape (rows,)."""
        self._backend.change_column(self._columns[column], coefficients)


class _Backend(Protocol):
    def solve(
        self, variables: list[pulp.LpVariable], cost: Floats, lower: Floats, upper: Floats
    ) -> tuple[Floats, Floats] | None: ...

    def add_row(self, constraint: pulp.LpConstraint) -> None: ...

    def change_column(self, column: pulp.LpVariable, coefficients: Floats) -> None: ...


class _SilentHighs(highspy.Highs):
    """HiGHS prints its name as it is given its callbacks, before any option could be set."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Give it none, as it needs none, but the order to be silent."""
        self.silent()


class _Highs:
    """Re-solves through the `highspy` handle that PuLP keeps."""

    def __init__(self, problem: pulp.LpProblem, *, integer: bool, first_solution: bool) -> None:
        options = (
            _HIGHS | (_HIGHS_INTEGER if integer else {}) | (_HIGHS_FIRST if first_solution else {})
        )
        self._again = _HIGHS_AGAIN_INTEGER if integer else _HIGHS_AGAIN
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


class _Cbc:
    """Hands the whole program to PuLP's bundled CBC each time."""

    def __init__(self, problem: pulp.LpProblem, *, integer: bool, first_solution: bool) -> None:
        self._problem, self._integer = problem, integer
        options = [*_CBC, *(_CBC_FIRST if first_solution else [])]
        with warnings.catch_warnings():  # of PuLP 4, which bundles none; this is pinned below it
            warnings.simplefilter("ignore", DeprecationWarning)
            self._solvers = [
                pulp.PULP_CBC_CMD(msg=False, threads=1, options=[*options, *again])
                for again in ([], _CBC_AGAIN)
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
    none = inside | (np.abs(reduced) < _CBC_NOTHING)
    change, *_ = np.linalg.lstsq(matrix[:, none].T, reduced[none])
    return np.where(none, 0.0, reduced - matrix.T @ change)
