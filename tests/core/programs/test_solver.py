from __future__ import annotations

import numpy as np
import pytest

from sortition.core.programs.solver import Bounds, Program, Row, solver_version
from sortition.errors import SolverFailed
from sortition.model import SolverName

INF = np.inf
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])


def row(*coefficients: float) -> Row:
    return Row(columns=np.arange(len(coefficients)), coefficients=np.array(coefficients))


def bounds(columns: list[tuple[float, float]], rows: list[tuple[float, float]]) -> Bounds:
    lower, upper = np.array(columns, dtype=float).reshape(-1, 2).T
    row_lower, row_upper = np.array(rows, dtype=float).reshape(-1, 2).T
    return Bounds(lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)


# minimise -3x - 2y with x + y <= 4, x + 3y <= 6, 1 <= x <= 3, y >= 0.5: the optimum is x = 3, y = 1
ROWS = [row(1.0, 1.0), row(1.0, 3.0)]
COST = np.array([-3.0, -2.0])
COLUMN_BOUNDS = [(1.0, 3.0), (0.5, INF)]
ROW_BOUNDS = [(-INF, 4.0), (-INF, 6.5)]


@SOLVERS
def test_optimum_by_hand(solver: SolverName) -> None:
    solution = Program(2, ROWS, solver=solver).minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS))
    assert solution is not None
    assert solution.columns == pytest.approx([3.0, 1.0], abs=1e-9)
    assert solution.value == pytest.approx(-11.0, abs=1e-9)


@SOLVERS
@pytest.mark.parametrize(
    ("column_bounds", "row_bounds"),
    [
        (COLUMN_BOUNDS, ROW_BOUNDS),
        (COLUMN_BOUNDS, [(-INF, 9.0), (-INF, 6.5)]),
        ([(1.0, 8.0), (0.5, 0.75)], [(2.0, 4.0), (4.0, 6.5)]),
        ([(2.0, 2.0), (0.0, 9.0)], [(3.0, 3.0), (-INF, INF)]),
    ],
)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_duals_are_what_the_value_gains_when_a_bound_is_raised(
    solver: SolverName,
    column_bounds: list[tuple[float, float]],
    row_bounds: list[tuple[float, float]],
    sign: float,
) -> None:
    if sign < 0:  # keep the maximum finite
        column_bounds = [(low, min(high, 9.0)) for low, high in column_bounds]
    program = Program(2, ROWS, solver=solver)

    def value(columns: list[tuple[float, float]], rows: list[tuple[float, float]]) -> float:
        solution = program.minimise(sign * COST, bounds(columns, rows))
        assert solution is not None
        return solution.value

    solution = program.minimise(sign * COST, bounds(column_bounds, row_bounds))
    assert solution is not None
    step = 1e-3
    for number in range(4):
        raised = [*column_bounds, *row_bounds]
        raised[number] = (raised[number][0] + step, raised[number][1] + step)
        gain = (value(raised[:2], raised[2:]) - solution.value) / step
        dual = [*solution.reduced_costs, *solution.row_duals][number]
        assert dual == pytest.approx(gain, abs=1e-6)


@SOLVERS
@pytest.mark.parametrize("integer", [False, True])
def test_bounds_that_cannot_be_met(solver: SolverName, integer: bool) -> None:
    program = Program(2, ROWS, solver=solver, integer=integer)
    assert program.minimise(COST, bounds(COLUMN_BOUNDS, [(9.0, INF), (-INF, 6.0)])) is None
    # and the next solve knows nothing of it
    assert program.minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS)) is not None


@SOLVERS
def test_whole_numbers(solver: SolverName) -> None:
    # 2x + 2y = 3 has no whole solution, and 3x + 5y = 14 one only
    program = Program(2, [row(2.0, 2.0)], solver=solver, integer=True)
    assert program.minimise(COST, bounds([(0, 9), (0, 9)], [(3, 3)])) is None
    program = Program(2, [row(3.0, 5.0)], solver=solver, integer=True)
    solution = program.minimise(COST, bounds([(0, 9), (0, 9)], [(14, 14)]))
    assert solution is not None
    assert solution.columns == pytest.approx([3.0, 1.0])
    assert solution.reduced_costs.tolist() == [0.0, 0.0]
    assert solution.row_duals.tolist() == [0.0]


@SOLVERS
def test_first_solution_is_feasible(solver: SolverName) -> None:
    program = Program(
        3, [row(1, 1, 1), row(1, 2, 3)], solver=solver, integer=True, first_solution=True
    )
    solution = program.minimise(np.array([1.0, -1.0, 2.0]), bounds([(0, 3)] * 3, [(4, 4), (8, 9)]))
    assert solution is not None
    whole = solution.columns.round()
    assert solution.columns == pytest.approx(whole)
    assert whole.sum() == 4
    assert 8 <= whole @ [1, 2, 3] <= 9


@SOLVERS
def test_a_row_added_between_solves(solver: SolverName) -> None:
    program = Program(2, ROWS, solver=solver)
    program.minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS))
    program.add_row(Row(columns=np.array([0]), coefficients=np.array([2.0])))
    solution = program.minimise(COST, bounds(COLUMN_BOUNDS, [*ROW_BOUNDS, (-INF, 4.0)]))
    assert solution is not None
    assert solution.columns == pytest.approx([2.0, 1.5], abs=1e-9)
    assert solution.row_duals.shape == (3,)


@SOLVERS
def test_a_column_changed_between_solves(solver: SolverName) -> None:
    program = Program(2, ROWS, solver=solver)
    program.minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS))
    for coefficients in ([2.0, 0.0], [1.0, 3.0], [0.5, 1.0]):
        program.change_column(1, np.array(coefficients))
        changed = program.minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS))
        fresh = Program(
            2, [row(1.0, coefficients[0]), row(1.0, coefficients[1])], solver=solver
        ).minimise(COST, bounds(COLUMN_BOUNDS, ROW_BOUNDS))
        assert changed is not None
        assert fresh is not None
        assert changed.value == pytest.approx(fresh.value, abs=1e-8)


@SOLVERS
def test_no_end_to_the_cost_is_a_failure(solver: SolverName) -> None:
    program = Program(1, [row(1.0)], solver=solver)
    with pytest.raises(SolverFailed):
        program.minimise(np.array([-1.0]), bounds([(0, INF)], [(-INF, INF)]))


@SOLVERS
def test_a_row_without_columns(solver: SolverName) -> None:
    empty = Row(columns=np.array([], dtype=np.int64), coefficients=np.array([]))
    program = Program(1, [empty], solver=solver)
    assert program.minimise(np.array([1.0]), bounds([(1, 2)], [(0, 5)])) is not None
    assert program.minimise(np.array([1.0]), bounds([(1, 2)], [(1, 5)])) is None


def test_versions_name_the_solver() -> None:
    assert solver_version("highs").startswith("HiGHS 1.")
    assert solver_version("cbc").startswith("CBC")
