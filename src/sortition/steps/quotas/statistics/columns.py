"""Which columns of a table of statistics hold the people, the area, the time and the features."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import label_columns
from sortition.instance.quotas.headers import PERCENTAGE_HEADERS, PERHAPS_A_PERCENTAGE
from sortition.tables.labels import listed, squeeze
from sortition.tables.rows import Table

COUNT_HEADERS = (
    *("indhold", "contents", "population", "antal", "folketal", "personer", "befolkning"),
    *("people", "persons", "count", "number"),
    *("antal personer", "antal indbyggere", "antal borgere", "indbyggere", "indbyggertal"),
    *("number of people", "number of persons", "inhabitants"),
)
AREA_HEADERS = ("område", "bopomr", "kommune", "region", "area", "municipality")
SHARE = re.compile(r"(?:andel|share|pct)\b")
PERCENT_CELL = re.compile(r"[0-9]+(?:[.,][0-9]+)? ?%")
TIME_HEADERS = ("tid", "time", "år", "year", "periode", "period", "kvartal", "quarter")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsColumns:
    """The names of the columns as the file spells them.

    Attributes
    ----------
    count : str
        How many people.
    area, time : str or None
    features : tuple of str
        Each holds the values of the feature that it is named for.
    labels : tuple of (str, str) or None
        The column that names a feature and the one with its values, in a table that has a row
        for each value; it then has no `features`.
    unused : tuple of str
    """

    count: str
    area: str | None
    time: str | None
    features: tuple[str, ...]
    labels: tuple[str, str] | None
    unused: tuple[str, ...]


def find_statistics_columns(table: Table) -> StatisticsColumns:
    """Tell the columns by their headers.

    Raises
    ------
    InputErrors
        If no column is known to hold people, or several could, or none is left for a feature.
    """
    counts = _known(table, COUNT_HEADERS)
    areas, times = _known(table, AREA_HEADERS), _known(table, TIME_HEADERS)
    labels = label_columns([name for name in table.header if name not in counts])
    faults = [
        *_not_one(table, counts, "statistics-count-unknown"),
        *(_not_one(table, areas) if areas else ()),
        *(_not_one(table, times) if times else ()),
        *(_not_one(table, labels) if labels[2:] else ()),
    ]
    others = [name for name in table.header if name not in {*counts, *areas, *times}]
    percentages = [
        name for name in others if _is_percentage(name) or _holds_percentages(table, name)
    ]
    features = () if labels else tuple(name for name in others if name not in percentages)
    if not labels and not features:
        faults.append(table.finding(code="statistics-no-features"))
    if faults:
        raise InputErrors(tuple(faults))
    used = {*features, *labels}
    return StatisticsColumns(
        count=counts[0],
        area=areas[0] if areas else None,
        time=times[0] if times else None,
        features=features,
        labels=(labels[0], labels[1]) if labels else None,
        unused=tuple(name for name in others if name not in used),
    )


def _known(table: Table, accepted: Container[str]) -> list[str]:
    return [name for name in table.header if squeeze(name) in accepted]


def _not_one(table: Table, found: list[str], none: str = "") -> list[Finding]:
    if len(found) == 1:
        return []
    facts = {"columns": listed(found or table.header), "accepted": ", ".join(COUNT_HEADERS)}
    return [table.finding(code="statistics-columns-ambiguous" if found else none, facts=facts)]


def _is_percentage(name: str) -> bool:
    squeezed = squeeze(name)
    return (squeezed,) in PERCENTAGE_HEADERS or bool(
        PERHAPS_A_PERCENTAGE.fullmatch(squeezed) or SHARE.match(squeezed)
    )


def _holds_percentages(table: Table, name: str) -> bool:
    """Whether every cell is a figure with a sign for per cent, whatever the header says."""
    cells = [cell for cell in table.column(name) if cell]
    return bool(cells) and all(map(PERCENT_CELL.fullmatch, cells))
