"""Quotas as a form shows them, and a quota file with the bounds of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import find_quota_columns
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.instance.quotas.shares import shares_in_quotas
from sortition.model import Quota, by_label
from sortition.tables.content import Content
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_rows

QUOTAS = "quotas.csv"
HEADER = ("feature", "value", "min", "max")


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
    named = next((name for name in table.header if name.casefold() == "seats"), None)
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


def with_bounds(sheet: QuotaSheet, bounds: Mapping[tuple[str, str], Quota]) -> bytes:
    """A quota file with these bounds, and else as it was.

    Amounts, percentages and maximums alone, which have one column, become a minimum and a maximum.
    """
    table = sheet.table
    columns = find_quota_columns(table)
    changed = {sheet.rows[place]: quota for place, quota in bounds.items() if place in sheet.rows}
    if columns.lower in {"", columns.upper}:
        rows = [(q.feature, q.value, str(q.lower), str(q.upper)) for q in bounds.values()]
        return csv_rows((HEADER, *rows), like=table)
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


def typed_quotas(text: str) -> bytes:
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
    return csv_rows((HEADER, *rows), like=Table.of_rows(HEADER, ()))


def read_content(data: bytes, size: int) -> QuotaSheet:
    """A quota file that lies nowhere yet.

    Raises
    ------
    InputErrors
        With every fault, and if its bounds cannot add up to a panel of this size.
    """
    sheet = read_quota_sheet(Content(name=QUOTAS, data=data), size)
    faults = tuple(sheet.size_faults(size))
    if faults:
        raise InputErrors(faults)
    return sheet


def _span(text: str) -> tuple[str, str] | None:
    parts = text.replace("–", "-").split("-")
    ends = parts * 2 if len(parts) == 1 else parts
    return (ends[0], ends[1]) if len(ends) == 2 and all(map(is_whole, ends)) else None


def is_whole(text: str) -> bool:
    """Whether a text is a whole number that no field is too small for."""
    return text.isascii() and text.isdigit() and len(text) <= 9
