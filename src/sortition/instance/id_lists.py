"""Lists of ids: who leaves a panel, or who else is not to be drawn."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from sortition.errors import Finding, InputErrors
from sortition.tables.columns import heads_ids, named_for_ids
from sortition.tables.content import File
from sortition.tables.ids import with_zeros
from sortition.tables.labels import listed, nfc
from sortition.tables.reading import read_bytes, read_table
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody on a list of ids, and where she stands."""

    file: str
    sheet: str
    row: int
    id: str

    def finding(self, code: str, facts: dict[str, str | int] | None = None) -> Finding:
        """What is wrong with her on this list."""
        return Finding(
            code=code,
            file=self.file,
            sheet=self.sheet,
            row=self.row,
            value=self.id,
            facts=facts or {},
        )


def read_id_table(path: File, *, id_column: str, known: Collection[str]) -> Table:
    """Read a list of ids as a table; where it has no header, the ids' own name is put above it.

    Parameters
    ----------
    path : File
        CSV or XLSX.
    id_column : str
        The name that the pool has for it.
    known : collection of str
        All ids. A first line that is one of them is no header.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    try:
        table = read_table(path, headed=heads_ids(id_column))
    except InputErrors as errors:
        lone = _lone_id(path, known) if _is_header_only(errors) else None
        if lone is None:
            raise
        return Table.of_rows((id_column,), ((lone,),), file=path.name, first_row=1)
    if len(table.header) == 1 and nfc(table.header[0]) in known:
        return replace(
            table,
            cells=Table.of_rows((id_column,), (table.header, *table.rows)).cells,
            row_numbers=(min(table.row_numbers) - 1, *table.row_numbers),
            doubtful={(row, id_column): code for (row, _), code in table.doubtful.items()},
        )
    return with_zeros(table, id_column_of(table, id_column), known)


def listed_ids(table: Table, faults: list[Finding], *, id_column: str) -> tuple[Listed, ...]:
    """Everybody on a list of ids, in its order, those who stand there twice among them.

    Parameters
    ----------
    table : Table
    faults : list of Finding
        Ids that are blank or doubtful are added to them; who has one is left out.
    id_column : str
        The name that the pool has for it.

    Raises
    ------
    InputErrors
        If the column of the ids cannot be told.
    """
    column = id_column_of(table, id_column)
    if column is None:
        facts = {"wanted": id_column, "seen": listed(table.header)}
        raise InputErrors((table.finding(code="dropouts-column", facts=facts),))
    doubts = table.doubts({column})
    faults += doubts
    doubted = {doubt.row for doubt in doubts}
    people = []
    for row, cell in zip(table.row_numbers, table.column(column), strict=True):
        if not cell:
            faults.append(table.finding(code="id-blank", row=row, column=column))
        elif row not in doubted:
            people.append(Listed(file=table.file, sheet=table.sheet, row=row, id=nfc(cell)))
    return tuple(people)


def id_column_of(table: Table, wanted: str) -> str | None:
    """The column of the pool's name, the only one, or the one whose name is known for ids."""
    if wanted in table.header:
        return wanted
    if len(table.header) == 1:
        return table.header[0]
    named = named_for_ids(table, taken=())
    return named[0] if len(named) == 1 else None


def repeated(people: Collection[Listed]) -> Iterator[Finding]:
    """Those who are listed twice."""
    first: dict[str, int] = {}
    for one in people:
        if one.id in first:
            yield one.finding("dropout-twice", {"first": first[one.id]})
        first.setdefault(one.id, one.row)


def unknown(one: Listed, ids: Collection[str]) -> Finding:
    """The fault of an id that nobody has, with the closest one if any."""
    found = difflib.get_close_matches(one.id, sorted(ids), n=1, cutoff=0.75)
    return one.finding("dropout-unknown", {"closest": found[0]} if found else {})


def _is_header_only(errors: InputErrors) -> bool:
    return all(fault.code == "header-only" for fault in errors.faults)


def _lone_id(path: File, known: Collection[str]) -> str | None:
    """The one id that is all a text file holds."""
    try:
        text = nfc(read_bytes(path).decode("utf-8-sig").strip())
    except UnicodeDecodeError:
        return None
    return text if text in known else None
