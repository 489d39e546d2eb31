"""Sheets read by their pattern, and the same sheets read by an XML parser."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.arrow import columns_of
from sortition.tables.grid import Grid
from sortition.tables.workbook import blocks
from sortition.tables.workbook.outline import Look, Moment
from sortition.tables.workbook.regular import read_sheet, read_strings
from sortition.tables.workbook.sheet_xml import SharedStrings, Sheet
from sortition.tables.workbook.shown import Shown

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="x"><dimension ref="A1"/>'
TAIL = '<mergeCells><mergeCell ref="A2:A4"/></mergeCells></worksheet>'
STRINGS = ["zero", "", "ø & two"]
LOOKS = [
    Look(date=False, duration=False, percent=False, digits=0),
    Look(date=False, duration=False, percent=True, digits=0),
    Look(date=False, duration=False, percent=False, digits=4),
    Look(date=True, duration=False, percent=False, digits=0),
]


def moment(number: float, look: Look) -> Moment | None:
    return datetime.date(2000, 1, 1) + datetime.timedelta(number) if number < 1000 else None


def shown() -> Shown:
    return Shown(STRINGS, LOOKS.__getitem__, moment)


def by_parser(data: bytes) -> object:
    sheet = Sheet(shown().cell)
    try:
        sheet.parse(BytesIO(data))
    except Exception:
        return None
    columns, _ = columns_of([cells for _, cells in sheet.rows])
    cells = [column.to_pylist() for column in columns]
    numbers = [number for number, _ in sheet.rows]
    lengths = [len(cells) for _, cells in sheet.rows]
    return cells, numbers, lengths, sheet.doubtful, sheet.merges


def by_pattern(data: bytes) -> object:
    try:
        return told(read_sheet(BytesIO(data), shown()))
    except Exception:
        return None


def told(grid: Grid) -> object:
    """Columns, row numbers and lengths, doubts and merges."""
    cells = [column.to_pylist() for column in grid.columns]
    return (
        cells,
        grid.numbers.tolist(),
        grid.lengths.tolist(),
        grid.doubtful,
        list(grid.merges),
    )


TEXTS = st.text(st.sampled_from(list("aæ &<>\"' 1.\t\n")), max_size=4).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
NUMBERS = st.sampled_from(["0", "1", "2", "3", "17", "0.515", "1e3", "12345678901234567", "1_0"])
ODD = st.sampled_from(["&#10;", "&#x41;", "]]>", "<!-- x -->", "&nbsp;", "\r", "\x01", "&quot;"])
CONTENTS = st.one_of(
    NUMBERS.map(lambda text: f"<v>{text}</v>"),
    TEXTS.map(lambda text: f"<v>{text}</v>"),
    TEXTS.map(lambda text: f"<is><t>{text}</t></is>"),
    TEXTS.map(lambda text: f'<is><t xml:space="preserve">{text}</t></is>'),
    TEXTS.map(lambda text: f"<f>A1</f><v>{text}</v>"),
    ODD.map(lambda text: f"<v>{text}</v>"),
    st.sampled_from(["", "<f>A1</f>", "<is><r><t>a</t></r></is>", "<v/>"]),
)
KINDS = ["", ' t="s"', ' t="inlineStr"', ' t="n"', ' t="str"', ' t="b"', ' t="e"', ' t="d"']


@st.composite
def rows(draw: st.DrawFn) -> str:
    number, written = 0, []
    contents = draw(st.sampled_from([CONTENTS, NUMBERS.map(lambda text: f"<v>{text}</v>")]))
    for _ in range(draw(st.integers(0, 4))):
        number += draw(st.sampled_from([1, 1, 1, 2, 0]))
        given_number = draw(st.sampled_from([f' r="{number}"', "", f' r="{number}" spans="1:3"']))
        cells = []
        for letter in draw(st.sampled_from(["AB", "ABC", "AC", "B", "", "BA", ["A", "AA"]])):
            style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"']))
            kind = draw(st.sampled_from(KINDS))
            attributes = f' r="{letter}{number}"{style}{kind}'
            content = draw(contents)
            cells.append(f"<c{attributes}>{content}</c>" if content else f"<c{attributes}/>")
        written.append(f"<row{given_number}>{''.join(cells)}</row>")
    return draw(st.sampled_from(["", "\n"])).join(written)


@given(rows(), st.sampled_from([150, 400, 4_000_000]))
def test_the_pattern_reads_what_a_parser_reads(written: str, block: int) -> None:
    data = f"{HEAD}<sheetData>{written}</sheetData>{TAIL}".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        assert by_pattern(data) == by_parser(data)


@given(
    st.lists(
        st.one_of(
            TEXTS.map(lambda text: f"<si><t>{text}</t></si>"),
            TEXTS.map(lambda text: f'\n<si><t xml:space="preserve">{text}</t></si>'),
            st.sampled_from(["<si/>", "<si><t/></si>", "<si><t>a>b</t></si>", "<si><t>&#9;</t>"]),
            st.just("<si><r><t>a</t></r><r><t>b</t></r></si>"),
        )
    ),
    st.sampled_from([60, 4_000_000]),
)
def test_strings_by_their_pattern_are_those_of_a_parser(written: list[str], block: int) -> None:
    data = f'<?xml version="1.0"?><sst xmlns="x">{"".join(written)}</sst>'.encode()
    shared = SharedStrings()
    wanted: list[str] | None
    try:
        shared.parse(BytesIO(data))
        wanted = [text.strip() for text in shared.strings]
    except Exception:
        wanted = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        try:
            assert read_strings(BytesIO(data)) == wanted
        except AssertionError:
            raise
        except Exception:
            assert wanted is None


@pytest.mark.parametrize(
    ("cell", "regular_"),
    [
        ('<c r="A1" s="3" t="inlineStr"><is><t>x &amp; y</t></is></c>', True),
        ('<c r="A1"><v>17</v></c><c r="C1" t="s"/>', True),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', True),
        ('<c r="A1" t="inlineStr"><is><r><t>x</t></r></is></c>', False),
        ('<x:c r="A1"><v>2</v></x:c>', False),
    ],
)
def test_what_follows_the_pattern(
    cell: str, regular_: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    monkeypatch.setattr(Sheet, "parse", lambda self, stream: parsed.append(stream.read()))
    data = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>".encode()
    read_sheet(BytesIO(data), shown())
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
    assert by_pattern(data) == by_parser(data)
