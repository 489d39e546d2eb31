"""Sheets read by their pattern, and the same sheets read by an XML parser."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.workbook.regular import read_sheet
from sortition.tables.workbook.sheet_xml import Cell, Sheet

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="x"><dimension ref="A1"/>'
TAIL = '<mergeCells><mergeCell ref="A2:A4"/></mergeCells></worksheet>'


def seen(kind: str, style: int, text: str, formula: bool) -> Cell:
    """Tells everything that is known of a cell."""
    return f"{kind} {style} {text} {formula}", "doubt" if style == 1 else ""


def by_parser(data: bytes) -> Sheet | None:
    sheet = Sheet(seen)
    try:
        sheet.parse(BytesIO(data))
    except Exception:
        return None
    return sheet


def by_pattern(data: bytes) -> Sheet | None:
    try:
        return read_sheet(BytesIO(data), seen)
    except Exception:
        return None


def told(sheet: Sheet | None) -> object:
    """Rows without blank cells at their ends, doubts and merges."""
    return sheet and (sheet.rows, sheet.doubtful, sheet.merges)


TEXTS = st.text(st.sampled_from(list("aæ &<>\"' 1.\t\n")), max_size=4).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
ODD = st.sampled_from(["&#10;", "&#x41;", "]]>", "<!-- x -->", "&nbsp;", "\r", "\x01", "&quot;"])
CONTENTS = st.one_of(
    TEXTS.map(lambda text: f"<v>{text}</v>"),
    TEXTS.map(lambda text: f"<is><t>{text}</t></is>"),
    TEXTS.map(lambda text: f'<is><t xml:space="preserve">{text}</t></is>'),
    TEXTS.map(lambda text: f"<f>A1</f><v>{text}</v>"),
    ODD.map(lambda text: f"<v>{text}</v>"),
    st.sampled_from(["", "<f>A1</f>", "<is><r><t>a</t></r></is>", "<v/>"]),
)


@st.composite
def rows(draw: st.DrawFn) -> str:
    number, written = 0, []
    for _ in range(draw(st.integers(0, 3))):
        number += draw(st.sampled_from([1, 1, 1, 2, 0]))
        given_number = draw(st.sampled_from([f' r="{number}"', "", f' r="{number}" spans="1:3"']))
        cells = []
        for letter in draw(st.sampled_from(["AB", "ABC", "AC", "B", "", "BA"])):
            style = draw(st.sampled_from(["", ' s="0"', ' s="1"']))
            kind = draw(st.sampled_from(["", ' t="s"', ' t="inlineStr"', ' t="n"']))
            attributes = f' r="{letter}{number}"{style}{kind}'
            content = draw(CONTENTS)
            cells.append(f"<c{attributes}>{content}</c>" if content else f"<c{attributes}/>")
        written.append(f"<row{given_number}>{''.join(cells)}</row>")
    return draw(st.sampled_from(["", "\n"])).join(written)


@given(rows())
def test_the_pattern_reads_what_a_parser_reads(written: str) -> None:
    data = f"{HEAD}<sheetData>{written}</sheetData>{TAIL}".encode()
    assert told(by_pattern(data)) == told(by_parser(data))


@pytest.mark.parametrize(
    ("cell", "regular_"),
    [
        ('<c r="A1" s="3" t="inlineStr"><is><t>x &amp; y</t></is></c>', True),
        ('<c r="A1"><v>17</v></c><c r="C1" t="s"/>', True),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', False),
        ('<x:c r="A1"><v>2</v></x:c>', False),
    ],
)
def test_what_follows_the_pattern(
    cell: str, regular_: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    monkeypatch.setattr(Sheet, "parse", lambda self, stream: parsed.append(stream.read()))
    data = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>".encode()
    read_sheet(BytesIO(data), seen)
    assert (data in parsed) != regular_


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="ISO-8859-1"?><worksheet>',
        "<worksheet><!-- <sheetData> -->",
        '<?xml version="1.0"?><!DOCTYPE x><worksheet>',
    ],
)
def test_what_may_stand_elsewhere_is_left_to_the_parser(head: str) -> None:
    body = '<sheetData><row><c r="A1"><v>\xe6</v></c></row></sheetData></worksheet>'
    data = f"{head}{body}".encode("latin-1")
    assert told(by_pattern(data)) == told(by_parser(data))
