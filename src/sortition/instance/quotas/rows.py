"""The rows of a quota file as they are written, and what is wrong with single cells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress

from sortition.errors import Finding
from sortition.instance.quotas.columns import QuotaColumns
from sortition.tables.labels import fold, listed, looks_like_date, nfc
from sortition.tables.notes import is_total
from sortition.tables.numbers import read_written
from sortition.tables.rows import Table

MOST_DIGITS = 9  # of a number of people


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """The cells of one row; the labels are in NFC, and what is missing is the empty text."""

    number: int
    feature: str
    value: str
    lower: str
    upper: str
    penalty: str
    min_flex: str = ""
    max_flex: str = ""


def split_rows(
    table: Table, columns: QuotaColumns
) -> tuple[tuple[QuotaRow, ...], tuple[Finding, ...]]:
    """The rows of the quotas, and what was passed over: comments, and totals and notes below."""
    rows, comments = [], []
    below = _rows_below(table, columns)
    none = _without_minimums(table, columns)
    for number, texts in zip(table.row_numbers, table.rows, strict=True):
        if texts[0].startswith("#") and not any(texts[1:]):
            comments.append(table.finding(code="comment-passed-over", row=number, value=texts[0]))
            continue
        if number in below:
            told = next(filter(None, texts))
            comments.append(table.finding(code=below[number], row=number, value=told))
            continue
        cells = dict(zip(table.header, texts, strict=True))
        rows.append(
            QuotaRow(
                number=number,
                feature=nfc(cells[columns.feature]),
                value=nfc(cells[columns.value]),
                lower=cells[columns.lower] if fold(cells[columns.feature]) not in none else "0",
                upper=cells[columns.upper],
                penalty=cells[columns.penalty] if columns.penalty else "",
                min_flex=cells[columns.min_flex] if columns.min_flex else "",
                max_flex=cells[columns.max_flex] if columns.max_flex else "",
            )
        )
    if none:
        named = listed(dict.fromkeys(row.feature for row in rows if fold(row.feature) in none))
        comments.append(table.finding(code="quota-maximums-alone", facts={"features": named}))
    return tuple(rows), tuple(comments)


def _without_minimums(table: Table, columns: QuotaColumns) -> set[str]:
    """The features, folded, whose rows all have a maximum and no minimum.

    One blank cell among others may have been forgotten, and is a fault.
    """
    features = list(map(fold, table.column(columns.feature)))
    if not columns.lower:
        return set(features)
    if columns.lower == columns.upper:
        return set()
    given = set(compress(features, table.column(columns.lower)))
    return set(compress(features, table.column(columns.upper))) - given


def _rows_below(table: Table, columns: QuotaColumns) -> dict[int, str]:
    """Rows at the end that are no quotas: the code of what they are, by their numbers.

    A total has its word and no value beside it, and a note is the only cell of its row.
    """
    labels = [table.header.index(name) for name in (columns.feature, columns.value)]
    found: dict[int, str] = {}
    for number, texts in reversed(list(zip(table.row_numbers, table.rows, strict=True))):
        said = [texts[index] for index in labels if texts[index]]
        filled = sum(map(bool, texts))
        if len(said) == 1 and is_total(said[0]):
            found[number] = "quota-total-passed-over"
        elif filled == 1 and len(next(filter(None, texts)).split()) > 1:
            found[number] = "quota-note-passed-over"
        elif not texts[0].startswith("#"):
            break
    return found


def cell_faults(table: Table, columns: QuotaColumns, rows: Sequence[QuotaRow]) -> list[Finding]:
    """Cells that cannot be what their column is for, each reported once."""
    doubts = [*table.doubts(columns.names), *_merged_bounds(table, columns)]
    doubted = {(doubt.row, doubt.column) for doubt in doubts}
    faults = (fault for row in rows for fault in _faults_of(table, columns, row))
    return [*doubts, *(fault for fault in faults if (fault.row, fault.column) not in doubted)]


def _merged_bounds(table: Table, columns: QuotaColumns) -> Iterator[Finding]:
    """Numbers that span several rows. A feature or a value may; a number could be their sum."""
    numbers = set(columns.names) - {columns.feature, columns.value}
    for row, column in sorted(table.merged):
        if column in numbers:
            yield table.finding(code="quota-bound-merged", row=row, column=column)


def whole(text: str) -> int:
    """The number of people in a cell that has no fault."""
    found = _people(text)
    if found is None:
        raise ValueError("no number of people")
    return found


def percentage(text: str) -> Fraction:
    """The number in a cell that has no fault, without its percent sign."""
    found = read_written(text)
    if found is None:
        raise ValueError("no percentage")
    return found.value


def is_percentage(text: str) -> bool:
    """Whether a cell may hold a percentage or a share, with or without the sign."""
    found = read_written(text)
    if found is None or found.negative:
        return False
    return 1 <= len(found.whole) <= 3 and len(found.decimals) <= 20


def _people(text: str) -> int | None:
    found = read_written(text)
    return found.people if found and len(found.whole) <= MOST_DIGITS else None


def _faults_of(table: Table, columns: QuotaColumns, row: QuotaRow) -> Iterator[Finding]:
    bound_fault = _percentage_fault if columns.percentage else _bound_fault
    codes = {
        columns.feature: (row.feature, _label_fault(row.feature)),
        columns.value: (row.value, _label_fault(row.value)),
        columns.lower: (row.lower, bound_fault(row.lower)),
        columns.upper: (row.upper, bound_fault(row.upper)),
    }
    if columns.penalty:
        codes[columns.penalty] = (row.penalty, _penalty_fault(row.penalty))
    for column, text in ((columns.min_flex, row.min_flex), (columns.max_flex, row.max_flex)):
        if column and text:
            codes[column] = (text, _bound_fault(text))
    for column, (text, code) in codes.items():
        if code:
            yield table.finding(code=code, row=row.number, column=column, value=text)
    readable = not codes[columns.lower][1] and not codes[columns.upper][1]
    if readable and not columns.percentage and whole(row.lower) > whole(row.upper):
        facts = {"lower": row.lower, "upper": row.upper}
        yield table.finding(code="quota-crossed", row=row.number, facts=facts)


def _label_fault(text: str) -> str:
    if not text:
        return "quota-label-blank"
    return "date-cell" if looks_like_date(text) else ""


def _bound_fault(text: str) -> str:
    if not text:
        return "quota-bound-blank"
    if "%" in text:
        return "quota-percentage"
    found = read_written(text)
    if found and found.negative:
        return "quota-negative"
    return "quota-not-whole" if _people(text) is None else ""


def _percentage_fault(text: str) -> str:
    if not text:
        return "quota-percentage-blank"
    fine = is_percentage(text) and percentage(text) <= 100
    return "" if fine else "quota-percentage-unclear"


def _penalty_fault(text: str) -> str:
    fine = not text or (_people(text) or 0) >= 1
    return "" if fine else "quota-penalty-unclear"
