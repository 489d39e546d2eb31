"""Linear and integer programs: declared in PuLP, solved by HiGHS or CBC.

A `Program` is declared once and solved many times with other costs and bounds. What ends with
neither an optimum nor a proof that there is none is solved again in other ways before it is an
error. No solver prints anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

import numpy as np
import pulp

from sortition.core.programs.cbc import Cbc
from sortition.core.programs.highs import Highs
from sortition.core.types import Bools, Floats, Ints
from sortition.model import SolverName


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
        backend = Highs if solver == "highs" else Cbc
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
