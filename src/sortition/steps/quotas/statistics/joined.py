"""Small areas put together: a table says in which district each parish or postcode is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.steps.intake import KeyTable
from sortition.steps.quotas.statistics.rows import Cell, Cross
from sortition.tables.labels import alike, fold, listed
from sortition.tables.notes import is_total
from sortition.tables.rows import Table

MOST_NAMED = 10


def joined(table: Table, keys: KeyTable) -> Table | None:
    """The table with what each key stands for, by name or code; None if no column has the keys.

    The column has the name of the table of keys, or its cells are keys. Totals stay as they are.

    Raises
    ------
    InputErrors
        If a cell of it is no key, or the new name is there already.
    """
    cells = {
        name: [cell for cell in table.coded(name).values if cell and not is_total(cell)]
        for name in table.header
    }
    told = [name for name, own in cells.items() if len(own) > 1 and all(map(keys.knows, own))]
    found = alike(table.header, keys.key) or told
    if len(found) != 1:
        return None
    (column,) = found
    strangers = [cell for cell in cells[column] if not keys.knows(cell)]
    faults = []
    if strangers:
        facts: dict[str, str | int] = {"keys": listed(strangers[:MOST_NAMED]), "table": keys.file}
        if len(strangers) > MOST_NAMED:
            facts["more"] = len(strangers) - MOST_NAMED
        faults.append(table.finding(code="statistics-key-unknown", column=column, facts=facts))
    if keys.feature != column and fold(keys.feature) in map(fold, table.header):
        faults.append(table.finding(code="statistics-key-taken", column=keys.feature))
    if faults:
        raise InputErrors(tuple(faults))
    read = table.coded(column).read(lambda cell: cell if is_total(cell) else keys.value(cell))
    columns = {
        (keys.feature if name == column else name): read if name == column else table.coded(name)
        for name in table.header
    }
    said: dict[str, str | int] = {"feature": keys.feature, "table": keys.file}
    told_ = table.finding(code="statistics-joined", column=column, facts=said)
    return table.with_columns(columns).noticing(told_)


def summed(cross: Cross) -> Cross:
    """The people of each combination of values together, at the first row that has it."""
    people: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    rows: dict[tuple[str, ...], int] = {}
    for cell in cross.cells:
        people[cell.values] += cell.people
        rows.setdefault(cell.values, cell.row)
    cells = (Cell(row=rows[own], values=own, people=count) for own, count in people.items())
    return replace(cross, cells=tuple(cells))


def unused(keys: Sequence[KeyTable], used: Sequence[KeyTable]) -> list[Finding]:
    """The tables of keys that no file of figures has a column for."""
    return [
        Finding(code="statistics-keys-unused", file=one.file, column=one.key)
        for one in keys
        if one not in used
    ]
