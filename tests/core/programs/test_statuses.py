"""What a solver does not decide at first, and what it says meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.errors import SolverFailed
from sortition.model import SolverName

# The linear programs, 119 columns by 17 rows with those of the rows' sums, that one trial of a plan
# for the sample data solves one after the other. HiGHS 1.16 ends the last one, from where the one
# before it left off, with a dual infeasibility of 1.8e-7 and the status "Unknown".
UNKNOWN = Path(__file__).parent / "unknown.json"
UNIT = 1e-7  # of the costs in the file
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])

SMALL = [Row(columns=np.arange(3), coefficients=np.array([1.0, 2.0, 3.0]))]
SMALL_COST = np.array([-3.0, -5.0, -4.0])
SMALL_BOUNDS = Bounds(
    lower=np.zeros(3),
    upper=np.full(3, 4.0),
    row_lower=np.array([1.0]),
    row_upper=np.array([7.0]),
)  # in whole numbers 3 and 2 are worth 19, 4 and 1 only 17, and 1 and 3 only 18

SAYS = """
import numpy as np
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.errors import SolverFailed

def solve(cost, row_lower, upper, **options):
    row = Row(columns=np.arange(2), coefficients=np.array([1.0, 1.0]))
    program = Program(2, [row], **options)
    bounds = Bounds(
        lower=np.zeros(2), upper=np.full(2, upper),
        row_lower=np.array([row_lower]), row_upper=np.array([np.inf]),
    )
    for _ in range(2):
        try:
            program.minimise(np.array([cost, 1.0]), bounds)
        except SolverFailed:
            pass
        program.add_row(row)
        bounds = Bounds(
            lower=bounds.lower, upper=bounds.upper,
            row_lower=np.full(2, row_lower), row_upper=np.full(2, np.inf),
        )

for solver in ("highs", "cbc"):
    for options in ({}, {"integer": True}, {"integer": True, "first_solution": True}):
        solve(1.0, 3.0, 2.0, solver=solver, **options)
        solve(1.0, 9.0, 2.0, solver=solver, **options)
        solve(-1.0, 3.0, np.inf, solver=solver, **options)
"""


def captured() -> Iterator[tuple[list[Row], np.ndarray[Any, Any], Bounds]]:
    document = json.loads(UNKNOWN.read_text(encoding="utf-8"))
    rows = [
        Row(columns=np.array(columns), coefficients=np.ones(len(columns)))
        for columns in document["rows"]
    ]
    for solve in document["solves"]:
        yield (
            rows,
            -UNIT * np.array(document["costs"][solve["cost"]]),
            Bounds(
                lower=np.array(list(solve["lower"]), dtype=float),
                upper=np.array(list(solve["upper"]), dtype=float),
                row_lower=np.array(solve["row_lower"], dtype=float),
                row_upper=np.array(solve["row_upper"], dtype=float),
            ),
        )


def test_a_program_that_a_solver_gives_up_on_at_first() -> None:
    program = None
    for rows, cost, bounds in captured():
        program = program or Program(len(cost), rows, solver="highs")
        solution = program.minimise(cost, bounds)
        matrix = np.zeros((len(rows), len(cost)))
        for number, row in enumerate(rows):
            matrix[number, row.columns] = row.coefficients
        optimum = linprog(
            cost,
            A_ub=np.vstack([matrix, -matrix]),
            b_ub=np.concatenate([bounds.row_upper, -bounds.row_lower]),
            bounds=list(zip(bounds.lower.tolist(), bounds.upper.tolist(), strict=True)),
        )
        assert (solution is None) == (optimum.status == 2)
        if solution is not None:
            assert solution.value == pytest.approx(optimum.fun, abs=1e-7)
            assert np.all(solution.columns >= bounds.lower - 1e-8)
            assert np.all(solution.columns <= bounds.upper + 1e-8)
            assert np.all(matrix @ solution.columns >= bounds.row_lower - 1e-8)
            assert np.all(matrix @ solution.columns <= bounds.row_upper + 1e-8)
            # the duals prove it: what the bounds let the value fall to
            duals = np.concatenate([solution.reduced_costs, solution.row_duals])
            least = np.where(
                duals > 0,
                np.concatenate([bounds.lower, bounds.row_lower]),
                np.concatenate([bounds.upper, bounds.row_upper]),
            )
            assert float(duals @ least) == pytest.approx(optimum.fun, abs=1e-6)


def limited(program: Program, **limits: int) -> Program:
    """With so few steps for an algorithm that it has to give up."""
    backend: Any = program._backend
    for name, limit in limits.items():
        backend._handle.setOptionValue(name, limit)
    return program


def test_where_the_simplex_algorithm_gives_up_another_one_finds_it() -> None:
    *_, (rows, cost, bounds) = captured()
    known = Program(len(cost), rows, solver="highs").minimise(cost, bounds)
    program = limited(Program(len(cost), rows, solver="highs"), simplex_iteration_limit=0)
    found = program.minimise(cost, bounds)
    assert known is not None
    assert found is not None
    assert found.value == pytest.approx(known.value, abs=1e-9)
    limited(program, simplex_iteration_limit=10_000)
    again = program.minimise(-cost, bounds)
    fresh = Program(len(cost), rows, solver="highs").minimise(-cost, bounds)
    assert again is not None
    assert fresh is not None
    assert again.value == pytest.approx(fresh.value, abs=1e-9)


def test_what_no_algorithm_finds_is_a_failure() -> None:
    *_, (rows, cost, bounds) = captured()
    program = limited(
        Program(len(cost), rows, solver="highs"), simplex_iteration_limit=0, ipm_iteration_limit=0
    )
    with pytest.raises(SolverFailed, match="HiGHS: "):
        program.minimise(cost, bounds)


def test_whole_numbers_that_were_not_found_are_a_failure() -> None:
    program = limited(Program(3, SMALL, solver="highs", integer=True), mip_max_nodes=0)
    with pytest.raises(SolverFailed):
        program.minimise(SMALL_COST, SMALL_BOUNDS)
    limited(program, mip_max_nodes=1000)
    solution = program.minimise(SMALL_COST, SMALL_BOUNDS)
    assert solution is not None
    assert solution.columns == pytest.approx([3.0, 2.0, 0.0])


@SOLVERS
@pytest.mark.parametrize("integer", [False, True])
def test_no_panel_is_not_taken_for_no_end(solver: SolverName, integer: bool) -> None:
    # x - y >= 1 and x - y <= 0 clash, though without them -x - y has no end
    rows = [Row(columns=np.arange(2), coefficients=np.array([1.0, -1.0]))] * 2
    bounds = Bounds(
        lower=np.zeros(2),
        upper=np.full(2, np.inf),
        row_lower=np.array([1.0, -np.inf]),
        row_upper=np.array([np.inf, 0.0]),
    )
    program = Program(2, rows, solver=solver, integer=integer)
    assert program.minimise(np.array([-1.0, -1.0]), bounds) is None


def test_whole_numbers_without_end_are_not_taken_for_no_panel() -> None:
    row = Row(columns=np.arange(2), coefficients=np.array([1.0, -1.0]))
    bounds = Bounds(
        lower=np.zeros(2),
        upper=np.full(2, np.inf),
        row_lower=np.zeros(1),
        row_upper=np.zeros(1),
    )
    program = Program(2, [row], solver="highs", integer=True)
    with pytest.raises(SolverFailed):
        program.minimise(np.array([-1.0, -1.0]), bounds)


def test_solvers_are_silent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYS], env=os.environ, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="a shell is needed to close them")
def test_solvers_need_no_output_to_write_to() -> None:
    closed = ["/bin/sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, SAYS]
    assert subprocess.run(closed, env=os.environ, check=False).returncode == 0
