"""Quotas as a form shows them, and a quota file with the bounds of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import find_quota_columns
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.instance.quotas.shares import shares_in_quotas
from sortition.model import Language, Quota, by_label
from sortition.steps.quotas.writing import DANISH, HEADER, header_in
from sortition.tables.content import Content
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_rows

QUOTAS = "quotas.csv"
SEATS = {HEADER[-1], DANISH[-1]}  # what the column of the seats is called


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """A quota in a form.

    Attributes
    ----------
    number : int
        Of its fields in the form, from 0.
    feature, value : str
    lower, upper : int
    share : Fraction or None
        Of the population; None where the file has no figure.
    seats : str
        What the figure is worth, as the file has it; empty where it has none.
    was : Quota or None
        What it was in the version before, if that was otherwise.
    """

    number: int
    feature: str
    value: str
    lower: int
    upper: int
    share: Fraction | None
    seats: str
    was: Quota | None


def rows_of(sheet: QuotaSheet, before: Sequence[Quota] = ()) -> tuple[BoundRow, ...]:
    """The quotas in the order of their file, with what they were before."""
    former = by_label(before)
    shares = _shares(sheet)
    seats = _seats(sheet)
    rows = []
    for number, quota in enumerate(sheet.quotas.rows):
        was = former.get((quota.feature, quota.value))
        moved = was is not None and (was.lower, was.upper) != (quota.lower, quota.upper)
        rows.append(
            BoundRow(
                number=number,
                feature=quota.feature,
                value=quota.value,
                lower=quota.lower,
                upper=quota.upper,
                share=shares.get((quota.feature, quota.value)),
                seats=seats.get(sheet.rows[quota.feature, quota.value], ""),
                was=was if moved else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: sheet.rows[row.feature, row.value]))


def _shares(sheet: QuotaSheet) -> Mapping[tuple[str, str], Fraction]:
    """Shares of the population, if the file has figures that can be read."""
    with suppress(InputErrors):
        found = shares_in_quotas(sheet.table, sheet.quotas)
        return found.shares if found else {}
    return {}


def _seats(sheet: QuotaSheet) -> dict[int, str]:
    """The seats that the figures are worth, by the number of the row."""
    table = sheet.table
    named = next((name for name in table.header if name.casefold() in SEATS), None)
    cells = map(str, table.column(named)) if named else ()
    return dict(zip(table.row_numbers, cells, strict=False))


def typed_bounds(form: Mapping[str, str], sheet: QuotaSheet) -> dict[tuple[str, str], Quota]:
    """The bounds that were typed, for each quota of a file.

    Raises
    ------
    InputErrors
        With everything that is no whole number.
    """
    faults: list[Finding] = []
    bounds = {}
    for number, quota in enumerate(sheet.quotas.rows):
        typed = [form.get(f"{end}-{number}", "").strip() for end in ("lower", "upper")]
        wrong = [text for text in typed if not is_whole(text)]
        faults += [
            Finding(code="app-not-a-number", column=quota.feature, value=text[:200])
            for text in wrong
        ]
        if not wrong:
            lower, upper = map(int, typed)
            bounds[quota.feature, quota.value] = Quota(
                feature=quota.feature, value=quota.value, lower=lower, upper=upper
            )
    if faults:
        raise InputErrors(tuple(faults))
    return bounds


def with_bounds(
    sheet: QuotaSheet, bounds: Mapping[tuple[str, str], Quota], language: Language
) -> bytes:
    """A quota file with these bounds, and else as it was.

    Amounts, percentages and maximums alone, which have one column, become a minimum and a maximum,
    with the header of the language.
    """
    table = sheet.table
    columns = find_quota_columns(table)
    changed = {sheet.rows[place]: quota for place, quota in bounds.items() if place in sheet.rows}
    if columns.lower in {"", columns.upper}:
        rows = [(q.feature, q.value, str(q.lower), str(q.upper)) for q in bounds.values()]
        return csv_rows((header_in(language)[:4], *rows), like=table)
    lower, upper = (table.header.index(name) for name in (columns.lower, columns.upper))
    lines = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = list(map(str, row))
        if number in changed:
            cells[lower], cells[upper] = str(changed[number].lower), str(changed[number].upper)
        lines.append(tuple(cells))
    return csv_rows((table.header, *map(_unpadded, lines)), like=table)


def _unpadded(row: tuple[str, ...]) -> tuple[str, ...]:
    """A comment row as it was written, without the blank cells that fill it up."""
    return row[:1] if row[0].startswith("#") else row


def typed_quotas(text: str, language: Language) -> bytes:
    """A quota file of lines such as ``gender: woman 17-19``; a feature is written once.

    Raises
    ------
    InputErrors
        With every line that is not complete.
    """
    faults: list[Finding] = []
    rows: list[tuple[str, ...]] = []
    feature = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        named, colon, rest = line.rpartition(":")
        feature = named.strip() or feature
        value, _, span = (rest if colon else line).strip().rpartition(" ")
        bounds = _span(span)
        if not (feature and value.strip() and bounds):
            faults.append(Finding(code="app-quota-incomplete", value=line[:200]))
        else:
            rows.append((feature, value.strip(), *bounds))
    if not rows and not faults:
        faults.append(Finding(code="app-quotas-nothing"))
    if faults:
        raise InputErrors(tuple(faults))
    header = header_in(language)[:4]
    return csv_rows((header, *rows), like=Table.of_rows(header, ()))


def read_content(data: bytes, size: int) -> QuotaSheet:
    """A quota file that lies nowhere yet.

    Raises
    ------
    InputErrors
        With every fault, named by the value that it is of, since nobody saw the file; and if its
        bounds cannot add up to a panel of this size.
    """
    content = Content(name=QUOTAS, data=data)
    try:
        sheet = read_quota_sheet(content, size)
    except InputErrors as unread:
        raise InputErrors(tuple(_of_values(unread.faults, read_table(content)))) from None
    faults = size_faults(sheet, size)
    if faults:
        raise InputErrors(faults)
    return sheet


def size_faults(sheet: QuotaSheet, size: int) -> tuple[Finding, ...]:
    """Features whose bounds cannot add up to the panel size, which the sentences name."""
    return tuple(replace(one, file="", sheet="", row=None) for one in sheet.size_faults(size))


def _of_values(faults: Sequence[Finding], table: Table) -> Iterator[Finding]:
    """The same faults with feature and value in place of a file and its row."""
    columns = find_quota_columns(table)
    cells = zip(table.column(columns.feature), table.column(columns.value), strict=True)
    named = dict(zip(table.row_numbers, cells, strict=True))
    for fault in faults:
        place = ", ".join(map(str, named.get(fault.row or 0, ())))
        yield replace(fault, file=place, sheet="", row=None)


def _span(text: str) -> tuple[str, str] | None:
    parts = text.replace("–", "-").split("-")
    ends = parts * 2 if len(parts) == 1 else parts
    return (ends[0], ends[1]) if len(ends) == 2 and all(map(is_whole, ends)) else None


def is_whole(text: str) -> bool:
    """Whether a text is a whole number that no field is too small for."""
    return text.isascii() and text.isdigit() and len(text) <= 9
