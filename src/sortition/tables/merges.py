"""Merged cells: what stands in one of them belongs to every row that it spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sortition.tables.grid import Grid, Merge

NumberedRow = tuple[int, tuple[str, ...]]


def merges_below(grid: Grid, header_number: int) -> Iterator[Merge]:
    """The merges that lie under the header; of two that overlap, which no program makes, one."""
    before: Merge | None = None
    for merge in sorted(grid.merges):
        apart = before is None or merge.column != before.column or merge.first > before.last
        if merge.first > header_number and apart:
            before = merge
            yield merge


def fill_merged(
    body: Sequence[NumberedRow], merges: Sequence[Merge]
) -> tuple[list[NumberedRow], dict[tuple[int, int], int]]:
    """Give each row the content of the merged cells that span it.

    Parameters
    ----------
    body : sequence of (int, tuple of str)
        The rows under the header that are not blank; no others are filled.
    merges : sequence of Merge
        No two of them overlap.

    Returns
    -------
    body : list of (int, tuple of str)
    filled : dict of (int, int) to int
        The first row of the merge, by row number and column index, for each cell that was filled.
    """
    if not merges:
        return list(body), {}
    numbers = [number for number, _ in body]
    rows = [list(cells) for _, cells in body]
    filled: dict[tuple[int, int], int] = {}
    for merge in merges:
        start, stop = bisect_left(numbers, merge.first), bisect_right(numbers, merge.last)
        if start == stop or numbers[start] != merge.first:
            continue
        content = "".join(rows[start][merge.column : merge.column + 1])
        for index in range(start + 1, stop) if content else ():
            rows[index] += [""] * (merge.column + 1 - len(rows[index]))
            rows[index][merge.column] = content
            filled[numbers[index], merge.column] = merge.first
    return list(zip(numbers, map(tuple, rows), strict=True)), filled
