"""Features made of ranges of the numbers in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.columns import MappedColumn, dates_in, find_column, numbers_in
from sortition.instance.mapping.file import Bands, PoolMap
from sortition.tables.dates import perhaps_births, whole_years
from sortition.tables.faults import told_together
from sortition.tables.labels import YEARS, squeeze
from sortition.tables.numbers import OLDEST, perhaps_years
from sortition.tables.rows import Table
from sortition.tables.words import means_age


def banded(table: Table, rules: PoolMap, bands: Bands, *, least: int | None = None) -> MappedColumn:
    """The range of each row, blank where the cell is.

    Parameters
    ----------
    least : int, optional
        Whoever is younger is left out otherwise, so that no range has to hold her; blank, too.

    Raises
    ------
    InputErrors
        With every cell that is no number, in no range or no age that anybody has; if another
        column has the name.
    """
    column = find_column(table, rules, bands.column, (*bands.key, "column"))
    if column != bands.feature and bands.feature in table.header:
        code = "map-name-taken"
        fault = rules.settings.finding(code=code, key=bands.key, value=bands.feature)
        raise InputErrors((fault,))
    cells = dict(zip(table.row_numbers, table.column(column), strict=True))
    if bands.day is None and perhaps_births(set(cells.values())):
        raise InputErrors((_about(table, bands, "map-perhaps-dates", column),))
    numbers = _numbers(table, bands, column, cells)
    of_births = bands.year is not None or bands.day is not None
    if not of_births and perhaps_years(numbers.values(), bands.ranges):
        raise InputErrors((_about(table, bands, "map-perhaps-years", column),))
    impossible = _impossible_ages(bands, column, numbers)
    labels = {row: label for row, number in numbers.items() if (label := _label(bands, number))}
    faults = [
        _about(
            table,
            bands,
            "map-age-impossible" if row in impossible else "map-number-outside",
            column,
            row=row,
            value=cells[row],
        )
        for row, number in numbers.items()
        if row in impossible
        or (row not in labels and not _is_younger(bands, column, number, least))
    ]
    if faults:
        raise InputErrors(tuple(told_together(faults)))
    counts = Counter(labels.values())
    done = _about(table, bands, "map-banded", column, ranges=in_ranges(bands, counts))
    return MappedColumn(
        name=bands.feature,
        cells=tuple([labels.get(row, "") for row in cells]),
        done=(*_gaps(rules, bands), done),
    )


def in_ranges(bands: Bands, counts: Mapping[str, int]) -> str:
    """How many rows are in each range, in words."""
    return ", ".join(f"“{made.label}” (rows: {counts[made.label]})" for made in bands.ranges)


def _numbers(
    table: Table, bands: Bands, column: str, cells: Mapping[int, str]
) -> dict[int, Decimal]:
    """The number in each cell that is not blank, or the age that belongs to it."""
    if bands.day is not None:
        days = dates_in(table, column, cells)
        return {row: Decimal(whole_years(born, bands.day)) for row, born in days.items()}
    numbers = numbers_in(table, column, cells)
    if bands.year is not None:
        return {row: bands.year - number for row, number in numbers.items()}
    return numbers


def _impossible_ages(bands: Bands, column: str, numbers: Mapping[int, Decimal]) -> set[int]:
    """The rows of ages that nobody has; an open range would take them in silently."""
    if not _are_ages(bands, column):
        return set()
    return {row for row, number in numbers.items() if not 0 <= number <= OLDEST}


def _are_ages(bands: Bands, column: str) -> bool:
    in_years = any(YEARS.search(squeeze(made.label)) for made in bands.ranges)
    of_births = bands.year is not None or bands.day is not None
    return of_births or in_years or means_age(bands.feature) or means_age(column)


def _is_younger(bands: Bands, column: str, number: Decimal, least: int | None) -> bool:
    return least is not None and number < least and _are_ages(bands, column)


def _label(bands: Bands, number: Decimal) -> str | None:
    return next((made.label for made in bands.ranges if made.holds(number)), None)


def _gaps(rules: PoolMap, bands: Bands) -> Iterator[Finding]:
    for one, other in pairwise(bands.ranges):
        if one.upper is not None and other.lower is not None and one.upper + 1 < other.lower:
            facts = {"feature": bands.feature, "lower": one.label, "upper": other.label}
            key = (*bands.key, "ranges")
            yield rules.settings.finding(code="map-ranges-gap", key=key, facts=facts)


def _about(
    table: Table,
    bands: Bands,
    code: str,
    column: str,
    *,
    row: int | None = None,
    value: str = "",
    ranges: str = "",
) -> Finding:
    facts: dict[str, str | int] = {"feature": bands.feature}
    if bands.year is not None:
        facts["year"] = bands.year
    if bands.day is not None:
        facts["day"] = bands.day.isoformat()
    if ranges:
        facts["ranges"] = ranges
    return table.finding(code=code, row=row, column=column, value=value, facts=facts)
