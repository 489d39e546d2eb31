"""The roster: a pool as it came, for lists, and as a file of its own until they are written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from json.encoder import encode_basestring as quoted
from typing import Self

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import Texts, content, respelled, side_by_side, texts
from sortition.tables.columns import free_name, match_column
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.rows import Table

Columns = Mapping[str, Mapping[str, str]]  # cells by id, of columns by name

SCHEMA = "sortition-roster/1"
NOBODY = b"[]\n}"  # at the end of a roster
ESCAPED = bytes([*range(0x20), *b'"\\'])  # what JSON spells in another way


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The pool as it came, contact details and all; only the lists that are written need it.

    Attributes
    ----------
    table : Table
    id_column : str or None
        None if the pool has no ids and its rows were numbered.
    ids : tuple of str
        The id of each row of the table, in NFC.
    """

    table: Table
    id_column: str | None
    ids: tuple[str, ...]

    def only(self, ids: Collection[str]) -> Self:
        """Some people, in the order of their rows."""
        places = [place for place, id in enumerate(self.ids) if id in ids]
        return replace(
            self, table=self.table.at(places), ids=tuple([self.ids[place] for place in places])
        )

    def keeping(self, columns: Iterable[str]) -> Self:
        """Everybody with the ids and these columns alone, in the order of the table.

        Raises
        ------
        InputErrors
            With every column that is not there.
        """
        faults: list[Finding] = []
        match = partial(match_column, self.table, unknown="list-column-unknown")
        found = [attempt(faults, partial(match, name)) for name in columns]
        if faults:
            raise InputErrors(tuple(faults))
        kept = [name for name in self.table.header if name in {*found, self.id_column}]
        return replace(self, table=self.table.keeping(kept))

    def beside(self, columns: Columns) -> Self:
        """Everybody with more columns; one whose name is taken gets another."""
        table = self.table
        for wanted, cells in columns.items():
            name = free_name(wanted, table.header)
            table = table.beside(name, [cells[id] for id in self.ids])
        return replace(self, table=table)

    def with_others(self, others: Self) -> Self:
        """These people and then others, in the columns that these have."""
        named = {fold(name): name for name in reversed(others.table.header)}
        blank = ("",) * others.table.size
        cells = {
            name: others.table.column(named[fold(name)]) if fold(name) in named else blank
            for name in self.table.header
        }
        if self.id_column is not None and others.id_column is not None:
            cells[self.id_column] = others.table.column(others.id_column)
        table = self.table.followed_by([others.table.with_columns(cells)])
        return replace(self, table=table, ids=(*self.ids, *others.ids))

    def own_words(self) -> dict[str, dict[str, str]]:
        """What everybody wrote of herself, by id and column."""
        header = [name or f"column {number}" for number, name in enumerate(self.table.header, 1)]
        return {
            id: dict(zip(header, map(str, row), strict=True))
            for id, row in zip(self.ids, self.table.rows, strict=True)
        }


def roster_json(roster: Roster) -> bytes:
    """A roster as JSON: every column as it came, without what was barred when it was read."""
    table = roster.table
    document: dict[str, object] = {
        "schema": SCHEMA,
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "id_column": roster.id_column,
        "header": table.header,
        "people": [],
    }
    text = json.dumps(document, ensure_ascii=False, indent=0).encode()
    people = [b"[\n", _people(roster), b"\n]\n}"] if roster.ids else [NOBODY]
    return b"".join([text.removesuffix(NOBODY), *people, b"\n"])


def _people(roster: Roster) -> bytes:
    """The people as `json.dumps` would set them, which for 200,000 would take seconds."""
    cells = side_by_side(list(map(_spelled, roster.table.cells.columns)), '",\n"')
    ids = _spelled(texts(roster.ids))
    people = side_by_side(['{\n"id": "', ids, '",\n"row": [\n"', cells, '"\n]\n},\n'], "")
    return content(people).removesuffix(b",\n")


def _spelled(column: Texts) -> Texts:
    """The cells as JSON spells them, without quotation marks around them."""
    return respelled(column, lambda cell: quoted(cell)[1:-1], signs=ESCAPED)


def read_roster(content: bytes) -> Roster:
    """The roster in such a file, whose digest was checked before."""
    document = json.loads(content)
    rows = tuple(tuple(person["row"]) for person in document["people"])
    table = replace(
        Table.of_rows(document["header"], rows),
        delimiter=document["delimiter"],
        encoding=document["encoding"],
    )
    ids = tuple(person["id"] for person in document["people"])
    return Roster(table=table, id_column=document["id_column"], ids=ids)
