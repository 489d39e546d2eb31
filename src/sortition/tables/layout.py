"""Where the table stands in a grid: which row is the header, what is passed over or filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import Ints, Texts, taken, texts
from sortition.tables.grid import MOST_CELLS, MOST_COLUMNS, Grid, Headed, could_head
from sortition.tables.merges import fill_merged, merges_below
from sortition.tables.notes import count_notes
from sortition.tables.unreadable import TOO_LONG, garbled, header_faults

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A header, the columns under it, and what was noticed; see `sortition.tables.rows.Table`.

    Attributes
    ----------
    columns : mapping of str to chunked array of str
    numbers : array of int
    doubtful : mapping of (int, str) to str
    merged : mapping of (int, str) to int
    noticed : tuple of Finding
    faults : tuple of Finding
        Those of rows that are left out.
    """

    columns: Mapping[str, Texts] = field(repr=False)
    numbers: Ints
    doubtful: Mapping[tuple[int, str], str]
    merged: Mapping[tuple[int, str], int]
    noticed: tuple[Finding, ...]
    faults: tuple[Finding, ...]


def lay_out(grid: Grid, file: str, headed: Headed | None = None) -> Layout:
    """Find the table in a grid.

    Parameters
    ----------
    headed : callable, optional
        Whether a row has the names that are needed; the first that has them is the header.

    Raises
    ------
    InputErrors
        If there is none, its header does not name its columns, or its letters are garbled.
    """
    blank = grid.blank()
    filled = np.flatnonzero(~blank)
    if not len(filled):
        raise InputErrors((Finding(code="file-empty", file=file, sheet=grid.sheet),))
    titles = grid.headed_at(headed) if headed else None
    if titles is None:
        titles = _count_titles(grid, filled)
    header, body = filled[titles], filled[titles + 1 :]
    names = grid.row(header)
    if len(names) > MOST_COLUMNS:
        facts = {"count": len(names), "most": MOST_COLUMNS}
        raise InputErrors(
            (Finding(code="table-too-wide", file=file, sheet=grid.sheet, facts=facts),)
        )
    if len(body) * len(names) > MOST_CELLS:
        raise InputErrors((Finding(code="table-too-large", file=file, sheet=grid.sheet),))
    header_number = int(grid.numbers[header])
    notes = count_notes(grid, body.tolist())
    below, body = body[len(body) - notes :], body[: len(body) - notes]
    found = [*header_faults(names, grid, body), *garbled(grid, names)]
    if not len(body):
        found.append(Finding(code="header-only", row=header_number))
    faults = tuple(replace(fault, file=file, sheet=grid.sheet) for fault in found)
    too_long = [fault.row for fault in faults if fault.code == TOO_LONG and fault.row]
    body = body[~np.isin(grid.numbers[body], too_long)]
    if not len(body) or any(fault.code != TOO_LONG for fault in faults):
        raise InputErrors(faults)
    columns, merged = _filled(grid, body, header_number)
    columns += [texts([""] * len(body))] * (len(names) - len(columns))
    numbers = grid.numbers[body]
    noticed = [
        *_rows_noticed(titles, header_number, blank_rows=int(blank.sum()), names=names),
        *_notes_noticed(grid, below),
        *_merges_noticed(merged, names),
    ]
    return Layout(
        columns={name: column for name, column in zip(names, columns, strict=False) if name},
        numbers=numbers,
        doubtful=_named(_doubtful(grid, numbers, merged), names),
        merged=_named(merged, names),
        noticed=tuple(replace(finding, file=file, sheet=grid.sheet) for finding in noticed),
        faults=faults,
    )


def _filled(
    grid: Grid, body: Ints, header_number: int
) -> tuple[list[Texts], dict[tuple[int, int], int]]:
    """The columns under the header, with the content of merged cells in each of their rows."""
    whole = len(body) and len(body) == body[-1] - body[0] + 1
    columns = [
        column.slice(body[0], len(body)) if whole else taken(column, body)
        for column in grid.columns
    ]
    merges = list(merges_below(grid, header_number))
    return fill_merged(columns, grid.numbers[body], merges)


def _doubtful(
    grid: Grid, numbers: Ints, merged: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], str]:
    """The doubts about cells of the table; a merged cell has those of the first."""
    if not grid.doubtful:
        return {}
    kept = set(numbers.tolist())
    sources = {
        place: (merged.get(place, place[0]), place[1]) for place in (*grid.doubtful, *merged)
    }
    return {
        place: grid.doubtful[source]
        for place, source in sources.items()
        if place[0] in kept and source in grid.doubtful
    }


def _named(found: Mapping[tuple[int, int], T], names: Sequence[str]) -> dict[tuple[int, str], T]:
    return {
        (number, names[index]): one
        for (number, index), one in found.items()
        if index < len(names) and names[index]
    }


def _count_titles(grid: Grid, filled: Ints) -> int:
    """How many rows stand above the header: single cells over a row of several names."""
    for count, index in enumerate(filled.tolist()):
        cells = grid.row(index)
        if sum(map(bool, cells)) > 1:
            return count if could_head(cells) else 0
    return 0


def _notes_noticed(grid: Grid, below: Ints) -> Iterator[Finding]:
    """What was passed over; not what stands in it, which may be personal."""
    if len(below):
        row = int(grid.numbers[below[0]])
        yield Finding(code="notes-passed-over", row=row, facts={"count": len(below)})


def _merges_noticed(
    merged: Mapping[tuple[int, int], int], names: tuple[str, ...]
) -> Iterator[Finding]:
    """What was assumed of merged cells; not what stands in them, which may be personal."""
    rows = Counter((index, first) for (_, index), first in merged.items())
    for (index, first), count in sorted(rows.items()):
        if index < len(names) and names[index]:
            facts = {"rows": count + 1}
            yield Finding(code="cells-merged", row=first, column=names[index], facts=facts)


def _rows_noticed(
    titles: int, header_number: int, *, blank_rows: int, names: tuple[str, ...]
) -> Iterator[Finding]:
    if titles:
        yield Finding(code="title-rows-skipped", row=header_number, facts={"count": titles})
    if blank_rows:
        yield Finding(code="blank-rows-dropped", facts={"count": blank_rows})
    blank_columns = sum(not name for name in names)
    if blank_columns:
        yield Finding(code="blank-columns-dropped", facts={"count": blank_columns})
