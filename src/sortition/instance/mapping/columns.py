"""The columns of a pool as its map names them, and the numbers in them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.file import PoolMap
from sortition.instance.settings import Key
from sortition.tables.columns import columns_meant
from sortition.tables.dates import read_date
from sortition.tables.faults import attempt, told_together
from sortition.tables.labels import fold, listed, nfc
from sortition.tables.numbers import read_number
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A column that a map has made or changed.

    Attributes
    ----------
    name : str
    cells : tuple of str
        One for each row of the table.
    done : tuple of Finding
        How they were made.
    """

    name: str
    cells: tuple[str, ...]
    done: tuple[Finding, ...]


def find_column(table: Table, rules: PoolMap, name: str, key: Key) -> str:
    """The column of this name, or the one whose name folds to the same.

    Raises
    ------
    InputErrors
        If there is none, or several.
    """
    found = columns_meant(table.header, name)
    if len(found) == 1:
        return found[0]
    facts = {"columns": listed(table.header)}
    for old, new in rules.columns.items():
        if fold(old) == fold(name) and key[0] != "columns":
            facts["renamed"] = new
    code = "map-column-unknown"
    raise InputErrors((rules.settings.finding(code=code, key=key, value=name, facts=facts),))


def rename(table: Table, rules: PoolMap) -> tuple[Table, dict[str, str], list[Finding]]:
    """The table with its new names, the old names by the new ones, and what was done.

    Raises
    ------
    InputErrors
        With every name that is not there, or is there already.
    """
    faults: list[Finding] = []
    new_names: dict[str, str] = {}
    for name, new in rules.columns.items():
        column = attempt(faults, partial(find_column, table, rules, name, ("columns", name)))
        if column is not None:
            new_names[column] = new
    header = tuple([new_names.get(name, name) for name in table.header])
    counts = Counter(map(nfc, header))
    faults += [
        rules.settings.finding(code="map-name-taken", key=("columns", name), value=new)
        for name, new in rules.columns.items()
        if counts[nfc(new)] > 1
    ]
    if faults:
        raise InputErrors(tuple(faults))
    done = [
        table.finding(code="map-renamed", column=old, value=new) for old, new in new_names.items()
    ]
    names = {new: old for old, new in new_names.items()}
    return table.renamed(new_names), names, done


def unknown_columns(table: Table, rules: PoolMap) -> list[Finding]:
    """The columns that a map names and the pool lacks, where other faults keep it from use."""
    faults: list[Finding] = []
    renamed = attempt(faults, partial(rename, table, rules))
    if renamed is None:
        return faults
    names = [(values.column, values.key) for values in rules.values]
    names += [(drop.column, (*drop.key, "column")) for drop in rules.drops]
    names += [(bands.column, (*bands.key, "column")) for bands in rules.bands]
    for name, key in names:
        attempt(faults, partial(find_column, renamed[0], rules, name, key))
    return faults


def numbers_in(table: Table, column: str, cells: Mapping[int, str]) -> dict[int, Decimal]:
    """The numbers in some cells of a column by row; blank cells have none.

    Raises
    ------
    InputErrors
        With every cell that is doubtful or no number.
    """
    faults = [doubt for doubt in table.doubts({column}) if doubt.row in cells]
    doubted = {doubt.row for doubt in faults}
    read = {cell: read_number(cell) for cell in set(cells.values())}
    numbers = {}
    for row, cell in cells.items():
        number = read[cell]
        if number is not None:
            numbers[row] = number
        elif cell and row not in doubted:
            faults.append(
                table.finding(code="map-not-a-number", row=row, column=column, value=cell)
            )
    if faults:
        raise InputErrors(tuple(told_together(faults)))
    return numbers


def dates_in(table: Table, column: str, cells: Mapping[int, str]) -> dict[int, datetime.date]:
    """The days in some cells of a column by row; blank cells have none.

    Raises
    ------
    InputErrors
        With every cell that holds something else.
    """
    doubts = table.doubts({column})
    faults = [doubt for doubt in doubts if doubt.row in cells and doubt.code != "date-cell"]
    doubted = {doubt.row for doubt in faults}
    read = {cell: read_date(cell) for cell in set(cells.values())}
    days = {row: day for row, cell in cells.items() if (day := read[cell]) is not None}
    faults += [
        table.finding(code="map-not-a-date", row=row, column=column, value=cell)
        for row, cell in cells.items()
        if cell and row not in days and row not in doubted
    ]
    if faults:
        raise InputErrors(tuple(told_together(faults)))
    return days
