from __future__ import annotations

import json

import pytest

from sortition.tables.roster import Roster, read_roster, roster_json
from sortition.tables.rows import Table

ROWS = [("Mette", 'a "b"\\\n\x00'), ("", "ø å 𝄞"), ("=1+1", "</script>")]


@pytest.mark.parametrize("count", range(len(ROWS) + 1))
def test_a_roster_is_written_as_the_json_module_would_and_comes_back(count: int) -> None:
    rows = ROWS[:count]
    ids = tuple(f"{number}ß" for number in range(count))
    table = Table.of_rows(["navn", "note"], rows)
    roster = Roster(table=table, id_column="navn", ids=ids)
    written = roster_json(roster)
    document = json.loads(written)
    assert [tuple(one["row"]) for one in document["people"]] == rows
    assert written.decode() == f"{json.dumps(document, ensure_ascii=False, indent=0)}\n"
    again = read_roster(written)
    assert (again.ids, again.table.header) == (ids, table.header)
    assert again.table.rows == tuple(rows)
