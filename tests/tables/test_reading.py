from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.tables.reading import read_table
from sortition.texts import describe
from tests.tables.making import codes, faults_of, places, write, write_workbook


def test_a_table(tmp_path: Path) -> None:
    data = b"id, age\n007 ,\xc2\xa042\n008,x\n"
    table = read_table(write(tmp_path / "pool.csv", data))
    assert (table.file, table.sheet, table.header) == ("pool.csv", "", ("id", "age"))
    assert table.rows == (("007", "42"), ("008", "x"))
    assert table.row_numbers == (2, 3)
    assert table.digest == sha256(data).hexdigest()
    assert table.column("age") == ("42", "x")
    assert table.assumed == ()
    assert "42" not in repr(table)


def test_missing_cells_are_blank(tmp_path: Path) -> None:
    assert read_table(write(tmp_path / "t.csv", "a,b,c\n1\n1,2\n")).rows == (
        ("1", "", ""),
        ("1", "2", ""),
    )


def test_blank_rows_and_columns_are_dropped_and_reported(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "a,,b,\n1,,2,\n,,,\n3,,4\n\n5,,6,,,\n"))
    assert (table.header, table.row_numbers) == (("a", "b"), (2, 4, 6))
    assert table.rows == (("1", "2"), ("3", "4"), ("5", "6"))
    assert table.assumed == (
        Finding(code="blank-rows-dropped", file="t.csv", facts={"count": 2}),
        Finding(code="blank-columns-dropped", file="t.csv", facts={"count": 2}),
    )


def test_an_empty_column_with_a_name_is_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "a,b\n1,\n"))
    assert (table.header, table.rows, table.assumed) == (("a", "b"), (("1", ""),), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("file-empty", None, "", "")]),
        ("\n , \n", [("file-empty", None, "", "")]),
        ("a,b\n", [("header-only", 1, "", "")]),
        ("a,b\n,\n", [("header-only", 1, "", "")]),
        ("a,b, a\n1,2,3\n", [("column-duplicate", None, "a", "")]),
        ("\u00e5,a\u030a\n1,2\n", [("column-duplicate", None, "a\u030a", "")]),
        ("a,,b\n1,,2\n1,x,2\n1,y,2\n", [("column-without-name", 3, "B", "")]),
        ("a,b\n1,2,3\n1,2\n1,,,4\n", [("row-too-long", 2, "", "3"), ("row-too-long", 4, "", "4")]),
        (
            "a,a\n1,Ã¦,3\n",
            [
                ("column-duplicate", None, "a", ""),
                ("row-too-long", 2, "", "3"),
                ("mojibake", 2, "a", "Ã¦"),
            ],
        ),
    ],
)
def test_faults(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None, str, str]]
) -> None:
    path = write(tmp_path / "t.csv", text)
    faults = faults_of(lambda: read_table(path))
    assert places(faults) == expected
    assert {fault.file for fault in faults} == {"t.csv"}


def test_columns_are_lettered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    names = ",".join(f"c{number}" for number in range(27))
    path = write(tmp_path / "t.csv", f"{names},\n{',' * 27}x\n")
    assert [fault.column for fault in faults_of(lambda: read_table(path))] == ["AB"]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    missing = tmp_path / "nothing.csv"
    assert faults_of(lambda: read_table(missing)) == (
        Finding(code="file-missing", file=str(missing)),
    )
    assert codes(faults_of(lambda: read_table(tmp_path))) == ["file-is-a-folder"]


@pytest.mark.parametrize("name", ["www.example.org/a.csv", "docs.google.com/spreadsheets/d/1"])
def test_an_address_without_its_scheme(tmp_path: Path, name: str) -> None:
    assert codes(faults_of(lambda: read_table(Path(name)))) == ["file-is-an-address"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"participants": [{"id": "1"}]}', "JSON"),
        ('[{"id": "1"}]', "JSON"),
        ("%PDF-1.4\n", "PDF"),
        ("<!DOCTYPE html><table><tr><td>id", "HTML"),
        ("[InternetShortcut]\nURL=x\n", "URL"),
        ("[a],b\n1,2\n", ""),
        ("<18,b\n1,2\n", ""),
    ],
)
def test_files_of_another_kind(tmp_path: Path, text: str, kind: str) -> None:
    path = write(tmp_path / "pool.csv", text)
    if not kind:
        assert read_table(path).size == 1
        return
    (fault,) = faults_of(lambda: read_table(path))
    assert (fault.code, fault.facts) == ("no-table", {"kind": kind})


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Pool 2025;;\nid;a;b\n1;2;3\n", ("id", "a", "b")),
        ("Pool 2025\n\nid;a;b\n1;2;3\n", ("id", "a", "b")),
        ("id\n1\n2\n", ("id",)),
    ],
)
def test_titles(tmp_path: Path, text: str, header: tuple[str, ...]) -> None:
    assert read_table(write(tmp_path / "t.csv", text)).header == header


def test_a_header_with_one_name_is_no_title_of_its_data(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "id,\n1,f\n2,m\n")
    assert codes(faults_of(lambda: read_table(path))) == ["column-without-name"]


def test_a_matrix_has_no_header(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("Folketallet efter område, køn og tid",),
        (None, None, "2026K3"),
        ("Ådum", "Mænd", 1234),
        (None, "Kvinder", 1250),
    ]
    (fault,) = faults_of(lambda: read_table(write_workbook(tmp_path / "m.xlsx", rows)))
    assert fault.code == "header-not-found"
    assert "matrix from StatBank" in describe(fault)


def test_a_workbook_has_no_delimiter_to_forget(tmp_path: Path) -> None:
    rows = [("a", "b"), ("1", "2", "3")]
    (fault,) = faults_of(lambda: read_table(write_workbook(tmp_path / "m.xlsx", rows)))
    assert "delimiter" not in describe(fault)
    (fault,) = faults_of(lambda: read_table(write(tmp_path / "m.csv", "a;b\n1;2;3\n")))
    assert "Perhaps a cell holds a semicolon" in describe(fault)
