"""Where the table stands in a grid: which row is the header, what is passed over or filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import Ints, Texts, taken, texts
from sortition.tables.grid import MOST_CELLS, MOST_COLUMNS, NUMBER, Grid, Headed, Row, could_head
from sortition.tables.labels import squeeze
from sortition.tables.merges import fill_merged, merges_below
from sortition.tables.notes import count_notes
from sortition.tables.unreadable import TOO_LONG, garbled, header_faults

T = TypeVar("T")
# what the second row of a header says of a question with one answer
ANSWER = {"response", "open-ended response", "svar", "besvarelse", "åbent svar", "fritekstsvar"}


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


def lay_out(
    grid: Grid, file: str, headed: Headed | None = None, alike: dict[str, str] | None = None
) -> Layout:
    """Find the table in a grid.

    Parameters
    ----------
    headed : callable, optional
        Whether a row has the names that are needed; the first that has them is the header.
    alike : dict, optional
        Names that occur again get a number and join these, each with the first.

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
    names, parts = grid.row(header), 0
    if two := _of_two_rows(names, grid, body):
        names, body, parts = two, body[1:], 1
    if alike is not None:
        names = _numbered(names, alike)
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
        *([Finding(code="header-of-two-rows", row=header_number)] if parts else []),
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


def _of_two_rows(names: Row, grid: Grid, body: Ints) -> Row | None:
    """The names of a header whose second row parts questions into answers; None for any other.

    SurveyMonkey writes a question over the first of its columns, and below it what each is for.
    """
    if not len(body):
        return None
    below = grid.row(int(body[0]))
    width = max(len(names), len(below))
    above, under = (row + ("",) * (width - len(row)) for row in (names, below))
    gaps = {place for place, name in enumerate(above) if not name}
    whole = [place for place in range(width) if not gaps & {place, place + 1}]
    if (
        not gaps
        or 0 in gaps
        or not all(under[place] for place in gaps)
        or not any(squeeze(part) in ANSWER for part in under)
        or any(map(NUMBER.fullmatch, under))
        or any(under[place] and squeeze(under[place]) not in ANSWER for place in whole)
    ):
        return None
    made, question = [], ""
    for name, part in zip(above, under, strict=True):
        question = name or question
        plain = not part or squeeze(part) in ANSWER
        made.append(question if plain else f"{question} [{part}]")
    return tuple(made)


def _numbered(names: Row, alike: dict[str, str]) -> Row:
    """The names with a number after each that occurred before."""
    made: list[str] = []
    for name in names:
        again, number = name, 1
        while again and again in made:
            number += 1
            again = f"{name} ({number})"
        if again != name:
            alike[again] = name
        made.append(again)
    return tuple(made)


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
