"""Quotas in percentages of a panel: the whole numbers of seats on both sides, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.combinations import is_combination
from sortition.instance.quotas.rows import QuotaRow, percentage
from sortition.tables.labels import fold, squeeze
from sortition.tables.numbers import in_digits
from sortition.tables.rows import Table

SHARE_HEADERS = {"share", "andel", "anteil"}
TOLERANCE = Fraction(1, 100)  # published percentages are rounded

Bounds = tuple[int, int]


def read_percentages(
    table: Table, column: str, rows: Sequence[QuotaRow], panel_size: int
) -> dict[int, Bounds]:
    """The whole numbers of seats next to each percentage of the panel, by row number.

    Parameters
    ----------
    column : str
        Of the percentages. Only one that is headed as shares may hold shares of 1 instead.
    rows : sequence of QuotaRow
        Without faults in the feature and the percentage.
    panel_size : int

    Raises
    ------
    InputErrors
        If a feature does not add up to the whole panel, or nobody can tell percentages from
        shares of 1.
    """
    totals = _totals(rows)
    wholes = _possible_wholes(column, rows)
    fitting = [whole for whole in wholes if all(_fits(n, whole) for _, n in totals)]
    if not fitting:
        raise InputErrors(tuple(_total_faults(table, totals, wholes[0])))
    if len(fitting) > 1:
        raise InputErrors((table.finding(code="quota-share-unclear", column=column),))
    seats = {row.number: percentage(row.lower) * panel_size / fitting[0] for row in rows}
    return {number: (floor(exact), ceil(exact)) for number, exact in seats.items()}


def percentages_read(
    table: Table, column: str, rows: Sequence[QuotaRow], bounds: Mapping[int, Bounds]
) -> Iterator[Finding]:
    """What each percentage was read as."""
    for row in rows:
        lower, upper = bounds[row.number]
        yield table.finding(
            code="quota-percentage-read",
            row=row.number,
            column=column,
            value=row.lower,
            facts={"lower": lower, "upper": upper},
        )


def _totals(rows: Sequence[QuotaRow]) -> list[tuple[QuotaRow, Fraction]]:
    """The first row of each feature, and what its rows add up to; combinations need not."""
    of_feature: dict[str, list[QuotaRow]] = defaultdict(list)
    for row in rows:
        if not is_combination(row):
            of_feature[fold(row.feature)].append(row)
    return [
        (rows[0], sum((percentage(row.lower) for row in rows), Fraction(0)))
        for rows in of_feature.values()
    ]


def _possible_wholes(column: str, rows: Sequence[QuotaRow]) -> tuple[int, ...]:
    """What a feature may add up to: 100, or first 1 if all could be shares of it."""
    if squeeze(column) not in SHARE_HEADERS:
        return (100,)
    shares = all("%" not in row.lower and percentage(row.lower) <= 1 for row in rows)
    return (1, 100) if shares else (100,)


def _fits(total: Fraction, whole: int) -> bool:
    return abs(total - whole) <= TOLERANCE * whole


def _total_faults(
    table: Table, totals: Sequence[tuple[QuotaRow, Fraction]], whole: int
) -> Iterator[Finding]:
    for first, total in totals:
        if not _fits(total, whole):
            facts: dict[str, str | int] = {"total": in_digits(total), "whole": whole}
            yield table.finding(
                code="quota-percentage-total", row=first.number, column=first.feature, facts=facts
            )
