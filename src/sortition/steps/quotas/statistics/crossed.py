"""Figures under heads of labels, as PX-Web writes its workbooks, or as somebody turned a table.

Before each row and above each column stand labels; a title names all variables, or the columns of
labels have headers. Each label but the innermost is written once, down the page and across it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.columns import (
    AREA_HEADERS,
    COUNT_HEADERS,
    TIME_HEADERS,
)
from sortition.steps.quotas.statistics.cube import Dimension, cube_table, role_of
from sortition.steps.quotas.statistics.levels import kind_named, kind_of, named_by
from sortition.steps.quotas.statistics.matrix import filled_down, without_notes
from sortition.tables.content import File
from sortition.tables.grid import Grid, Row
from sortition.tables.labels import listed, squeeze
from sortition.tables.reading import read_bytes, read_grid
from sortition.tables.rows import Table

FIGURE = re.compile(r"[-−–]?[\d.,\s\u00a0\u202f]*\d|[-–.:]{1,3}")  # or a sign where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crossed:
    """Where the labels are.

    Attributes
    ----------
    heads : tuple of int
        The places of the rows of labels.
    before : int
        How many columns of labels there are.
    across : sequence of tuple of str
        The labels over each column of figures, outermost first.
    headers : tuple of str
        Of the columns of labels; blank where a title has to name them.
    """

    heads: tuple[int, ...]
    before: int
    across: Sequence[Row]
    headers: tuple[str, ...]


def read_crossed(path: File) -> Table | None:
    """Such a table with a row for each figure; None if the file is none.

    Raises
    ------
    InputErrors
        If nothing names its variables, or `cube_table` finds a fault.
    """
    data = read_bytes(path)
    grid = read_grid(data, path)
    filled = np.flatnonzero(~grid.blank()).tolist()
    rows = {place: grid.row(place) for place in filled}
    found = _below_heads(rows) or _below_headers(rows)
    if found is None:
        return None
    body = [place for place in filled if place > found.heads[-1]]
    body = without_notes(grid, body, found.before)
    if not all(
        not cell or FIGURE.fullmatch(cell) for place in body for cell in rows[place][found.before :]
    ):
        return None
    whole, doubtful = _long(grid, body, found)
    levels = [tuple(dict.fromkeys(cells)) for cells in zip(*whole, strict=True)][:-1]
    titles = [rows[place][0] for place in filled if place < found.heads[0]]
    names = _names(found, titles, levels)
    if not names and len(found.across) == 1:
        return None  # a header that lacks a name
    if not names:
        raise InputErrors((_unnamed(found, grid, path, levels),))
    dimensions = [
        Dimension(
            name=name, labels=labels, role="time" if kind_of(labels) == "time" else role_of(name)
        )
        for name, labels in zip(names, levels, strict=True)
    ]
    table = cube_table(path.name, digest(data), dimensions, whole)
    return replace(
        table,
        sheet=grid.sheet,
        doubtful={
            (number, names[column] if column < found.before else table.header[-1]): code
            for (number, column), code in doubtful.items()
        },
        assumed=(*grid.assumed, *table.assumed),
    )


def _below_heads(rows: dict[int, Row]) -> _Crossed | None:
    """Rows of labels that are blank at first, below the titles."""
    heads: list[int] = []
    for place, cells in rows.items():
        if not cells[0] and any(cells[1:]):
            heads.append(place)
        elif heads or any(cells[1:]):
            break
    before = min((_blank_before(rows[place]) for place in heads), default=0)
    if not before or any(squeeze(cell) in COUNT_HEADERS for cell in rows[heads[-1]]):
        return None
    across = _filled_across([rows[place][before:] for place in heads])
    return _Crossed(heads=tuple(heads), before=before, across=across, headers=("",) * before)


def _below_headers(rows: dict[int, Row]) -> _Crossed | None:
    """A row with headers of labels, and after them the labels of one more variable."""
    head = next((place for place, cells in rows.items() if any(cells[1:])), None)
    if head is None:
        return None
    header = rows[head]
    below = [cells for place, cells in rows.items() if place > head]
    before = next(
        (
            place
            for place, name in enumerate(header)
            if not _names_labels(name) and _all_figures(below, place)
        ),
        0,
    )
    across = [(label,) for label in header[before:]]
    counted = any(squeeze(cell) in COUNT_HEADERS for cell in header)
    if not before or len(across) < 2 or not all(header) or counted:
        return None
    return _Crossed(heads=(head,), before=before, across=across, headers=header[:before])


def _names_labels(header: str) -> bool:
    return bool(kind_named(header)) or squeeze(header) in {*AREA_HEADERS, *TIME_HEADERS}


def _all_figures(rows: Sequence[Row], place: int) -> bool:
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return bool(cells) and all(map(FIGURE.fullmatch, cells))


def _names(
    found: _Crossed, titles: Sequence[str], levels: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    if not any(found.headers):
        return named_by(titles, levels)
    own = named_by(titles, levels[found.before :])
    return (*found.headers, *own) if own and not {*own} & {*found.headers} else ()


def _unnamed(found: _Crossed, grid: Grid, path: File, levels: Sequence[Sequence[str]]) -> Finding:
    if any(found.headers):
        code = "statistics-values-as-columns"
        headers = ";".join((*found.headers, "…", "antal"))
        facts: dict[str, str | int] = {"columns": listed(levels[-1]), "headers": headers}
    else:
        code, facts = "statistics-crossed-unnamed", {"count": len(levels)}
    row = int(grid.numbers[found.heads[-1]])
    return Finding(code=code, file=path.name, sheet=grid.sheet, row=row, facts=facts)


def _blank_before(cells: Row) -> int:
    return next((place for place, cell in enumerate(cells) if cell), len(cells))


def _filled_across(heads: Sequence[Row]) -> list[Row]:
    """The labels over each column of figures, outermost first."""
    width = max(place + 1 for cells in heads for place, cell in enumerate(cells) if cell)
    columns: list[Row] = []
    last = [""] * len(heads)
    for place in range(width):
        own = [cells[place] if place < len(cells) else "" for cells in heads]
        for level in range(len(heads) - 1):
            own[level] = own[level] or last[level]
        columns.append(tuple(own))
        last = own
    return columns


def _long(
    grid: Grid, body: Sequence[int], found: _Crossed
) -> tuple[list[Row], dict[tuple[int, int], str]]:
    """The labels of each figure with it, and the doubts about them, figures numbered from 1."""
    rows: list[Row] = []
    doubtful: dict[tuple[int, int], str] = {}
    before = found.before
    for place, cells in zip(body, filled_down([grid.row(p) for p in body], before), strict=True):
        for column, labels in enumerate(found.across, start=before):
            rows.append((*cells[:before], *labels, cells[column] if column < len(cells) else ""))
            for where in (*range(before), column):
                code = grid.doubtful.get((int(grid.numbers[place]), where))
                if code is not None:
                    doubtful[len(rows), where] = code
    return rows, doubtful
