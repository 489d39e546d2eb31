"""What is said of a table's layout: what was passed over, and what was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sortition.errors import Finding
from sortition.tables.grid import Grid


def notes_noticed(below: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[Finding]:
    """What was passed over; not what stands in it, which may be personal."""
    if below:
        yield Finding(code="notes-passed-over", row=below[0][0], facts={"count": len(below)})


def merges_noticed(
    merged: Mapping[tuple[int, int], int], names: tuple[str, ...]
) -> Iterator[Finding]:
    """What was assumed of merged cells; not what stands in them, which may be personal."""
    rows = Counter((index, first) for (_, index), first in merged.items())
    for (index, first), count in sorted(rows.items()):
        if index < len(names) and names[index]:
            facts = {"rows": count + 1}
            yield Finding(code="cells-merged", row=first, column=names[index], facts=facts)


def rows_noticed(
    grid: Grid, titles: int, header_number: int, *, blank_columns: int
) -> Iterator[Finding]:
    if titles:
        yield Finding(code="title-rows-skipped", row=header_number, facts={"count": titles})
    blank_rows = sum(1 for _, cells in grid.rows if not any(cells))
    if blank_rows:
        yield Finding(code="blank-rows-dropped", facts={"count": blank_rows})
    if blank_columns:
        yield Finding(code="blank-columns-dropped", facts={"count": blank_columns})
