"""Features made of ranges of the numbers in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from sortition.errors import Finding, InputErrors
from sortition.files.mapped_columns import MappedColumn, find_column, numbers_in
from sortition.files.mapping import Bands, PoolMap
from sortition.files.numbers import OLDEST, perhaps_years
from sortition.files.tables import Table


def banded(table: Table, rules: PoolMap, bands: Bands) -> MappedColumn:
    """The range of each row, blank where the cell is.

    Raises
    ------
    InputErrors
        With every cell that is no number, or in no range; if another column has the name.
    """
    column = find_column(table, rules, bands.column, (*bands.key, "column"))
    if column != bands.feature and bands.feature in table.header:
        code = "map-name-taken"
        fault = rules.settings.finding(code=code, key=bands.key, value=bands.feature)
        raise InputErrors((fault,))
    cells = dict(zip(table.row_numbers, table.column(column), strict=True))
    numbers = numbers_in(table, column, cells)
    labels = {row: label for row, number in numbers.items() if (label := _label(bands, number))}
    if bands.year is None and perhaps_years(numbers.values(), bands.ranges):
        raise InputErrors((_about(table, bands, "map-perhaps-years", column),))
    faults = [
        _about(table, bands, "map-number-outside", column, row=row, value=cells[row])
        for row in numbers
        if row not in labels
    ]
    if faults:
        raise InputErrors(tuple(faults))
    counts = Counter(labels.values())
    listed = ", ".join(f"“{made.label}” (rows: {counts[made.label]})" for made in bands.ranges)
    done = _about(table, bands, "map-banded", column, ranges=listed)
    return MappedColumn(
        name=bands.feature,
        cells=tuple([labels.get(row, "") for row in cells]),
        done=(*_gaps(rules, bands), done),
    )


def _label(bands: Bands, number: Decimal) -> str | None:
    """The range that a number is in, or the age that belongs to it."""
    if bands.year is not None:
        if not bands.year - OLDEST <= number <= bands.year:
            return None
        number = bands.year - number
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
    if ranges:
        facts["ranges"] = ranges
    return table.finding(code=code, row=row, column=column, value=value, facts=facts)
