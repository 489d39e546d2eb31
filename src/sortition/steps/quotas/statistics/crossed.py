"""Figures under several rows of heads, as PX-Web writes its workbooks.

A title names all variables, those before each row first: ``… efter region, kön, tabellinnehåll och
år``. Each label but the innermost is written once, down the page and across it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.cube import Dimension, cube_table, role_of
from sortition.steps.quotas.statistics.matrix import (
    HEADED_TIME,
    filled_down,
    named_by,
    without_notes,
)
from sortition.tables.content import File
from sortition.tables.grid import Grid, Row
from sortition.tables.reading import read_bytes, read_grid
from sortition.tables.rows import Table


def read_crossed(path: File) -> Table | None:
    """Such a table with a row for each figure; None if the file is none.

    Raises
    ------
    InputErrors
        If no title names its variables, or `cube_table` finds a fault.
    """
    data = read_bytes(path)
    grid = read_grid(data, path)
    filled = np.flatnonzero(~grid.blank()).tolist()
    rows = {place: grid.row(place) for place in filled}
    heads = _heads(rows)
    if len(heads) < 2:
        return None
    before = min(_blank_before(rows[place]) for place in heads)
    across = _filled_across([rows[place][before:] for place in heads])
    timed = [all(map(HEADED_TIME.fullmatch, level)) for level in zip(*across, strict=True)]
    if not before or not any(timed):
        return None
    titles = [rows[place][0] for place in filled if place < heads[0]]
    names = named_by(titles, before + len(heads))
    if not names:
        row = int(grid.numbers[heads[-1]])
        facts = {"count": before + len(heads)}
        code = "statistics-matrix-unnamed"
        fault = Finding(code=code, file=path.name, sheet=grid.sheet, row=row, facts=facts)
        raise InputErrors((fault,))
    body = without_notes(grid, [place for place in filled if place > heads[-1]], before)
    rows_, doubtful = _long(grid, body, across, before)
    dimensions = []
    for level, name in enumerate(names):
        time = level >= before and timed[level - before]
        labels = tuple(dict.fromkeys(row[level] for row in rows_))
        dimensions.append(
            Dimension(name=name, labels=labels, role="time" if time else role_of(name))
        )
    table = cube_table(path.name, digest(data), dimensions, rows_)
    return replace(
        table,
        sheet=grid.sheet,
        doubtful={
            (number, names[column] if column < before else table.header[-1]): code
            for (number, column), code in doubtful.items()
        },
        assumed=(*grid.assumed, *table.assumed),
    )


def _heads(rows: dict[int, Row]) -> list[int]:
    """The rows of heads: blank at first, below the titles and above a row that is not."""
    heads: list[int] = []
    for place, cells in rows.items():
        if not cells[0] and any(cells[1:]):
            heads.append(place)
        elif heads or any(cells[1:]):
            break
    return heads


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
    grid: Grid, body: Sequence[int], across: Sequence[Row], before: int
) -> tuple[list[Row], dict[tuple[int, int], str]]:
    """The labels of each figure with it, and the doubts about them, figures numbered from 1."""
    rows: list[Row] = []
    doubtful: dict[tuple[int, int], str] = {}
    for place, cells in zip(body, filled_down([grid.row(p) for p in body], before), strict=True):
        for column, labels in enumerate(across, start=before):
            rows.append((*cells[:before], *labels, cells[column] if column < len(cells) else ""))
            for where in (*range(before), column):
                code = grid.doubtful.get((int(grid.numbers[place]), where))
                if code is not None:
                    doubtful[len(rows), where] = code
    return rows, doubtful
