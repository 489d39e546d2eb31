"""The quick way to read a sheet and the careful one say the same, whatever stands in it."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.grid import Grid
from sortition.tables.workbook import blocks
from sortition.tables.workbook.regular import read_sheet, read_strings
from sortition.tables.workbook.sheet_xml import SharedStrings, Sheet
from sortition.tables.workbook.shown import rows_hidden
from tests.tables.workbook.test_regular import shown, told

PIECES = [
    *("<si>", "</si>", "<si/>", "<si><t>x</t></si>"),
    *('<row r="1">', '<row r="2" spans="1:2">', '<row r="3" hidden="1">', '<row hidden="true">'),
    *("<row>", '<row r="4"/>', "</row>", '<row r="3" r="4">', '<row r="5" ht="1/">', "<rows>"),
    *('<c r="A1">', '<c r="B2" s="1">', '<c r="C3" t="s">', '<c r="A2" t="str" s="2"/>', "</c>"),
    *('<c r="A3" t="inlineStr" cm="1" >', '<c r="a1">', '<c r="A">', '<c r="AB7"x="">', "<c>"),
    *('<c r="A1" t="b">', "<c r='A1'>", '<c s="1" r="A1">', '<c r="XFD1">', '<c r="XFE1">'),
    *("<v>", "</v>", "<v/>", "<v />", "<is>", "</is>", "<is/>", "<t>", "</t>", "<t/>"),
    *('<t xml:space="preserve">', '<t xml:space="preserve" xml:space="x">', "<tt>", "<v<", "</ v>"),
    *("<f>", "</f>", "<f/>", '<f t="shared" si="0"/>', "<r>", "</r>", "<rPh>", "</rPh>"),
    *("1", "2", "0007", "x", "æ", " ", "\n", "1e3", ">", "]]>", "&amp;", "&#230;", "&#x3c;", "/"),
    *("&#13;", "&#0;", "&#65535;", "\uffff", "\r", "\x7f", "<!-- -->", "<![CDATA[x]]>", "<?p ?>"),
]
TEXTS = st.lists(
    st.sampled_from(["0", "1", "2", "17", "0.5", " ", "\n", "x", "æ", "&lt;", "&#38;", "&#230;"]),
    min_size=1,
    max_size=2,
).map("".join)
NUMBERS = st.sampled_from(["0", "1", "2", "17", "0.515", "1e3", "-3", "1234567890123456"])
HEADS = {
    "": NUMBERS,
    ' s="1"': NUMBERS,
    ' s="2" t="n"': NUMBERS,
    ' s="3"': NUMBERS,
    ' t="s"': st.sampled_from("012"),
    ' t="b" cm="1"': st.sampled_from("01"),
    ' t="str" s="1"': TEXTS,
    ' t="inlineStr" ': TEXTS,
    ' t="e"': st.just("#N/A"),
}


@st.composite
def cell(draw: st.DrawFn, reference: str) -> list[str]:
    head, texts = draw(st.sampled_from(sorted(HEADS.items(), key=str)))
    formula = draw(st.sampled_from([*[[]] * 5, ["<f>", "A1&amp;B1", "</f>"], ['<f t="shared"/>']]))
    content = draw(
        st.one_of(
            texts.map(lambda text: ["<v>", text, "</v>"]),
            texts.map(lambda text: ["<is>", "<t>", text, "</t>", "</is>"]),
            st.sampled_from([[], ["<v/>"], ["<v />"], ["<is>", "<t/>", "</is>"], ["<v>", "</v>"]]),
        )
    )
    return [f'<c r="{reference}"{head}>', *formula, *content, "</c>"]


@st.composite
def sheets(draw: st.DrawFn) -> list[str]:
    """The tags and texts of a sheet that is written in a plain way."""
    written, number = [], 0
    numbered = draw(st.booleans())
    for _ in range(draw(st.integers(0, 4))):
        number += draw(st.sampled_from([1, 1, 2]))
        told = draw(st.sampled_from(["", ' spans="1:3"', ' hidden="1"', ' hidden="false" ']))
        written.append(f'<row r="{number}"{told}>' if numbered else f"<row{told}>")
        for letters in draw(st.sampled_from([["A", "B"], ["A", "B", "C"], ["B", "AA"], []])):
            written += draw(cell(f"{letters}{number}"))
        written += ["</row>", draw(st.sampled_from(["", "\n"]))]
    return written


@st.composite
def spoilt(draw: st.DrawFn, of: st.SearchStrategy[list[str]]) -> str:
    """The same with a piece too much or too little, or as it is."""
    written = draw(of)
    at = draw(st.integers(0, len(written)))
    kept = at + draw(st.sampled_from([0, 0, 1]))
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=1))
    return "".join([*written[:at], *pieces, *written[kept:]])


def carefully(data: bytes) -> object:
    sheet = Sheet(shown().cell)
    try:
        sheet.parse(BytesIO(data))
    except Exception:
        return None
    grid = Grid.of_rows(sheet.rows, doubtful=sheet.doubtful, merges=sheet.merges)
    return told(grid), rows_hidden(sheet.hidden)


def quickly(data: bytes) -> object:
    try:
        grid = read_sheet(BytesIO(data), shown())
    except Exception:
        return None
    return told(grid), grid.assumed


@given(spoilt(sheets()), st.sampled_from([150, 4_000_000]))
def test_a_sheet_is_read_the_same_in_both_ways(written: str, block: int) -> None:
    data = f"<worksheet><sheetData>{written}</sheetData></worksheet>".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        assert quickly(data) == carefully(data)


STRINGS = st.lists(TEXTS.map(lambda text: ["<si>", "<t>", text, "</t>", "</si>"])).map(
    lambda strings: [piece for pieces in strings for piece in pieces]
)


@given(spoilt(STRINGS))
def test_shared_strings_are_read_the_same_in_both_ways(written: str) -> None:
    data = f'<sst xmlns="x">{written}</sst>'.encode()
    careful = SharedStrings()
    wanted: list[str] | None
    found: list[str] | None
    try:
        careful.parse(BytesIO(data))
        wanted = [text.strip() for text in careful.strings]
    except Exception:
        wanted = None
    try:
        found = read_strings(BytesIO(data))
    except Exception:
        found = None
    assert found == wanted


@pytest.mark.parametrize(
    ("program", "rows"),
    [
        ("openpyxl", '<row r="1"><c r="A1" t="inlineStr"><is><t>K&#248;n</t></is></c></row>'),
        ("openpyxl", '<row r="1"><c r="A1" s="1" t="n"><v>17</v></c><c r="B1" s="1" /></row>'),
        (
            "XlsxWriter",
            '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"/></row>',
        ),
        (
            "XlsxWriter",
            '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c></row>',
        ),
        (
            "Excel",
            '<row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c>'
            '<c r="B1"><v>0.515</v></c></row>',
        ),
        (
            "Excel",
            '<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">B1&lt;2</f><v>1</v></c>'
            '<c r="B1" t="str"><f t="shared" si="0"/><v></v></c><c r="C1"><f>A1</f></c></row>',
        ),
        (
            "LibreOffice",
            '<row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false" '
            'outlineLevel="0" collapsed="false"><c r="A1" s="0" t="s"><v>0</v></c></row>',
        ),
        ("POI", '<row r="1">\n<c r="A1" t="s" s="0"><v>2</v></c></row>\n'),
    ],
)
def test_what_programs_write_is_read_quickly(
    program: str, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    wanted = carefully(data)
    assert wanted is not None
    monkeypatch.setattr(
        Sheet, "_add_cell", lambda *_: pytest.fail(f"{program} is read by a parser")
    )
    assert quickly(data) == wanted
