"""What is known of each stratum: how many of it answer, or how far its people differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.steps.plan import Known, belief, overall, read_response_rates
from sortition.tables.columns import match_column
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.reading import read_table
from sortition.tables.rows import Table

Values = tuple[str, ...]
DEVIATION = "deviation"


def rates_for(
    path: Path, by: Sequence[str], strata: Sequence[Values]
) -> tuple[list[Fraction], tuple[Finding, ...]]:
    """The response rate of each stratum, as a plan would take it, and what was assumed.

    The table may tell apart fewer columns than the strata do.

    Raises
    ------
    InputErrors
        With every fault of the table, a stratum without a rate among them.
    """
    sheet = read_response_rates(
        path,
        {
            column: Known(values=tuple(sorted({values[place] for values in strata})), others=True)
            for place, column in enumerate(by)
        },
    )
    everywhere = overall(sheet.responses.strata)
    known = {
        tuple(map(fold, stratum.values)): belief(stratum, everywhere).rate
        for stratum in sheet.responses.strata
    }
    places = [by.index(feature) for feature in sheet.responses.features]
    return _found(sheet.table, known, places, strata, wanted="rate"), sheet.assumed


def deviations_for(
    path: Path, by: Sequence[str], strata: Sequence[Values]
) -> tuple[list[Fraction], tuple[Finding, ...]]:
    """The standard deviation of each stratum, from a column ``deviation``.

    Raises
    ------
    InputErrors
        With every fault of the table, a stratum without a deviation among them.
    """
    table = read_table(path)
    faults: list[Finding] = []
    columns = [
        attempt(faults, partial(match_column, table, name, unknown="strata-column-unknown"))
        for name in (*by, DEVIATION)
    ]
    if faults:
        raise InputErrors(tuple(faults))
    *labels, figures = (table.column(column) for column in columns if column is not None)
    faults += table.doubts({column for column in columns if column is not None})
    known: dict[Values, Fraction] = {}
    first: dict[Values, int] = {}
    for row, values, text in zip(
        table.row_numbers, zip(*labels, strict=True), figures, strict=True
    ):
        folded = tuple(map(fold, values))
        figure = _positive(text)
        if figure is None:
            code = "strata-deviation"
            faults.append(table.finding(code=code, row=row, column=DEVIATION, value=text))
        if folded in first:
            facts = {"first": first[folded]}
            code = "stratum-duplicate"
            faults.append(table.finding(code=code, row=row, value=name_of(values), facts=facts))
        first.setdefault(folded, row)
        known[folded] = figure or Fraction(0)
    if faults:
        raise InputErrors(tuple(faults))
    places = list(range(len(by)))
    return _found(table, known, places, strata, wanted=DEVIATION), table.assumed


def name_of(values: Sequence[str]) -> str:
    """What a stratum is called in a message."""
    return " · ".join(values)


def _found(
    table: Table,
    known: Mapping[Values, Fraction],
    places: Sequence[int],
    strata: Sequence[Values],
    *,
    wanted: str,
) -> list[Fraction]:
    """The figure of each stratum, by those of its values that the table has."""
    keys = [tuple(fold(values[place]) for place in places) for values in strata]
    faults = [
        table.finding(code="strata-without-figure", value=name_of(values), facts={"wanted": wanted})
        for values, key in zip(strata, keys, strict=True)
        if key not in known
    ]
    if faults:
        raise InputErrors(tuple(faults))
    return [known[key] for key in keys]


def _positive(text: str) -> Fraction | None:
    try:
        number = Fraction(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return number if number > 0 else None
