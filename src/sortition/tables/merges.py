"""Merged cells: what stands in one of them belongs to every row that it spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from sortition.tables.arrow import Ints, Texts, texts
from sortition.tables.grid import Grid, Merge


def merges_below(grid: Grid, header_number: int) -> Iterator[Merge]:
    """The merges that lie under the header; of two that overlap, which no program makes, one."""
    before: Merge | None = None
    for merge in sorted(grid.merges):
        apart = before is None or merge.column != before.column or merge.first > before.last
        if merge.first > header_number and apart:
            before = merge
            yield merge


def fill_merged(
    columns: Sequence[Texts], numbers: Ints, merges: Sequence[Merge]
) -> tuple[list[Texts], dict[tuple[int, int], int]]:
    """Give each row the content of the merged cells that span it.

    Parameters
    ----------
    columns : sequence of chunked array of str
    numbers : array of int
        Those of the rows under the header that are not blank; no others are filled.
    merges : sequence of Merge
        No two of them overlap.

    Returns
    -------
    columns : list of chunked array of str
    filled : dict of (int, int) to int
        The first row of the merge, by row number and column index, for each cell that was filled.
    """
    filled: dict[tuple[int, int], int] = {}
    of_column: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        of_column[merge.column].append(merge)
    done = list(columns)
    for index in sorted(of_column.keys() & set(range(len(columns)))):
        cells = columns[index].to_pylist()
        for merge in of_column[index]:
            start, stop = np.searchsorted(numbers, (merge.first, merge.last + 1))
            if start == stop or numbers[start] != merge.first or not cells[start]:
                continue
            for place in range(start + 1, stop):
                cells[place] = cells[start]
                filled[int(numbers[place]), index] = merge.first
        done[index] = texts(cells)
    return done, filled
