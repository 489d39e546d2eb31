"""Linear programs over the weights of all panels of tiny instances, solved again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# by its own tolerances, of 1e-7, goldilocks can come out a millionth below what there is
FINE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The weights, the level beside them, and by how much the value moves with each row's bound."""

    weights: Floats
    level: float
    duals: Floats


class Program:
    """Rows over weights, which are not negative and add up to 1, and over one level.

    Parameters
    ----------
    rows : array, shape (rows, weights + 1)
        Each is to be at most its bound; the last column is that of the level.
    """

    def __init__(self, rows: Floats) -> None:
        count, columns = rows.shape
        matrix = np.vstack([rows, np.append(np.ones(columns - 1), 0.0)])
        places, entries = np.nonzero(matrix)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, count + 1
        program.col_cost_ = np.zeros(columns)
        program.col_lower_ = np.append(np.zeros(columns - 1), -highspy.kHighsInf)
        program.col_upper_ = np.full(columns, highspy.kHighsInf)
        program.row_lower_ = np.append(np.full(count, -highspy.kHighsInf), 1.0)
        program.row_upper_ = np.append(np.full(count, highspy.kHighsInf), 1.0)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.searchsorted(places, np.arange(count + 2)).astype(np.int32)
        program.a_matrix_.index_ = entries.astype(np.int32)
        program.a_matrix_.value_ = matrix[places, entries]
        solver: Any = highspy.Highs  # of which versions of highspy give other types, or none
        self._handle = solver()
        for name, value in {**FINE, "output_flag": False, "threads": 1}.items():
            self._handle.setOptionValue(name, value)
        self._handle.passModel(program)
        self._columns, self._rows = columns, count

    def minimise(
        self, *, upper: Floats, weights: Floats | None = None, level: float = 0.0
    ) -> Solved | None:
        """Minimise a cost, with these bounds of the rows; None if they cannot be kept."""
        handle = self._handle
        cost = np.append(np.zeros(self._columns - 1) if weights is None else weights, level)
        every = np.arange(max(self._columns, self._rows), dtype=np.int32)
        handle.changeColsCost(self._columns, every[: self._columns], cost)
        lower = np.full(self._rows, -highspy.kHighsInf)
        for row in range(self._rows):  # all at once is what HiGHS 1.12 cannot do
            handle.changeRowBounds(row, lower[row], upper[row])
        handle.run()
        status = handle.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal
        solution = handle.getSolution()
        values = np.array(solution.col_value)
        duals = np.array(solution.row_dual)[:-1]
        return Solved(weights=values[:-1], level=float(values[-1]), duals=duals)
