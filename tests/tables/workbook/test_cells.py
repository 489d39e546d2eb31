from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from sortition.errors import Finding
from sortition.tables.reading import read_table
from sortition.tables.workbook.refusals import LARGEST_WORKBOOK, OLE_MAGIC
from tests.tables.making import codes, faults_of, places, write, write_workbook


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012345, "General", "123456789012345"),
        (7, "000", "007"),
        (0.48, "0%", "48%"),
        (1, "0%", "100%"),
        ("007", "General", "007"),
        (" \u00a0x y\u00a0", "General", "x y"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        (None, "General", ""),
    ],
)
def test_cells_as_text(tmp_path: Path, value: object, number_format: str, text: str) -> None:
    path = write_workbook(tmp_path / "t.xlsx", [["id", "a"], ["1", value]])
    workbook = load_workbook(path)
    workbook["S1"]["B2"].number_format = number_format
    workbook.save(path)
    table = read_table(path)
    assert table.rows == (("1", text),)
    assert table.doubtful == {}


def test_cells_nobody_typed_are_doubtful(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "t.xlsx",
        [
            ["id", "a"],
            ["1", datetime.date(2025, 10, 5)],
            ["2", datetime.datetime(2025, 10, 5, 12, 30)],
            ["3", "#N/A"],
            ["4", "=1+1"],
            ["5", 1234567890123456],
        ],
    )
    table = read_table(path)
    assert places(table.doubts({"a"})) == [
        ("date-cell", 2, "a", "2025-10-05"),
        ("date-cell", 3, "a", "2025-10-05 12:30:00"),
        ("error-cell", 4, "a", "#N/A"),
        ("formula-without-value", 5, "a", ""),
        ("number-too-long", 6, "a", "1.23456789012346e+15"),
    ]
    assert table.doubts({"id"}) == []


def test_one_sheet_is_no_choice(tmp_path: Path) -> None:
    table = read_table(write_workbook(tmp_path / "t.xlsx", [["id", "a"], ["1", "x"]]))
    assert (table.sheet, table.assumed) == ("S1", ())
    assert (table.delimiter, table.encoding) == ("", "")


def test_the_first_sheet_that_is_not_empty(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", [], [["id", "a"], ["1", "x"]], [["other"], ["y"]])
    table = read_table(path)
    assert (table.sheet, table.header) == ("S2", ("id", "a"))
    assert table.assumed == (
        Finding(code="sheet-chosen", file="t.xlsx", sheet="S2", facts={"others": "“S1”, “S3”"}),
    )


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "t.xlsx", [["old", "b"], ["1", "x"]], [["id", "a"], ["1", "x"]]
    )
    workbook = load_workbook(path)
    workbook["S1"].sheet_state = "hidden"
    workbook.active = 1
    workbook.save(path)
    assert read_table(path).sheet == "S2"


def test_title_rows_above_the_header(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Pool of May 2025"], [], ["id", "a"], [7, "x"], [], [8, "y"]]
    table = read_table(write_workbook(tmp_path / "t.xlsx", rows))
    assert (table.header, table.rows) == (("id", "a"), (("7", "x"), ("8", "y")))
    assert table.row_numbers == (4, 6)
    assert [(found.code, found.row, dict(found.facts)) for found in table.assumed] == [
        ("title-rows-skipped", 3, {"count": 1}),
        ("blank-rows-dropped", None, {"count": 2}),
    ]


def test_wrong_dimensions_cut_nothing_off(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", [["id", "a"], ["1", "x"], ["2", "y"]])
    _rewrite(path, "xl/worksheets/sheet1.xml", b'ref="A1:B3"', b'ref="A1:A1"')
    assert read_table(path).rows == (("1", "x"), ("2", "y"))


def test_the_content_tells_a_workbook(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.csv", [["id", "a"], ["1", "x"]])
    assert codes(read_table(path).assumed) == ["workbook-by-content"]


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")


def _broken(path: Path) -> None:
    write_workbook(path, [["id"], ["1"]])
    _rewrite(path, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><")


def _truncated(path: Path) -> None:
    write_workbook(path, [["id"], ["1"]])
    path.write_bytes(path.read_bytes()[:-200])


def _bomb(path: Path) -> None:
    write_workbook(path, [["id"], ["1"]])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/zeros.bin", "w") as member,
    ):
        for _ in range(LARGEST_WORKBOOK // 10_000_000 + 1):
            member.write(bytes(10_000_000))


def _rewrite(path: Path, name: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    assert re.search(old, members[name])
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, re.sub(old, new, data) if member == name else data)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: write(path, "id,a\n1,2\n"), "not-a-workbook"),
        (lambda path: write(path, b"PK\x03\x04 and nothing more"), "not-a-workbook"),
        (_zip, "not-a-workbook"),
        (_broken, "not-a-workbook"),
        (_truncated, "not-a-workbook"),
        (_bomb, "workbook-too-large"),
        (lambda path: write(path, OLE_MAGIC + bytes(600)), "not-a-workbook"),
        (
            lambda path: write(path, OLE_MAGIC + "EncryptedPackage".encode("utf-16-le")),
            "workbook-encrypted",
        ),
        (lambda path: write(path, b""), "file-empty"),
        (lambda path: write_workbook(path, [], []), "file-empty"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "t.xlsx"
    make(path)
    assert codes(faults_of(lambda: read_table(path))) == [code]


def test_a_computed_formula_is_its_value(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["id", "a"])
    sheet.append(["1", "=40+2"])
    workbook.save(path)
    _rewrite(path, "xl/worksheets/sheet1.xml", b"<v ?/>|<v></v>", b"<v>42</v>")
    table = read_table(path)
    assert (table.rows, table.doubtful) == ((("1", "42"),), {})


def test_what_a_library_says_of_a_damaged_workbook_is_not_repeated(tmp_path: Path) -> None:
    whole = write_workbook(tmp_path / "whole.xlsx", [["id", "a"], ["1", "x"]])
    workbook = load_workbook(whole)
    workbook.create_sheet("lost")
    workbook.save(whole)
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                assert b'r:id="rId2"' in part
                part = part.replace(b'r:id="rId2"', b'r:id=""')  # a sheet that is nowhere
            new.writestr(name, part)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert read_table(path).rows == (("1", "x"),)
    assert told == []


def test_rows_that_are_hidden_are_read_and_counted(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", [["id", "a"], ["1", "x"], ["2", "y"], ["3", "z"]])
    workbook = load_workbook(path)
    for row in (2, 4):
        workbook["S1"].row_dimensions[row].hidden = True
    workbook["S1"].column_dimensions["B"].hidden = True
    workbook.save(path)
    table = read_table(path)
    (told,) = [finding for finding in table.assumed if finding.code == "rows-hidden"]
    assert (table.size, told.facts["count"]) == (3, 2)
