"""Small cells: which counts of a table must be left out so that nobody can tell them.

The table counts people by value (rows) and stage (columns); the total of each stage is told too.
Whoever reads it knows that a stage adds up to its total, and that nobody comes to a stage without
having been at the one before. From that she can narrow down what was left out, by linear programs
as here:

1. Leave out every count above 0 and below the smallest that may be told.
2. For every count that is left out, find the lowest and the highest number that it could be.
3. If they are closer to each other than the smallest number, the count is *exposed*: leave out one
   more of its stage, the smallest that there is, or else its neighbour in the row. What stands
   beside a count that was left out and is nearly the same goes too, as it would tell as much.
4. Repeat until nothing is exposed.

A stage that has fewer people than the smallest number in all is left out altogether.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sortition.core.solver import Bounds, Program, Row
from sortition.errors import SolverFailed

Cell = tuple[int, int]
Counts = Sequence[Sequence[int]]
DUST = 1e-6


def suppressed(counts: Counts, smallest: int) -> frozenset[Cell]:
    """The cells that are left out, as numbers of row and column.

    Parameters
    ----------
    counts : sequence of sequence of int
        People by value and stage; each row has all stages.
    smallest : int
        The smallest count that may be told, besides 0.
    """
    table = _Table.of(counts, smallest)
    out = {
        (row, column)
        for row, cells in enumerate(counts)
        for column, count in enumerate(cells)
        if 0 < count < smallest or (count and column in table.untold)
    }
    while True:
        out |= _as_telling(table, out)
        exposed = next(
            (cell for cell, (low, high) in _limits(table, out) if high - low < smallest - DUST),
            None,
        )
        companion = exposed and _companion(table, exposed, out)
        if not companion:
            return frozenset(out)
        out.add(companion)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The counts, the stages whose totals are not told, and which stages go on from the last."""

    counts: Counts
    smallest: int
    untold: frozenset[int]
    nested: frozenset[int]

    @classmethod
    def of(cls, counts: Counts, smallest: int) -> _Table:
        columns = list(zip(*counts, strict=True))
        return cls(
            counts=counts,
            smallest=smallest,
            untold=frozenset(n for n, column in enumerate(columns) if sum(column) < smallest),
            nested=frozenset(
                n
                for n in range(1, len(columns))
                if all(a >= b for a, b in zip(columns[n - 1], columns[n], strict=True))
            ),
        )

    def beside(self, cell: Cell) -> Iterator[Cell]:
        """The stages before and after, if a person at the later one was at the earlier."""
        row, column = cell
        if column + 1 in self.nested:
            yield row, column + 1
        if column in self.nested:
            yield row, column - 1


def _as_telling(table: _Table, out: set[Cell]) -> set[Cell]:
    """What stands beside a cell that is left out and differs by less than the smallest number."""
    found: set[Cell] = set()
    waiting = sorted(out)
    while waiting:
        row, column = waiting.pop()
        for cell in table.beside((row, column)):
            count = table.counts[row][cell[1]]
            near = abs(count - table.counts[row][column]) < table.smallest
            if near and count and cell not in out | found:
                found.add(cell)
                waiting.append(cell)
    return found


def _companion(table: _Table, exposed: Cell, out: set[Cell]) -> Cell | None:
    """One more cell to leave out; None if nothing is left that would help."""
    counts, column = table.counts, exposed[1]
    told = [
        (cells[column], other)
        for other, cells in enumerate(counts)
        if cells[column] and (other, column) not in out
    ]
    if told:
        return min(told)[1], column
    beside = [cell for cell in table.beside(exposed) if cell not in out]
    around = (c for cell in sorted(out) for c in table.beside(cell) if c not in out)
    return next((c for c in (*beside, *around) if counts[c[0]][c[1]]), None)


def _limits(table: _Table, out: set[Cell]) -> Iterator[tuple[Cell, tuple[float, float]]]:
    """The lowest and the highest number that each cell could be."""
    cells = sorted(out)
    place = {cell: number for number, cell in enumerate(cells)}
    counts = table.counts
    lower, upper = np.zeros(len(cells)), np.zeros(len(cells))
    rows: list[Row] = []
    sums: list[tuple[float, float]] = []
    for column in range(len(counts[0]) if counts else 0):
        mine = [place[r, column] for r in range(len(counts)) if (r, column) in place]
        total = float(sum(counts[row][column] for row, c in cells if c == column))
        # of a stage whose total is not told, a reader knows at least that it is small
        bounds = (0.0, float(table.smallest)) if column in table.untold else (total, total)
        upper[mine] = bounds[1]
        if mine:
            rows.append(Row(columns=np.array(mine), coefficients=np.ones(len(mine))))
            sums.append(bounds)
    for cell in cells:
        for row, column in table.beside(cell):
            later = column > cell[1]
            number = place.get((row, column))
            if number is not None:
                if later:
                    pair = np.array([place[cell], number])
                    rows.append(Row(columns=pair, coefficients=np.array([1.0, -1.0])))
                    sums.append((0.0, np.inf))
            elif later:
                lower[place[cell]] = counts[row][column]
            else:
                upper[place[cell]] = min(upper[place[cell]], counts[row][column])
    program = Program(len(cells), rows, solver="highs")
    row_lower, row_upper = (
        (np.array(side) for side in zip(*sums, strict=True))
        if sums
        else (
            np.empty(0),
            np.empty(0),
        )
    )
    limit = Bounds(lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)
    for number, cell in enumerate(cells):
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(cells))
            cost[number] = sign
            solution = program.minimise(cost, limit)
            if solution is None:
                raise SolverFailed("a table contradicts itself")
            ends.append(float(solution.columns[number]))
        yield cell, (ends[0], ends[1])
