from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.tables.reading import read_table
from tests.tables.making import codes, faults_of, places, write


@pytest.mark.parametrize(
    ("text", "delimiter", "header", "reported"),
    [
        ("id,age\n1,2\n", ",", ("id", "age"), []),
        ("id;age\n1;2\n", ";", ("id", "age"), ["semicolon"]),
        ("id\tage\n1\t2\n", "\t", ("id", "age"), ["tab"]),
        ('id;"age, in years";b\n1;2;3\n', ";", ("id", "age, in years", "b"), ["semicolon"]),
        ('id,"a;b;c;d"\n1,2\n', ",", ("id", "a;b;c;d"), []),
        ("a;b,c,d\n1,2,3\n", ",", ("a;b", "c", "d"), ["comma"]),
        ("a,b;c\n1,2\n", ",", ("a", "b;c"), ["comma"]),
        ("id\n1\n", ",", ("id",), []),
        ("\n\nid;age\n1;2\n", ";", ("id", "age"), ["semicolon"]),
    ],
)
def test_delimiters(
    tmp_path: Path, text: str, delimiter: str, header: tuple[str, ...], reported: list[str]
) -> None:
    table = read_table(write(tmp_path / "t.csv", text))
    assert (table.delimiter, table.header) == (delimiter, header)
    found = [finding.value for finding in table.assumed if finding.code == "delimiter-assumed"]
    assert found == reported


@pytest.mark.parametrize(
    ("data", "encoding", "assumed"),
    [
        ("id,ø\n1,æ–å\n".encode(), "utf-8", []),
        (codecs.BOM_UTF8 + "id,ø\n1,æ–å\n".encode(), "utf-8-sig", []),
        ("id,ø\n1,æ–å\n".encode("cp1252"), "windows-1252", ["encoding-assumed"]),
        (codecs.BOM_UTF16_LE + "id,ø\n1,æ–å\n".encode("utf-16-le"), "utf-16", []),
        (codecs.BOM_UTF16_BE + "id,ø\n1,æ–å\n".encode("utf-16-be"), "utf-16", []),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str, assumed: list[str]) -> None:
    table = read_table(write(tmp_path / "t.csv", data))
    assert (table.encoding, table.header, table.rows) == (encoding, ("id", "ø"), (("1", "æ–å"),))
    assert codes(table.assumed) == assumed


def test_two_byte_encodings_without_a_mark_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "id,age\n1,2\n".encode("utf-16-le"))
    assert codes(faults_of(lambda: read_table(path))) == ["wrong-encoding"]


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"\x00\xd8", codecs.BOM_UTF16_BE + b"a"])
def test_two_byte_encodings_that_are_damaged_are_refused(tmp_path: Path, data: bytes) -> None:
    assert codes(faults_of(lambda: read_table(write(tmp_path / "t.csv", data)))) == [
        "wrong-encoding"
    ]


def test_a_nul_byte_is_placed(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", b"id,age\n1,2\n2,\x003\n")
    assert faults_of(lambda: read_table(path)) == (
        Finding(code="wrong-encoding", file="t.csv", row=3),
    )


def test_bytes_outside_windows_1252_are_placed(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", b"id,navn\n1,S\xf8ren\n2,S\x81ren\n")
    assert places(faults_of(lambda: read_table(path))) == [
        ("wrong-encoding", 3, "navn", "S\ufffdren")
    ]


@pytest.mark.parametrize(
    "text", ["fÃ¦l", "KÃ¸n", "KÃ˜N", "Ã…se", "16â€“25", "Â\u00a0x", "K\ufffdn"]
)
def test_mojibake_is_refused_where_it_stands(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "t.csv", f"id,a\n1,ok\n2,{text}\n")
    assert places(faults_of(lambda: read_table(path))) == [("mojibake", 3, "a", text)]


def test_utf8_with_one_foreign_byte_is_mojibake(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "id,ø\n1,".encode() + b"\xe5\n")
    assert places(faults_of(lambda: read_table(path))) == [("mojibake", 1, "Ã¸", "Ã¸")]


@pytest.mark.parametrize("text", ["»SØ«", "“CAFÉ”", "PÅ…", "SÃO", "Châtelet", "ï ÆØÅ æøå ñ ü"])
def test_honest_letters_are_no_mojibake(tmp_path: Path, text: str) -> None:
    assert read_table(write(tmp_path / "t.csv", f"id,a\n1,{text}\n")).rows == (("1", text),)


def test_rows_are_numbered_by_the_line_they_start_in(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", 'id,note\n1,"two\r\nlines"\r\n2,x\r\n\n3,y\n'))
    assert table.row_numbers == (2, 4, 6)
    assert table.rows[0] == ("1", "two\r\nlines")


@pytest.mark.parametrize("row", ['2,"open\n3,x', '2,"a"b\n3,x', '2,"' + "x" * 200_000])
def test_quotation_marks_that_do_not_match(tmp_path: Path, row: str) -> None:
    path = write(tmp_path / "t.csv", f"id,note\n1,x\n{row}\n")
    assert faults_of(lambda: read_table(path)) == (Finding(code="csv-quotes", file="t.csv", row=3),)
