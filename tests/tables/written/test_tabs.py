"""Sheets that are added to a workbook, of which everything else stays."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from sortition.tables.written.tabs import with_tabs

ROWS = [("id", "age", "note"), ("007", "34", "=1+1"), ("010", "7", "a&b <c>")]


def _workbook() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Panel"
    for row in (("a", 1), ("b", 2)):
        sheet.append(row)
    sheet["A1"].comment = Comment("mind this", "me")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "D1")
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_sheets_come_after_those_that_are_there() -> None:
    book = load_workbook(BytesIO(with_tabs(_workbook(), {"panel": ROWS, "a<b": ROWS[:1]})))
    assert book.sheetnames == ["Panel", "panel (2)", "a<b"]
    assert [list(row) for row in book["panel (2)"].iter_rows(values_only=True)] == [
        ["id", "age", "note"],
        ["007", 34, "=1+1"],
        ["010", 7, "a&b <c>"],
    ]
    assert book["panel (2)"]["C2"].data_type == "s"  # and nothing is computed
    assert book["Panel"]["A1"].comment.text == "mind this"


def test_all_other_parts_stay_as_they_were() -> None:
    whole = _workbook()
    before, after = _parts(whole), _parts(with_tabs(whole, {"panel": ROWS}))
    listing = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    assert any("chart" in name for name in before)
    assert {name: after[name] for name in before.keys() - listing} == {
        name: before[name] for name in before.keys() - listing
    }
    assert len(after) == len(before) + 1


def test_a_copy_can_be_copied_again() -> None:
    twice = with_tabs(with_tabs(_workbook(), {"x": ROWS}), {"x": ROWS[:2]})
    book = load_workbook(BytesIO(twice))
    assert book.sheetnames == ["Panel", "x", "x (2)"]
    assert [book[name].max_row for name in ("x", "x (2)")] == [3, 2]


def _with_prefix(part: bytes) -> bytes:
    elements = part.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
    return elements.replace(b" xmlns=", b" xmlns:x=")


def test_a_prefix_of_the_elements_is_kept() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in _parts(_workbook()).items():
            listing = name == "xl/workbook.xml"
            archive.writestr(name, _with_prefix(part) if listing else part)
    assert load_workbook(BytesIO(with_tabs(packed.getvalue(), {"new": ROWS}))).sheetnames == [
        "Panel",
        "new",
    ]


def test_a_workbook_whose_list_of_sheets_is_not_known_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>")
    with pytest.raises(ValueError):
        with_tabs(packed.getvalue(), {"new": ROWS})
