from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.written.lists import csv_bytes, xlsx_bytes
from tests.tables.making import write, write_workbook


def _roster(path: Path, ids: tuple[str, ...], *, id_column: str | None = "id") -> Roster:
    return Roster(table=read_table(path), id_column=id_column, ids=ids)


def _sheet(roster: Roster, ids: set[str]) -> Worksheet:
    sheet = load_workbook(BytesIO(xlsx_bytes(roster, ids, title="panel"))).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_rows_as_they_came_sorted_by_id(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", 'note,id\nx,03\n"a, ""b""",01\n"two\nlines",02\nz,04\n')
    roster = _roster(path, ("03", "01", "02", "04"))
    assert csv_bytes(roster, {"01", "02", "03"}) == (
        b'note,id\n"a, ""b""",01\n"two\nlines",02\nx,03\n'
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("id;ø\n1;å,b\n".encode(), "id;ø\n1;å,b\n".encode()),
        ("id;ø\n1;å\n".encode("utf-8-sig"), "id;ø\n1;å\n".encode("utf-8-sig")),
        ("id;ø\n1;å\n".encode("cp1252"), "id;ø\n1;å\n".encode("utf-8-sig")),
        (b"id\tb\r\n1\tx\r\n", b"id\tb\n1\tx\n"),
    ],
)
def test_the_dialect_of_the_pool(tmp_path: Path, data: bytes, expected: bytes) -> None:
    assert csv_bytes(_roster(write(tmp_path / "p.csv", data), ("1",)), {"1"}) == expected


def test_the_list_of_a_workbook_opens_where_decimals_have_a_comma(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "p.xlsx", [["id", "ø"], [7, "å"]])
    assert csv_bytes(_roster(path, ("7",)), {"7"}) == "id;ø\n7;å\n".encode("utf-8-sig")


def test_formulas_are_neutralised(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", 'id,=a\n+1,@x\n-2,a=b\n\'3,"=1,2"\n')
    assert csv_bytes(_roster(path, ("+1", "-2", "'3")), {"+1", "-2", "'3"}) == (
        b"id,'=a\n'3,\"'=1,2\"\n'+1,'@x\n'-2,a=b\n"
    )


def test_a_lone_carriage_return_does_not_break_the_row(tmp_path: Path) -> None:
    roster = _roster(write(tmp_path / "p.csv", b'id,a\n1,"x\ry"\n'), ("1",))
    assert csv_bytes(roster, {"1"}) == b'id,a\n1,"x\ry"\n'


def test_numbered_rows_show_their_numbers(tmp_path: Path) -> None:
    roster = _roster(write(tmp_path / "p.csv", "a\nx\ny\n"), ("1", "2"), id_column=None)
    assert csv_bytes(roster, {"2"}) == b"id,a\n2,y\n"
    assert [cell.value for cell in next(_sheet(roster, {"2"}).iter_rows())] == ["id", "a"]


def test_nobody_is_a_list_too(tmp_path: Path) -> None:
    assert csv_bytes(_roster(write(tmp_path / "p.csv", "id,a\n1,x\n"), ("1",)), set()) == b"id,a\n"


def test_a_workbook_holds_text_and_computes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "id,a,b\n007,=1+1,\n008,#N/A,x\x07y\n")
    sheet = _sheet(_roster(path, ("007", "008")), {"007", "008"})
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [("id", "s"), ("a", "s"), ("b", "s")],
        [("007", "s"), ("=1+1", "s"), (None, "n")],
        [("008", "s"), ("#N/A", "s"), ("x\ufffdy", "s")],
    ]
    assert [bool(cell.quotePrefix) for cell in sheet[2]] == [False, True, False]
    assert sheet.title == "panel"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert all(cell.font.b for cell in sheet[1])
    assert not any(cell.font.b for cell in sheet[2])


def test_the_same_people_give_the_same_bytes(tmp_path: Path) -> None:
    roster = _roster(write(tmp_path / "p.csv", "id,a\n1,x\n2,y\n"), ("1", "2"))
    data = xlsx_bytes(roster, {"2", "1"}, title="panel")
    workbook = load_workbook(BytesIO(data))
    assert workbook.properties.created == workbook.properties.modified
    assert workbook.properties.created is not None
    assert workbook.properties.created.year == 1980
    assert xlsx_bytes(roster, {"1", "2"}, title="panel") == data
    assert xlsx_bytes(roster, {"1"}, title="panel") != data
