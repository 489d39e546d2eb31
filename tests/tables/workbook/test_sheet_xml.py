"""Sheets as other programs than openpyxl write them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from tests.tables.making import merge, places, write_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HEAD = '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>a</v></c></row>'


def _read(tmp_path: Path, sheet: str, *, prefix: str = "", strings: str = "") -> Table:
    """A workbook with this XML in its sheet, under a header of `id` and `a`."""
    path = write_workbook(tmp_path / "t.xlsx", [["x"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    tag = f"{prefix}:" if prefix else ""
    head = re.sub("<(/?)", rf"<\1{tag}", HEAD)
    body = f"<{tag}sheetData>{head}{sheet}</{tag}sheetData>"
    parts[SHEET] = f'<{tag}worksheet {name}="{MAIN}">{body}</{tag}worksheet>'.encode()
    if strings:
        parts[STRINGS] = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
        types = parts["[Content_Types].xml"].decode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        declared = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = types.replace("</Types>", declared).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return read_table(path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2" t="inlineStr"><is><t>x</t></is></c>', "x"),
        ('<c r="B2" t="inlineStr"><is><r><t>x</t></r><r><rPr/><t> y</t></r></is></c>', "x y"),
        ('<c r="B2" t="inlineStr"><is>\n  <t>x</t>\n  </is></c>', "x"),
        ('<c r="B2" t="inlineStr"><is><t>æ &amp; &lt;ø&gt;</t></is></c>', "æ & <ø>"),
        ('<c r="B2" t="str"><f>CONCAT("x","y")</f><v>xy</v></c>', "xy"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B2"><f>1+2</f><v>3</v></c>', "3"),
        ('<c r="B2"><v>3.0</v></c>', "3"),
        ('<c r="B2"><v>1E2</v></c>', "100"),
        ('<c r="B2" t="n"><v>0.1</v></c>', "0.1"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ("<c><v>7</v></c>", "7"),
        ('<c r="B2"/>', ""),
        ("", ""),
    ],
)
def test_cells(tmp_path: Path, cell: str, text: str) -> None:
    table = _read(tmp_path, f'<row r="2"><c r="A2"><v>1</v></c>{cell}</row>')
    assert (table.rows, table.doubtful) == ((("1", text),), {})


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ('<c r="B2" t="d"><v>2026-10-05T00:00:00</v></c>', "date-cell"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "error-cell"),
        ('<c r="B2"><f>1+2</f></c>', "formula-without-value"),
        ('<c r="B2"><v>1E16</v></c>', "number-too-long"),
    ],
)
def test_doubtful_cells(tmp_path: Path, cell: str, doubt: str) -> None:
    table = _read(tmp_path, f'<row r="2"><c r="A2"><v>1</v></c>{cell}</row>')
    assert table.doubtful == {(2, "a"): doubt}


def test_shared_strings_without_how_they_are_pronounced(tmp_path: Path) -> None:
    strings = "<si><t>x </t></si><si><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></si><si/>"
    cells = "".join(f'<c r="{column}2" t="s"><v>{n}</v></c>' for n, column in enumerate("AB"))
    row = '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c></row>'
    table = _read(tmp_path, f'<row r="2">{cells}</row>{row}', strings=strings)
    assert table.rows == (("x", "ab"), ("ab", ""))


def test_names_with_a_prefix(tmp_path: Path) -> None:
    row = '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="B2"><x:v>2</x:v></x:c></x:row>'
    assert _read(tmp_path, row, prefix="x").rows == (("1", "2"),)


def test_rows_and_cells_without_their_numbers(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    table = _read(tmp_path, rows)
    assert (table.rows, table.row_numbers) == ((("1", "2"), ("3", "")), (2, 3))


def test_rows_that_are_left_out_are_counted(tmp_path: Path) -> None:
    table = _read(tmp_path, '<row r="5"><c r="A5"><v>1</v></c></row>')
    assert table.row_numbers == (5,)
    assert [dict(found.facts) for found in table.assumed] == [{"count": 3}]


def test_merged_cells_fill_the_rows_they_span(tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "a", "b"], [1, "x", "p"], [2, None, "p"], [], [3, None, "q"]]
    path = write_workbook(tmp_path / "t.xlsx", [*rows, [4, None, None], [5, "y", "r"]])
    workbook = load_workbook(path)
    merge(workbook["S1"], ["B2:B5", "B6:C6", "B7:C9"])
    workbook.save(path)
    table = read_table(path)
    assert table.rows == (
        ("1", "x", "p"),
        ("2", "x", "p"),
        ("3", "x", "q"),
        ("4", "", ""),
        ("5", "y", ""),
    )
    assert table.merged == {(3, "a"): 2, (5, "a"): 2}
    assert places(table.assumed) == [
        ("blank-rows-dropped", None, "", ""),
        ("cells-merged", 2, "a", ""),
    ]
