from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree.ElementTree import canonicalize

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from sortition.tables.written.lists import workbook_bytes

TEXTS = ["", "a", " b ", "=1+1", "-2", "@x", "#N/A", "a&b<c>\"'", "x\ny", "\r", "\t", "æ\u2003"]
TEXTS += ["0017", "1e5", "TRUE", "   ", "]]>", "\x85", "𝒳", "y" * 40_000]
ODD = {"a\x00b": "a\ufffdb", "\uffff": "\ufffd"}
SHEET = "xl/worksheets/sheet1.xml"


def by_openpyxl(rows: list[list[str]]) -> bytes:
    """The same sheet, a cell at a time."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, text or None)
            cell.number_format = "@"
            if text:
                cell.data_type = "s"
                cell.quotePrefix = text[0] in "=+-@\t\r"
            if number == 1:
                cell.font = Font(name="Calibri", size=11, bold=True)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def data_in(workbook: bytes) -> str:
    """The cells of the first sheet, with one way to write the same XML."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        found = re.search("<sheetData.*</sheetData>", archive.read(SHEET).decode(), re.DOTALL)
    assert found is not None
    return canonicalize(found[0])


@given(
    st.integers(1, 30).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from(TEXTS), min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_cells_are_as_openpyxl_writes_them(rows: list[list[str]]) -> None:
    ours = workbook_bytes({"s": [tuple(row) for row in rows]})
    assert data_in(ours) == data_in(by_openpyxl(rows))
    (sheet,) = load_workbook(BytesIO(ours)).worksheets
    assert (sheet.max_row, sheet.max_column) == (len(rows), len(rows[0]))


def test_what_xml_cannot_hold_is_marked() -> None:
    (sheet,) = load_workbook(BytesIO(workbook_bytes({"s": [tuple(ODD)]}))).worksheets
    assert [cell.value for cell in sheet[1]] == list(ODD.values())


FIGURES = {
    "age": ["7", "34", ""],
    "chance": ["0.25", "1", "0"],
    "session 1": ["10", "2", "3"],
}
NO_FIGURES = {
    "id": ["7", "34", "1"],
    "own": ["7", "34", "1"],  # said to be ids
    "Telefon": ["7", "34", "1"],
    "postnummer": ["800", "34", "1"],
    "kontakt": ["20304050", "2", "3"],  # so long that it is none
    "zeros": ["07", "34", "1"],
    "decimals": ["1.50", "34", "1"],
    "comma": ["1,5", "34", "1"],
    "small": ["0.00001", "34", "1"],
    "negative": ["-1", "34", "1"],
    "words": ["ca. 7", "34", "1"],
    "nothing": ["", "", ""],
}


def test_columns_of_figures_hold_numbers_and_others_text() -> None:
    columns = FIGURES | NO_FIGURES
    rows = [tuple(columns), *zip(*columns.values(), strict=True)]
    written = workbook_bytes({"s": rows}, ids={"own"})
    (sheet,) = load_workbook(BytesIO(written)).worksheets
    for (name, *cells), found in zip(zip(*rows, strict=True), sheet.iter_cols(), strict=True):
        wanted = [float(cell) if name in FIGURES and cell else cell or None for cell in cells]
        assert [cell.value for cell in found] == [name, *wanted]


def test_a_workbook_of_many_people_is_small() -> None:
    rows = [("id", "name", "street"), *((f"{n:05}", "Ada", "Elm Street 1") for n in range(9000))]
    assert len(workbook_bytes({"s": rows})) < 500_000
