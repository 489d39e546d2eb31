"""Figures as a matrix, the times as columns: what StatBank Denmark and PX-Web give unasked.

Above it stand a title and a unit, ``Folketal efter område, køn, alder og tid``; the title names the
columns of labels, which have no header, and each label but the innermost is written once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.headers import PERHAPS_A_PERCENTAGE
from sortition.steps.quotas.statistics.columns import COUNT_HEADERS, TIME_HEADERS
from sortition.steps.quotas.statistics.levels import AND, HEADED_TIME, TITLE, in_their_order
from sortition.tables.content import File
from sortition.tables.grid import Grid, Row
from sortition.tables.labels import fold, listed, squeeze
from sortition.tables.notes import count_notes
from sortition.tables.reading import read_bytes, read_grid
from sortition.tables.rows import Table

TIME = "TID"
COUNT = "INDHOLD"
UNIT = re.compile(r"(?:enhed|enhet|unit) ?:(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The row of the times, its place in the grid, and how many columns of labels are before it."""

    place: int
    labels: tuple[str, ...]
    times: tuple[str, ...]
    measures: tuple[str, ...]


def read_matrix(path: File) -> Table | None:
    """A matrix with a row for each figure; None if the file is none.

    Raises
    ------
    InputErrors
        If the file cannot be read, its labels have no names, or it holds shares or several
        measures.
    """
    data = read_bytes(path)
    grid = read_grid(data, path)
    filled = np.flatnonzero(~grid.blank()).tolist()
    head = _head(grid, filled)
    if head is None:
        return None
    titles = [grid.row(place)[0] for place in filled if place < head.place]
    body = without_notes(grid, [place for place in filled if place > head.place], len(head.labels))
    rows = filled_down([grid.row(place) for place in body], len(head.labels))
    levels = list(zip(*(row[: len(head.labels)] for row in rows), strict=True))
    labels = head.labels if all(head.labels) else _named_by(titles, levels)
    row = int(grid.numbers[head.place])
    faults = _faults(head, titles, labels)
    if faults:
        raise InputErrors(
            tuple(replace(fault, file=path.name, sheet=grid.sheet, row=row) for fault in faults)
        )
    numbers = [int(grid.numbers[place]) for place in body]
    table = Table.of_rows((*labels, TIME, COUNT), list(_long(rows, head)), file=path.name)
    said: dict[str, str | int] = {"columns": listed(labels), "count": len(head.times)}
    table = replace(
        table,
        sheet=grid.sheet,
        digest=digest(data),
        delimiter=grid.delimiter,
        encoding=grid.encoding,
        row_numbers=tuple(number for number in numbers for _ in head.times),
        doubtful=_doubtful(grid, labels),
    )
    read = table.finding(code="statistics-matrix", row=row, facts=said)
    return replace(table, assumed=(*grid.assumed, read))


def _head(grid: Grid, filled: Sequence[int]) -> _Head | None:
    """The first row that is no title, if all that it says after some labels are times."""
    for place in filled:
        cells = grid.row(place)
        found = [HEADED_TIME.fullmatch(cell) for cell in cells]
        times = [one for one in found if one]
        first = next((index for index, one in enumerate(found) if one), 0)
        if first and all(found[first : first + len(times)]):
            labels = cells[:first]
            below = next((grid.row(other) for other in filled if other > place), ())
            if not labels[0] and below and not below[0]:
                return None  # other heads stand below the times
            if any(cells[first + len(times) :]) or {*map(squeeze, labels)} & {*COUNT_HEADERS}:
                return None
            return _Head(
                place=place,
                labels=labels,
                times=tuple(one[2] for one in times),
                measures=tuple(dict.fromkeys(one[1] or "" for one in times)),
            )
        if any(cells[1:]):
            return None
    return None


def _named_by(titles: Sequence[str], levels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names that a title gives the labels; nothing if there are not as many."""
    count = len(levels)
    for title in titles:
        if found := TITLE.fullmatch(title):
            names = tuple(
                name.strip() for name in AND.split(found[1]) if squeeze(name) not in TIME_HEADERS
            )
            if len(names) == count and len(set(map(fold, names))) == count:
                return in_their_order(names, levels)
    return ()


def _faults(head: _Head, titles: Sequence[str], labels: Sequence[str]) -> list[Finding]:
    faults: list[Finding] = []
    if not labels:
        facts = {"count": len(head.labels)}
        faults.append(Finding(code="statistics-matrix-unnamed", facts=facts))
    if len(head.measures) > 1:
        several = {"measures": listed(head.measures)}
        faults.append(Finding(code="statistics-matrix-measures", facts=several))
    elif len(set(head.times)) < len(head.times):
        faults.append(Finding(code="statistics-matrix-time-twice"))
    units = [found[1].strip() for title in titles if (found := UNIT.fullmatch(fold(title)))]
    for said in (*units, *head.measures):
        if PERHAPS_A_PERCENTAGE.fullmatch(squeeze(said)) or squeeze(said) == "pct":
            faults.append(Finding(code="statistics-matrix-shares", value=said))
    return faults


def without_notes(grid: Grid, body: Sequence[int], labels: int) -> list[int]:
    """The rows without those at the end that are notes: one text, or nothing but labels."""
    kept = list(body[: len(body) - count_notes(grid, body)])
    while kept and not any(grid.row(kept[-1])[labels:]):
        kept.pop()
    return kept


def filled_down(rows: Sequence[Row], labels: int) -> list[Row]:
    """Each label again on the rows that it is for; the innermost stands on every row.

    A label that is blank below another one than before is left blank: it is a fault.
    """
    filled: list[Row] = []
    last = [""] * labels
    for short in rows:
        row = (*short, *[""] * (labels - len(short)))
        now = list(row[:labels])
        for level in range(labels - 1):
            if not now[level] and now[:level] == last[:level] and row[labels - 1]:
                now[level] = last[level]
        filled.append((*now, *row[labels:]))
        last = now
    return filled


def _long(rows: Sequence[Row], head: _Head) -> list[Row]:
    labels = len(head.labels)
    return [
        (*row[:labels], time, row[labels + index] if labels + index < len(row) else "")
        for row in rows
        for index, time in enumerate(head.times)
    ]


def _doubtful(grid: Grid, labels: Sequence[str]) -> dict[tuple[int, str], str]:
    """The doubts about labels by their names, and those about any time of a row."""
    return {
        (number, labels[index] if index < len(labels) else COUNT): code
        for (number, index), code in grid.doubtful.items()
    }
