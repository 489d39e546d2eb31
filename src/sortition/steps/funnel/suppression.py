"""Small cells: which counts of a table must be left out so that nobody can tell them.

The table counts people by value (rows) and stage (columns); the total of each stage is told too.
Whoever reads it knows that a stage adds up to its total, and of most stages that nobody comes to
them without having been at an earlier one: they are *nested*. Others people came to from elsewhere,
as those who replace somebody do; no more than so many in all, where that is known, and else nothing
ties such a stage to the earlier one. From that she can narrow down what was left out, by linear
programs as here:

1. Leave out every count above 0 and below the smallest that may be told.
2. For every count that is left out, find the lowest and the highest number that it could be.
3. If they are closer to each other than the smallest number, the count is *exposed*: leave out one
   more of its stage, the smallest that there is, or else its neighbour in the row, or a zero if
   nothing else is left. What stands beside a count that was left out and is nearly the same goes
   too, as it would tell as much.
4. Repeat until nothing is exposed.

A stage that has fewer people than the smallest number in all is left out altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.errors import SolverFailed

Cell = tuple[int, int]
Pair = tuple[int, int]
Counts = Sequence[Sequence[int]]
DUST = 1e-6


def suppressed(
    counts: Counts, smallest: int, elsewhere: Mapping[Pair, int] | None = None
) -> frozenset[Cell]:
    """The cells that are left out, as numbers of row and column.

    Parameters
    ----------
    counts : sequence of sequence of int
        People by value and stage; each row has all stages.
    smallest : int
        The smallest count that may be told, besides 0.
    elsewhere : mapping of (int, int) to int, optional
        For two stages, how many people of the later were not at the earlier, where that is known.
    """
    table = _Table.of(counts, smallest, elsewhere or {})
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
    """The counts, the stages whose totals are not told, and which stages go on from which.

    Between two stages of `loose` no more than so many people came from elsewhere.
    """

    counts: Counts
    smallest: int
    untold: frozenset[int]
    nested: frozenset[Pair]
    loose: Mapping[Pair, int]

    @classmethod
    def of(cls, counts: Counts, smallest: int, elsewhere: Mapping[Pair, int]) -> _Table:
        columns = list(zip(*counts, strict=True))
        pairs = list(combinations(range(len(columns)), 2))
        rises = {
            (a, b): sum(max(0, y - x) for x, y in zip(columns[a], columns[b], strict=True))
            for a, b in pairs
        }
        nested = {pair for pair in pairs if not rises[pair]}
        return cls(
            counts=counts,
            smallest=smallest,
            untold=frozenset(n for n, column in enumerate(columns) if sum(column) < smallest),
            # without those that follow from two others
            nested=frozenset(
                (a, c)
                for a, c in nested
                if not any((a, b) in nested and (b, c) in nested for b in range(a + 1, c))
            ),
            # a number that is too small is not told either
            loose={
                pair: max(elsewhere[pair], smallest)
                for pair in pairs
                if pair in elsewhere and 0 < rises[pair] <= elsewhere[pair]
            },
        )

    def beside(self, cell: Cell) -> Iterator[Cell]:
        """The stages before and after, if a person at the later one was at the earlier."""
        yield from self._others(cell, self.nested)

    def tied(self, cell: Cell) -> Iterator[Cell]:
        """Those and the stages to which not many came from elsewhere."""
        yield from self._others(cell, (*sorted(self.nested), *self.loose))

    def _others(self, cell: Cell, pairs: Iterable[Pair]) -> Iterator[Cell]:
        row, column = cell
        for earlier, later in sorted(pairs, reverse=True):
            if column in (earlier, later):
                yield row, earlier + later - column


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
    """One more cell to leave out, a zero only if no other is left; None if all are out."""
    counts, column = table.counts, exposed[1]
    told = [
        (cells[column], other)
        for other, cells in enumerate(counts)
        if cells[column] and (other, column) not in out
    ]
    if told:
        return min(told)[1], column
    beside = [cell for cell in table.tied(exposed) if cell not in out]
    around = (c for cell in sorted(out) for c in table.tied(cell) if c not in out)
    near = [*beside, *around]
    zeros = [(row, column) for row in range(len(counts)) if (row, column) not in out]
    last = next(iter((*zeros, *near)), None)
    return next((c for c in near if counts[c[0]][c[1]]), last)


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
    more = _from_elsewhere(table, place, rows, sums)
    lower, upper = np.append(lower, np.zeros(more)), np.append(upper, np.full(more, np.inf))
    program = Program(len(lower), rows, solver="highs")
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
            cost = np.zeros(len(lower))
            cost[number] = sign
            solution = program.minimise(cost, limit)
            if solution is None:
                raise SolverFailed("a table contradicts itself")
            ends.append(float(solution.columns[number]))
        yield cell, (ends[0], ends[1])


def _from_elsewhere(
    table: _Table, place: Mapping[Cell, int], rows: list[Row], sums: list[tuple[float, float]]
) -> int:
    """Bind those who came from elsewhere, each group's a column of its own; how many columns."""
    counts, more = table.counts, 0
    for (earlier, later), most in table.loose.items():
        left, mine = float(most), []
        for row, cells in enumerate(counts):
            ends = ((row, earlier), 1.0), ((row, later), -1.0)
            known = sum(sign * cells[cell[1]] for cell, sign in ends if cell not in place)
            unknown = [(place[cell], sign) for cell, sign in ends if cell in place]
            if not unknown:
                left -= max(0.0, -known)
                continue
            number = len(place) + more
            more += 1
            mine.append(number)
            columns, signs = zip((number, 1.0), *unknown, strict=True)
            rows.append(Row(columns=np.array(columns), coefficients=np.array(signs)))
            sums.append((-known, np.inf))
        if mine:
            rows.append(Row(columns=np.array(mine), coefficients=np.ones(len(mine))))
            sums.append((0.0, left))
    return more
