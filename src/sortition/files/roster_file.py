"""The roster of a published lottery, kept for the lists that its draw writes."""

from __future__ import annotations

import json

from sortition.files.pool import Roster
from sortition.files.tables import Table

SCHEMA = "sortition-roster/1"


def roster_json(roster: Roster) -> bytes:
    """A roster as JSON: every column as it came, without what was barred when it was read."""
    table = roster.table
    document = {
        "schema": SCHEMA,
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "id_column": roster.id_column,
        "header": table.header,
        "people": [{"id": id, "row": row} for id, row in zip(roster.ids, table.rows, strict=True)],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=0)}\n".encode()


def read_roster(content: bytes) -> Roster:
    """The roster in such a file, whose digest was checked before."""
    document = json.loads(content)
    rows = tuple(tuple(person["row"]) for person in document["people"])
    table = Table(
        file="",
        sheet="",
        header=tuple(document["header"]),
        rows=rows,
        row_numbers=tuple(range(2, len(rows) + 2)),
        digest="",
        delimiter=document["delimiter"],
        encoding=document["encoding"],
        doubtful={},
        assumed=(),
    )
    ids = tuple(person["id"] for person in document["people"])
    return Roster(table=table, id_column=document["id_column"], ids=ids)
