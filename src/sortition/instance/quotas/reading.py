"""Quota files: one row for each value of each feature, with how many people there may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import QuotaColumns, find_quota_columns, heads_quotas
from sortition.instance.quotas.combinations import (
    Part,
    combined,
    is_combination,
    matched_parts,
    read_parts,
)
from sortition.instance.quotas.percentages import Bounds, percentages_read, read_percentages
from sortition.instance.quotas.rows import QuotaRow, cell_faults, split_rows, whole
from sortition.model import COMBINATION, Quota, Quotas, parts_of
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, listed
from sortition.tables.reading import read_table
from sortition.tables.rows import Table, other_sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSheet:
    """Quotas, and where each of them is written.

    Attributes
    ----------
    quotas : Quotas
        With the labels of the file.
    rows : mapping of (str, str) to int
        The row of each feature and value.
    table : Table
    assumed : tuple of Finding
        Those of the table among them.
    """

    quotas: Quotas
    rows: Mapping[tuple[str, str], int]
    table: Table
    assumed: tuple[Finding, ...]

    def first_row(self, feature: str) -> int:
        """The first row that is about a feature."""
        return min(row for (name, _), row in self.rows.items() if name == feature)

    def size_faults(self, panel_size: int) -> list[Finding]:
        """Features whose bounds cannot add up to the panel size, at their first rows."""
        return [
            replace(
                fault,
                file=self.table.file,
                sheet=self.table.sheet,
                row=self.first_row(fault.column),
            )
            for fault in self.quotas.size_faults(panel_size)
        ]


def read_quota_sheet(
    path: File, panel_size: int | None = None, sheet: str | None = None
) -> QuotaSheet:
    """Read a quota file and keep where everything stands.

    Parameters
    ----------
    path : File
    panel_size : int, optional
        At least 1; percentages need it.
    sheet : str, optional
        The sheet of a workbook. Without it, the first visible one that is not empty is taken.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = read_table(path, sheet, headed=heads_quotas)
    try:
        columns = find_quota_columns(table)
    except InputErrors as errors:
        raise InputErrors((*errors.faults, *other_sheets(table))) from None
    rows, comments = split_rows(table, columns)
    if not rows:
        raise InputErrors((table.finding(code="header-only"),))
    faults = [*cell_faults(table, columns, rows), *_duplicates(table, rows)]
    parts = _read_combinations(table, columns, rows, faults)
    bounds = None
    if not {fault.column for fault in faults} & {columns.feature, columns.lower, columns.upper}:
        bounds = attempt(faults, partial(_read_bounds, table, columns, rows, panel_size))
    if bounds is not None and not faults:
        faults += _flex_faults(table, columns, rows, bounds)
    if faults or bounds is None:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    places = _places(rows, parts, bounds)
    return QuotaSheet(
        quotas=Quotas(rows=tuple(places)),
        rows={(quota.feature, quota.value): number for quota, number in places.items()},
        table=table,
        assumed=(
            *table.assumed,
            *_columns_not_used(table, columns),
            *comments,
            *_joined_spellings(table, rows),
            *matched_parts(table, columns.value, rows, parts),
            *(percentages_read(table, columns.lower, rows, bounds) if columns.percentage else ()),
        ),
    )


def _read_combinations(
    table: Table, columns: QuotaColumns, rows: Sequence[QuotaRow], faults: list[Finding]
) -> dict[int, tuple[Part, ...]]:
    """The parts of each combination, by row number; those that cannot be read are faults."""
    unreadable = {(fault.row, fault.column) for fault in faults}
    labels: dict[str, list[str]] = {}
    spellings = _first_spellings(rows)
    for row in rows:
        if row.value and not is_combination(row):
            labels.setdefault(spellings[fold(row.feature)], []).append(row.value)
    parts = {}
    for row in rows:
        if is_combination(row) and (row.number, columns.value) not in unreadable:
            read = attempt(faults, partial(read_parts, table, columns.value, row, labels))
            if read:
                parts[row.number] = read
    return parts


def _read_bounds(
    table: Table, columns: QuotaColumns, rows: Sequence[QuotaRow], panel_size: int | None
) -> dict[int, Bounds]:
    """The lower and upper bound of each row, by row number; their cells have no faults."""
    if not columns.percentage:
        return {row.number: (whole(row.lower), whole(row.upper)) for row in rows}
    if panel_size is None:
        fault = table.finding(code="quota-percentage-without-size", column=columns.lower)
        raise InputErrors((fault,))
    return read_percentages(table, columns.lower, rows, panel_size)


def _flex_faults(
    table: Table, columns: QuotaColumns, rows: Sequence[QuotaRow], bounds: Mapping[int, Bounds]
) -> Iterator[Finding]:
    """Flex bounds that lie within the bounds they are to widen."""
    for row in rows:
        lower, upper = bounds[row.number]
        at = partial(table.finding, row=row.number)
        if columns.min_flex and row.min_flex and whole(row.min_flex) > lower:
            facts = {"lower": lower}
            code = "quota-min-flex-inside"
            yield at(code=code, column=columns.min_flex, value=row.min_flex, facts=facts)
        if columns.max_flex and row.max_flex and whole(row.max_flex) < upper:
            facts = {"upper": upper}
            code = "quota-max-flex-inside"
            yield at(code=code, column=columns.max_flex, value=row.max_flex, facts=facts)


def _places(
    rows: Sequence[QuotaRow],
    parts: Mapping[int, tuple[Part, ...]],
    bounds: Mapping[int, Bounds],
) -> dict[Quota, int]:
    """The quotas with their row numbers."""
    spellings = _first_spellings(rows)
    places = {}
    for row in rows:
        lower, upper = bounds[row.number]
        quota = Quota(
            feature=COMBINATION if is_combination(row) else spellings[fold(row.feature)],
            value=_name(row, parts.get(row.number, ())),
            lower=lower,
            upper=upper,
            penalty=whole(row.penalty) if row.penalty else None,
            min_flex=whole(row.min_flex) if row.min_flex else None,
            max_flex=whole(row.max_flex) if row.max_flex else None,
            parts=parts.get(row.number, ()),
        )
        places[quota] = row.number
    return places


def _name(row: QuotaRow, parts: tuple[Part, ...]) -> str:
    """What a quota is called: its value, or its parts as the features and values are spelled."""
    return combined(parts) if parts and parts != parts_of(row.value) else row.value


def _columns_not_used(table: Table, columns: QuotaColumns) -> Iterator[Finding]:
    unused = [name for name in table.header if name not in columns.names]
    if unused:
        yield table.finding(code="quota-columns-not-used", facts={"columns": listed(unused)})


def _first_spellings(rows: Sequence[QuotaRow]) -> dict[str, str]:
    """How each feature is written where it occurs first, by its folded name."""
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(fold(row.feature), row.feature)
    return first


def _joined_spellings(table: Table, rows: Sequence[QuotaRow]) -> Iterator[Finding]:
    spellings = _first_spellings(rows)
    reported = set(spellings.values())
    for row in rows:
        if row.feature not in reported and not is_combination(row):
            reported.add(row.feature)
            yield table.finding(
                code="quota-spellings-joined",
                row=row.number,
                value=row.feature,
                facts={"used": spellings[fold(row.feature)]},
            )


def _duplicates(table: Table, rows: Sequence[QuotaRow]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        before = first.setdefault(_meaning(row), row.number)
        if row.feature and row.value and before != row.number:
            facts: dict[str, str | int] = {"feature": row.feature, "first": before}
            yield table.finding(
                code="quota-duplicate", row=row.number, value=row.value, facts=facts
            )


def _meaning(row: QuotaRow) -> tuple[str, ...]:
    """What two rows that ask for the same have in common; the parts of a combination in order."""
    if not is_combination(row):
        return fold(row.feature), fold(row.value)
    parts = sorted((fold(feature), fold(value)) for feature, value in parts_of(row.value))
    return COMBINATION, *(label for part in parts for label in part)
