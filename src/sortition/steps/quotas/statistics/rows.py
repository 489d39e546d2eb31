"""The rows of a table of statistics that are about one place and time, as crossed counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.columns import StatisticsColumns
from sortition.steps.quotas.statistics.figures import read_figures
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, listed, nfc
from sortition.tables.notes import is_total
from sortition.tables.rows import Table

Row = tuple[int, Mapping[str, str]]

PERIOD = re.compile(r"(\d{4})(?:([A-Za-zÅå])(\d{1,2}))?")
CODE = re.compile(r"^\d{2,3} ")  # Statistics Denmark's, before the name of a municipality
AREAS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many people have these values, one for each feature of the `Cross`."""

    row: int
    values: tuple[str, ...]
    people: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross:
    """How many people have which values of one feature, or of several together."""

    features: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a table says of one place and time.

    Attributes
    ----------
    crosses : tuple of Cross
    area, time : str
        Empty if the table names none.
    assumed : tuple of Finding
    """

    crosses: tuple[Cross, ...]
    area: str
    time: str
    assumed: tuple[Finding, ...]


def choose_rows(
    table: Table, columns: StatisticsColumns, *, area: str | None, by_area: bool
) -> Chosen:
    """Keep the rows of one area and of the latest time, and read their figures.

    Parameters
    ----------
    area : str or None
        None: the one area that there is.
    by_area : bool
        Whether the areas are a feature; all of them are then kept.

    Raises
    ------
    InputErrors
        With every fault of these rows; if there are several areas and none was chosen.
    """
    rows, assumed = _without_comments(table)
    named_area = ""
    if columns.area and by_area:
        _check_apart(table, columns.area, rows)
    elif columns.area:
        named_area = _one_area(table, columns.area, rows, area)
        rows = [row for row in rows if row[1][columns.area] == named_area]
    time = ""
    if columns.time:
        time, later = _latest(table, columns.time, rows)
        rows = [row for row in rows if row[1][columns.time] == time]
        assumed += later
    if columns.labels:
        rows, totals = _without_bare_totals(table, columns.labels, rows)
        assumed += totals
    area_feature = (columns.area,) if columns.area and by_area else ()
    labels = (*area_feature, *(columns.labels or columns.features))
    faults = [*table.doubts({columns.count, *labels}), *_blank(table, labels, rows)]
    counts = [(number, cells[columns.count]) for number, cells in rows]
    read = attempt(faults, partial(read_figures, table, columns.count, counts))
    if faults or read is None:
        raise InputErrors(tuple(faults))
    people, thousands = read
    return Chosen(
        crosses=tuple(_crosses(columns, labels, rows, people)),
        area=named_area,
        time=time,
        assumed=(*assumed, *thousands),
    )


def _without_comments(table: Table) -> tuple[list[Row], list[Finding]]:
    rows: list[Row] = []
    comments = []
    for number, texts in zip(table.row_numbers, table.rows, strict=True):
        if texts[0].startswith("#") and not any(texts[1:]):
            comments.append(table.finding(code="comment-passed-over", row=number, value=texts[0]))
        else:
            cells = (nfc(text) for text in texts)
            rows.append((number, dict(zip(table.header, cells, strict=True))))
    return rows, comments


def _without_bare_totals(
    table: Table, labels: tuple[str, str], rows: Iterable[Row]
) -> tuple[list[Row], list[Finding]]:
    """The rows that name a feature and a value; a total of everything names one word."""
    kept: list[Row] = []
    totals = []
    for number, cells in rows:
        said = [cells[label] for label in labels if cells[label]]
        if len(said) == 1 and is_total(said[0]):
            code = "statistics-row-of-total"
            totals.append(table.finding(code=code, row=number, value=said[0]))
        else:
            kept.append((number, cells))
    return kept, totals


def _check_apart(table: Table, column: str, rows: Iterable[Row]) -> None:
    """Regions hold municipalities, so both of them would count people twice."""
    areas = _distinct(rows, column)
    regions = [area for area in areas if fold(area).startswith(("region ", "landsdel "))]
    others = [area for area in areas if area not in regions and fold(area) != "hele landet"]
    if regions and others:
        facts = {"first": regions[0], "second": others[0]}
        raise InputErrors(
            (table.finding(code="statistics-areas-overlap", column=column, facts=facts),)
        )


def _one_area(table: Table, column: str, rows: Iterable[Row], wanted: str | None) -> str:
    areas = _distinct(rows, column)
    if wanted is None:
        found, code = areas, "statistics-areas-several"
    else:
        found = [area for area in areas if fold(wanted) in {fold(area), CODE.sub("", fold(area))}]
        code = "statistics-area-unknown"
    if len(found) == 1:
        return found[0]
    more = len(areas) - AREAS_SHOWN
    facts: dict[str, str | int] = {"areas": listed(areas[:AREAS_SHOWN]), "more": max(more, 0) or ""}
    raise InputErrors((table.finding(code=code, column=column, value=wanted or "", facts=facts),))


def _latest(table: Table, column: str, rows: Iterable[Row]) -> tuple[str, list[Finding]]:
    times = _distinct(rows, column)
    if len(times) == 1:
        return times[0], []
    read = {time: PERIOD.fullmatch(time) for time in times}
    periods = {time: found for time, found in read.items() if found}
    kinds = {found[2] for found in periods.values()}
    if len(periods) < len(times) or len(kinds) > 1:
        facts = {"times": listed(times)}
        raise InputErrors(
            (table.finding(code="statistics-times-unclear", column=column, facts=facts),)
        )
    latest = max(times, key=lambda time: (periods[time][1], int(periods[time][3] or 0)))
    seen: dict[str, str | int] = {"count": len(times)}
    return latest, [
        table.finding(code="statistics-latest", column=column, value=latest, facts=seen)
    ]


def _blank(table: Table, columns: Iterable[str], rows: Iterable[Row]) -> Iterator[Finding]:
    for number, cells in rows:
        for column in columns:
            if not cells[column]:
                yield table.finding(code="statistics-label-blank", row=number, column=column)


def _crosses(
    columns: StatisticsColumns,
    labels: tuple[str, ...],
    rows: Iterable[Row],
    people: Mapping[int, Fraction],
) -> Iterator[Cross]:
    """One of all features together or, in a table that names them in its rows, one of each."""
    spelled: dict[tuple[str, str], str] = {}
    cells: dict[str, list[Cell]] = {}
    features: dict[str, tuple[str, ...]] = {}
    for number, texts in rows:
        if columns.labels:
            name = texts[columns.labels[0]]
            key, held = fold(name), {name: texts[columns.labels[1]]}
        else:
            key, held = "", {name: texts[name] for name in labels}
        features.setdefault(key, tuple(held))
        values = tuple(
            spelled.setdefault((fold(name), fold(value)), value) for name, value in held.items()
        )
        cells.setdefault(key, []).append(Cell(row=number, values=values, people=people[number]))
    for key, names in features.items():
        yield Cross(features=names, cells=tuple(cells[key]))


def _distinct(rows: Iterable[Row], column: str) -> list[str]:
    return list(dict.fromkeys(cells[column] for _, cells in rows))
