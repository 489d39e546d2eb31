"""Quota files: one row for each value of each feature, with how many people there may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.files.labels import fold, listed, looks_like_date, nfc
from sortition.files.quota_columns import QuotaColumns, find_quota_columns
from sortition.files.tables import Table, read_table
from sortition.model import Quota, Quotas

NEGATIVE = re.compile(r"[-−–]\s*[0-9.,]+")
WHOLE = re.compile(r"[0-9]{1,9}(?:[.,]0{1,2})?")  # three zeros would be thousands to some

_Rows = Sequence[tuple[int, Mapping[str, str]]]


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


def read_quotas(path: Path) -> Quotas:
    """Read a quota file, CSV or XLSX.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    return read_quota_sheet(path).quotas


def read_quota_sheet(path: Path) -> QuotaSheet:
    """Read a quota file and keep where everything stands.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = read_table(path)
    columns = find_quota_columns(table)
    rows, comments = _without_comments(table)
    places = _read_rows(table, columns, rows)
    return QuotaSheet(
        quotas=Quotas(rows=tuple(places)),
        rows={(quota.feature, quota.value): number for quota, number in places.items()},
        table=table,
        assumed=(
            *table.assumed,
            *_columns_not_used(table, columns),
            *comments,
            *_joined_spellings(table, columns, rows),
        ),
    )


def _without_comments(table: Table) -> tuple[_Rows, list[Finding]]:
    rows, comments = [], []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        if cells[0].startswith("#") and not any(cells[1:]):
            comments.append(table.finding(code="comment-passed-over", row=number, value=cells[0]))
        else:
            rows.append((number, dict(zip(table.header, cells, strict=True))))
    return rows, comments


def _columns_not_used(table: Table, columns: QuotaColumns) -> Iterator[Finding]:
    unused = [name for name in table.header if name not in columns.names]
    if unused:
        yield table.finding(code="quota-columns-not-used", facts={"columns": listed(unused)})


def _first_spellings(columns: QuotaColumns, rows: _Rows) -> dict[str, str]:
    """How each feature is written where it occurs first, by its folded name."""
    first: dict[str, str] = {}
    for _, cells in rows:
        feature = nfc(cells[columns.feature])
        first.setdefault(fold(feature), feature)
    return first


def _joined_spellings(table: Table, columns: QuotaColumns, rows: _Rows) -> Iterator[Finding]:
    spellings = _first_spellings(columns, rows)
    reported = set(spellings.values())
    for number, cells in rows:
        feature = nfc(cells[columns.feature])
        if feature not in reported:
            reported.add(feature)
            facts = {"used": spellings[fold(feature)]}
            yield table.finding(
                code="quota-spellings-joined", row=number, value=feature, facts=facts
            )


def _read_rows(table: Table, columns: QuotaColumns, rows: _Rows) -> dict[Quota, int]:
    """The quotas with their row numbers."""
    if not rows:
        raise InputErrors((table.finding(code="header-only"),))
    doubts = table.doubts(columns.names)
    doubted = {(doubt.row, doubt.column) for doubt in doubts}
    faults = [
        *doubts,
        *(
            fault
            for number, cells in rows
            for fault in _cell_faults(table, columns, number, cells)
            if (fault.row, fault.column) not in doubted
        ),
        *_duplicates(table, columns, rows),
    ]
    if faults:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    spellings = _first_spellings(columns, rows)
    return {
        Quota(
            feature=spellings[fold(cells[columns.feature])],
            value=nfc(cells[columns.value]),
            lower=_whole(cells[columns.lower]),
            upper=_whole(cells[columns.upper]),
        ): number
        for number, cells in rows
    }


def _cell_faults(
    table: Table, columns: QuotaColumns, number: int, cells: Mapping[str, str]
) -> Iterator[Finding]:
    for column in (columns.feature, columns.value):
        code = _label_fault(cells[column])
        if code:
            yield table.finding(code=code, row=number, column=column, value=cells[column])
    whole = True
    for column in dict.fromkeys((columns.lower, columns.upper)):
        code = _bound_fault(cells[column])
        if code:
            whole = False
            yield table.finding(code=code, row=number, column=column, value=cells[column])
    if whole and _whole(cells[columns.lower]) > _whole(cells[columns.upper]):
        facts = {"lower": cells[columns.lower], "upper": cells[columns.upper]}
        yield table.finding(code="quota-crossed", row=number, facts=facts)


def _label_fault(text: str) -> str:
    if not text:
        return "quota-label-blank"
    return "date-cell" if looks_like_date(text) else ""


def _bound_fault(text: str) -> str:
    if not text:
        return "quota-bound-blank"
    if "%" in text:
        return "quota-percentage"
    if NEGATIVE.fullmatch(text):
        return "quota-negative"
    return "" if WHOLE.fullmatch(text) else "quota-not-whole"


def _whole(text: str) -> int:
    return int(re.split("[.,]", text)[0])


def _duplicates(table: Table, columns: QuotaColumns, rows: _Rows) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        feature, value = cells[columns.feature], cells[columns.value]
        before = first.setdefault((fold(feature), fold(value)), number)
        if feature and value and before != number:
            facts: dict[str, str | int] = {"feature": feature, "first": before}
            yield table.finding(code="quota-duplicate", row=number, value=value, facts=facts)
