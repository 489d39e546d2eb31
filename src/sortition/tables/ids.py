"""What people of a pool are called: the ids of their column, or the numbers of their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from unicodedata import category

from sortition.errors import Finding, InputErrors
from sortition.tables.columns import choose_id_column, codes, match_column, matched
from sortition.tables.labels import listed, nfc
from sortition.tables.rows import Table

INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}  # Unicode categories: control, format, separators of lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The id of each row of a table, in NFC, and the column they come from, if any."""

    column: str | None
    ids: tuple[str, ...]
    assumed: tuple[Finding, ...]


def read_ids(table: Table, wanted: str | None, *, taken: Collection[str]) -> Ids:
    """Find the ids.

    Parameters
    ----------
    wanted : str or None
        The name of their column; None to tell it by its name.
    taken : collection of str
        Columns that are used for something else.

    Raises
    ------
    InputErrors
        If the column cannot be told, or an id is missing, doubtful, invisible or not unique.
    """
    if wanted is not None:
        column = match_column(table, wanted, unknown="id-column-unknown")
        assumed = matched(table, wanted, column)
    else:
        chosen = choose_id_column(table, taken=taken)
        if chosen is None:
            return _numbered(table, codes(table, taken=taken))
        column = chosen
        assumed = (table.finding(code="id-column-assumed", column=column),)
    cells = table.column(column)
    ids = cells if "".join(cells).isascii() else tuple(map(nfc, cells))
    doubts = table.doubts({column})
    doubted = {doubt.row for doubt in doubts}
    faults = [fault for fault in _id_faults(table, column, ids) if fault.row not in doubted]
    if doubts or faults:
        raise InputErrors((*doubts, *faults))
    return Ids(column=column, ids=ids, assumed=assumed)


def _numbered(table: Table, others: Collection[str]) -> Ids:
    ids = table.numbers()
    facts = {"first": ids[0], "last": ids[-1]}
    if others:
        facts["columns"] = listed(others)
    return Ids(column=None, ids=ids, assumed=(table.finding(code="rows-numbered", facts=facts),))


def _id_faults(table: Table, column: str, ids: tuple[str, ...]) -> Iterator[Finding]:
    if all(ids) and len(set(ids)) == len(ids) and "".join(ids).isprintable():
        return
    first: dict[str, int] = {}
    for row, id in zip(table.row_numbers, ids, strict=True):
        if code := id_fault(id):
            yield table.finding(code=code, row=row, column=column, value=id)
        before = first.setdefault(id, row)
        if id and before != row:
            yield table.finding(
                code="id-duplicate", row=row, column=column, value=id, facts={"first": before}
            )


def id_fault(id: str) -> str:
    """The code of what is wrong with an id by itself; empty if nothing is."""
    if not id:
        return "id-blank"
    hidden = not id.isprintable() and any(category(letter) in INVISIBLE for letter in id)
    return "id-invisible" if hidden else ""


def with_zeros(table: Table, column: str | None, known: Collection[str]) -> Table:
    """A list of ids with the zeros that a spreadsheet took from the beginning of some of them.

    A cell that is nobody's id means the one id that differs from it by such zeros alone; the table
    states who was meant. If several could be meant, the cell stays.
    """
    if column is None:
        return table
    meant: dict[str, list[str]] = {}
    for id in known:
        if id.isascii() and id.isdecimal():
            meant.setdefault(id.lstrip("0"), []).append(id)
    restored = {
        cell: meant[cell.lstrip("0")][0]
        for cell in set(table.column(column)) - set(known)
        if cell.isascii() and cell.isdecimal() and len(meant.get(cell.lstrip("0"), ())) == 1
    }
    if not restored:
        return table
    cells = table.coded(column).read(lambda cell: restored.get(cell, cell))
    told = [
        table.finding(
            code="id-zeros", row=row, column=column, value=cell, facts={"id": restored[cell]}
        )
        for row, cell in zip(table.row_numbers, table.column(column), strict=True)
        if cell in restored
    ]
    return table.changed({column: cells}).noticing(*told)
