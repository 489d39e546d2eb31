"""Workbooks that are no XLSX: ODS as LibreOffice writes it, old XLS, and XLSB."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sortition.tables.reading import read_table
from sortition.tables.workbook.records import hidden_rows
from tests.tables.making import codes, faults_of, places, write

# pool.xls was written by xlwt 1.3.0, and pool.xlsb by pyxlsbwriter 0.1.0
FILES = Path(__file__).parent / "files"


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.3"><office:automatic-styles>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/>
</style:style><style:style style:name="gone" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>"""
ATTRIBUTES = {
    "valuetype": "office:value-type",
    "value": "office:value",
    "datevalue": "office:date-value",
    "booleanvalue": "office:boolean-value",
    "stringvalue": "office:string-value",
    "told": "calcext:value-type",
    "formula": "table:formula",
    "numbercolumnsrepeated": "table:number-columns-repeated",
    "numberrowsspanned": "table:number-rows-spanned",
    "numbercolumnsspanned": "table:number-columns-spanned",
}


def ods(path: Path, *sheets: Sequence[Sequence[str]], hidden: int | None = None) -> Path:
    """A workbook with the sheets S1, S2, …; a cell is a text, or what `cell` makes."""
    tables = []
    for number, rows in enumerate(sheets, start=1):
        style = "gone" if number == hidden else "ta1"
        written = "".join(
            f"<table:table-row>{''.join(map(_as_cell, cells))}</table:table-row>" for cells in rows
        )
        name = f'table:name="S{number}" table:style-name="{style}"'
        tables.append(f"<table:table {name}>{written}</table:table>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", CONTENT.format("".join(tables)))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def _as_cell(text: str) -> str:
    return text if text.startswith("<") else cell(text, valuetype="string")


def cell(text: str | None = None, *, kind: str = "table-cell", **attributes: str) -> str:
    """A cell; an attribute such as ``date-value`` is written ``datevalue``."""
    given = "".join(f' {ATTRIBUTES[name]}="{value}"' for name, value in attributes.items())
    content = "" if text is None else text if text.startswith("<") else f"<text:p>{text}</text:p>"
    return f"<table:{kind}{given}>{content}</table:{kind}>"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("0017", valuetype="float", value="17"), "0017"),
        (cell("17", valuetype="float", value="17"), "17"),
        (cell("18", valuetype="float", value="17.6"), "17.6"),
        (cell("1.234", valuetype="float", value="1234"), "1234"),
        (cell("51,5 %", valuetype="percentage", value="0.515"), "51.5%"),
        (cell("52 %", valuetype="percentage", value="0.515"), "51.5%"),
        (cell("SAND", valuetype="boolean", booleanvalue="true"), "TRUE"),
        (cell(" x ", valuetype="string"), "x"),
        (cell("#N/A", valuetype="string"), "#N/A"),  # typed
        (cell("42", valuetype="float", value="42", formula="of:=40+2"), "42"),
        (cell("", valuetype="string", formula="of:=&quot;&quot;"), ""),
        (cell(), ""),
    ],
)
def test_cells_of_ods(tmp_path: Path, written: str, text: str) -> None:
    table = read_table(ods(tmp_path / "t.ods", [["id", "a"], ["007", written]]))
    assert (table.rows, table.doubtful, table.assumed) == ((("007", text),), {}, ())


def test_cells_of_ods_that_nobody_typed(tmp_path: Path) -> None:
    cells = [
        cell("05/10/25", valuetype="date", datevalue="2025-10-05"),
        cell("05/10/25", valuetype="date", datevalue="2025-10-05T12:30:00"),
        cell("#N/A", valuetype="string", formula="of:=NA()"),
        cell("#NAVN?", valuetype="string", told="error", formula="of:=FOO()"),
        cell("Err:502", valuetype="float", value="0", formula="of:=FOO()"),
        cell(formula="of:=1+1"),
        cell("1.23E16", valuetype="float", value="12345678901234567"),
    ]
    rows = [[str(number), one] for number, one in enumerate(cells)]
    table = read_table(ods(tmp_path / "t.ods", [["id", "a"], *rows]))
    assert places(table.doubts({"a"})) == [
        ("date-cell", 2, "a", "2025-10-05"),
        ("date-cell", 3, "a", "2025-10-05 12:30:00"),
        ("error-cell", 4, "a", "#N/A"),
        ("error-cell", 5, "a", "#NAVN?"),
        ("error-cell", 6, "a", "Err:502"),
        ("formula-without-value", 7, "a", ""),
        ("number-too-long", 8, "a", "1.23456789012346e+16"),
    ]


def test_rows_of_ods_that_a_filter_hides_are_read_and_told(tmp_path: Path) -> None:
    path = ods(tmp_path / "t.ods", [["id", "a"], ["1", "x"], ["2", "y"]])
    ends = b"</table:table-row>"
    hidden = b'<table:table-row table:visibility="filter">'
    _rewrite(path, ends + b"<table:table-row>", ends + hidden)  # the first row below the header
    table = read_table(path)
    (told,) = table.assumed
    assert (table.size, told.code, told.facts["count"]) == (2, "rows-hidden", 1)


def test_rows_and_cells_of_ods_that_are_repeated(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "t.ods",
        [
            ["id", "a", "b", "c", cell(numbercolumnsrepeated="16380")],
            ["1", cell("x", valuetype="string", numbercolumnsrepeated="2"), "y"],
            [cell(numbercolumnsrepeated="2"), "z"],
        ],
    )
    _rewrite(
        path,
        b"</table:table>",
        b'<table:table-row table:number-rows-repeated="7"><table:table-cell/></table:table-row>'
        b'<table:table-row table:number-rows-repeated="2"><table:table-cell '
        b'office:value-type="float" office:value="5"/></table:table-row>'
        b'<table:table-row table:number-rows-repeated="1048565"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>',
    )
    table = read_table(path)
    assert table.rows == (
        ("1", "x", "x", "y"),
        ("", "", "z", ""),
        ("5", "", "", ""),
        ("5", "", "", ""),
    )
    assert table.row_numbers == (2, 3, 11, 12)
    assert [dict(found.facts) for found in table.assumed] == [{"count": 7}]


def _rewrite(path: Path, old: bytes, new: bytes, part: str = "content.xml") -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_merged_cells_of_ods(tmp_path: Path) -> None:
    over = cell("x", valuetype="string", numberrowsspanned="2", numbercolumnsspanned="1")
    rows = [["id", "a"], ["1", over], ["2", cell(kind="covered-table-cell")], ["3", "y"]]
    table = read_table(ods(tmp_path / "t.ods", rows))
    assert table.rows == (("1", "x"), ("2", "x"), ("3", "y"))
    assert table.merged == {(3, "a"): 2}


def test_what_is_seen_of_a_text_in_ods(tmp_path: Path) -> None:
    words = '<text:p>a\n   <text:span>b</text:span><text:s text:c="2"/>c</text:p><text:p>d</text:p>'
    spaced = cell(words, valuetype="string")
    path = ods(tmp_path / "t.ods", [["id", "a"], ["1", spaced], ["2", "noted"]])
    _rewrite(
        path,
        b"<text:p>noted",
        b"<office:annotation><text:p>a remark</text:p></office:annotation><text:p>noted",
    )
    assert read_table(path).column("a") == ("a b  c\nd", "noted")


def test_sheets_of_ods(tmp_path: Path) -> None:
    old, new = [["old", "b"], ["1", "x"]], [["id", "a"], ["1", "x"]]
    path = ods(tmp_path / "t.ods", old, [], new, hidden=1)
    table = read_table(path)
    assert (table.sheet, codes(table.assumed)) == ("S3", ["sheet-chosen"])
    assert read_table(path, "S1").header == ("old", "b")
    assert codes(faults_of(lambda: read_table(path, "S4"))) == ["sheet-unknown"]


def _encrypted(path: Path) -> None:
    ods(path, [["id", "a"], ["1", "x"]])
    hidden = b"<manifest:encryption-data/></manifest:manifest>"
    _rewrite(path, b"</manifest:manifest>", hidden, "META-INF/manifest.xml")


def _entities(path: Path) -> None:
    ods(path, [["id", "a"], ["1", "x"]])
    _rewrite(
        path, b"<office:document-content", b'<!DOCTYPE x [<!ENTITY a "b">]><office:document-content'
    )


def _endless(path: Path) -> None:
    ods(path, [["id", "a"], ["1", cell("x", valuetype="string", numbercolumnsrepeated="16000")]])
    _rewrite(path, b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">')


def _beyond(path: Path) -> None:
    ods(path, [["id", cell("x", valuetype="string", numbercolumnsrepeated="999999999")]])


def _broken(path: Path) -> None:
    ods(path, [["id", "a"], ["1", "x"]])
    _rewrite(path, b"</table:table>", b"</table:tabl>")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_encrypted, "workbook-encrypted"),
        (_entities, "workbook-with-entities"),
        (_endless, "table-too-large"),
        (_beyond, "not-a-workbook"),
        (_broken, "not-a-workbook"),
        (lambda path: ods(path, [], []), "file-empty"),
    ],
)
def test_ods_that_is_not_read(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "t.ods"
    make(path)
    assert codes(faults_of(lambda: read_table(path))) == [code]


def test_xls() -> None:
    table = read_table(FILES / "pool.xls")
    assert (table.sheet, table.header) == ("pool", ("id", "a", "b"))
    assert table.rows == (
        ("007", "17", "TRUE"),
        ("008", "0.3", "x"),
        ("009", "1.23456789012346e+16", ""),
        ("010", "2025-10-05", "y"),
        ("011", "m", ""),
        ("012", "m", ""),
    )
    assert table.doubtful == {(4, "a"): "number-too-long", (5, "a"): "date-cell"}
    assert table.merged == {(7, "a"): 6}
    assert codes(table.assumed) == ["sheet-chosen", "workbook-values-only", "cells-merged"]
    assert {found.file for found in table.assumed} == {"pool.xls"}


def _hide_in_xls(path: Path, rows: set[int]) -> None:
    """Set the mark of hidden rows of every sheet, which stand as records of 16 bytes."""
    data = bytearray((FILES / "pool.xls").read_bytes())
    for found in re.finditer(rb"\x08\x02\x10\x00", bytes(data)):
        if data[found.end()] in rows:
            data[found.end() + 12] |= 0x20
    path.write_bytes(data)


def _hide_in_xlsb(path: Path, rows: set[int]) -> None:
    path.write_bytes((FILES / "pool.xlsb").read_bytes())
    with zipfile.ZipFile(path) as archive:
        whole = archive.read("xl/worksheets/sheet2.bin")
    part = bytearray(whole)
    for found in re.finditer(rb"\x00\x19(.)\0\0\0", whole):
        if found[1][0] in rows:
            part[found.start() + 2 + 11] |= 0x10
    _rewrite(path, whole, bytes(part), "xl/worksheets/sheet2.bin")


@pytest.mark.parametrize(
    ("name", "hide"), [("t.xls", _hide_in_xls), ("t.xlsb", _hide_in_xlsb)], ids=["xls", "xlsb"]
)
def test_hidden_rows_are_read_and_told(
    tmp_path: Path, name: str, hide: Callable[[Path, set[int]], None]
) -> None:
    path = tmp_path / name
    hide(path, {1, 2})
    table = read_table(path, "pool")
    assert table.rows == read_table(FILES / f"pool{path.suffix}", "pool").rows
    told = [found for found in table.assumed if found.code == "rows-hidden"]
    assert [(one.sheet, one.facts["count"]) for one in told] == [("pool", 2)]


def test_that_hidden_rows_cannot_be_seen_is_told(tmp_path: Path) -> None:
    data = (FILES / "pool.xls").read_bytes()
    path = write(tmp_path / "t.xls", data.replace(b"\x08\x02\x10\x00", b"\x08\x02\xff\x7f"))
    assert hidden_rows(path.read_bytes(), "pool", is_archive=False) is None
    assert hidden_rows(data, "no such sheet", is_archive=False) is None
    assert hidden_rows((FILES / "pool.xlsb").read_bytes(), "none", is_archive=True) is None


def test_xls_by_content_and_broken(tmp_path: Path) -> None:
    data = (FILES / "pool.xls").read_bytes()
    path = write(tmp_path / "t.csv", data)
    assert codes(read_table(path).assumed)[0] == "workbook-by-content"
    broken = write(tmp_path / "b.xls", data[:3000])
    assert codes(faults_of(lambda: read_table(broken))) == ["not-a-workbook"]


def test_xlsb() -> None:
    table = read_table(FILES / "pool.xlsb")
    assert (table.sheet, table.header) == ("pool", ("id", "n", "day", "b"))
    assert table.rows == (
        ("007", "17", "2025-10-05", "TRUE"),
        ("008", "1.23456789012346e+16", "", ""),
        ("ø x", "0.515", "", "FALSE"),
    )
    assert table.doubtful == {(2, "day"): "date-cell", (3, "n"): "number-too-long"}
    assert codes(table.assumed) == ["sheet-chosen", "workbook-values-only"]


@pytest.mark.parametrize(
    "name", ["https://www.dst.dk/pool.xlsx", "HTTP:/x.dk/a b.csv?c=d", "ftp://x/y.csv"]
)
def test_addresses_are_no_files(name: str) -> None:
    (fault,) = faults_of(lambda: read_table(Path(name)))
    assert fault.code == "file-is-an-address"
    assert "//" in fault.file
