"""Figures by several dimensions, as the files of statistical offices hold them, as a table.

A dimension of measures is left out if there is one measure; the time is called as tables call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.headers import PERHAPS_A_PERCENTAGE
from sortition.steps.quotas.statistics.columns import AREA_HEADERS, TIME_HEADERS
from sortition.tables.grid import Row
from sortition.tables.labels import listed, nfc, squeeze
from sortition.tables.rows import Table

TIME, COUNT, AREA = "TID", "INDHOLD", "region"
MISSING = ".."  # a figure that is not there
Role = Literal["", "time", "area", "measure"]
MEASURES = {
    *(
        "contents",
        "content",
        "tabellinnehåll",
        "innehåll",
        "statistikvariabel",
        "statistikkvariabel",
        "statistikkvariabler",
        "statistikvariabler",
    ),
    *("contentscode", "observations", "indicator", "measure", "unit", "unit of measure", "indhold"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What one label of each figure is about.

    Attributes
    ----------
    name : str
    labels : tuple of str
        All that there are.
    role : {"", "time", "area", "measure"}
    units : tuple of str
        Of the measures.
    """

    name: str
    labels: tuple[str, ...]
    role: Role
    units: tuple[str, ...] = ()


def role_of(name: str) -> Role:
    """What a dimension is about, by its name."""
    squeezed = squeeze(name)
    if squeezed in TIME_HEADERS:
        return "time"
    return "measure" if squeezed in MEASURES else ""


def cube_table(
    file: str,
    digest: str,
    dimensions: Sequence[Dimension],
    rows: Iterable[Row],
    *,
    units: Sequence[str] = (),
) -> Table:
    """The figures as a table, a row a figure, numbered from 1.

    Parameters
    ----------
    rows : iterable of tuple of str
        The label of each dimension, and the figure.
    units : sequence of str
        Of all figures.

    Raises
    ------
    InputErrors
        If there are several measures, or they are shares.
    """
    measures = [label for one in dimensions if one.role == "measure" for label in one.labels]
    said = [*units, *measures, *(unit for one in dimensions for unit in one.units)]
    faults = [
        Finding(code="statistics-matrix-shares", file=file, value=unit)
        for unit in dict.fromkeys(said)
        if is_share(unit)
    ]
    several = [one for one in dimensions if one.role == "measure" and len(one.labels) > 1]
    for one in several:
        facts = {"measures": listed(one.labels)}
        faults.append(Finding(code="statistics-matrix-measures", file=file, facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    kept = [place for place, one in enumerate(dimensions) if one.role != "measure"]
    names = [_name(dimensions[place], dimensions) for place in kept]
    cells = [(*(nfc(row[place]) for place in kept), row[-1]) for row in rows]
    table = Table.of_rows((*names, COUNT), cells, file=file, first_row=1)
    facts_: dict[str, str | int] = {"columns": listed(names), "count": len(cells)}
    read = table.finding(code="statistics-cube", facts=facts_)
    return replace(table, digest=digest, assumed=(read,))


def is_share(unit: str) -> bool:
    """Whether a measure or a unit is of shares and not of people."""
    squeezed = squeeze(unit)
    return squeezed == "pct" or PERHAPS_A_PERCENTAGE.fullmatch(squeezed) is not None


def _name(one: Dimension, dimensions: Sequence[Dimension]) -> str:
    if one.role == "time":
        return TIME
    known = any(squeeze(other.name) in AREA_HEADERS for other in dimensions)
    return AREA if one.role == "area" and not known else one.name
