"""The table is found by what is needed: in the right sheet, under whatever stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sortition.errors import InputErrors
from sortition.instance.reading import Reading, read_instance
from sortition.tables.content import Content
from sortition.texts.grouping import grouped
from tests.budgets import examples

Table = list[list[object]]
Rows = Sequence[Sequence[object]]

QUOTAS: Table = [
    ["Category", "Name", "Min", "Max"],
    ["sex", "f", 1, 1],
    ["sex", "m", 1, 1],
]
POOL: Table = [["id", "Sex"], ["a", "f"], ["b", "m"], ["c", "m"]]
NOTES: Table = [["How this works"], ["Fill in the second tab"]]
EXPORT: Table = [
    ["Algorithm", "Made on", "Seed"],
    ["LEXIMIN", "2026-03-01", "abc"],
    [],
]


def csv(rows: Rows) -> Content:
    text = "\n".join(",".join(map(str, row)) for row in rows) + "\n"
    return Content(name="table.csv", data=text.encode())


def book(**sheets: Rows) -> Content:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = BytesIO()
    workbook.save(data)
    return Content(name="book.xlsx", data=data.getvalue())


def read(pool: Content, quotas: Content) -> Reading:
    return read_instance(pool, quotas, panel_size=2)


def test_one_workbook_holds_both_in_whatever_order() -> None:
    layouts: list[dict[str, Rows]] = [
        {"Notes": NOTES, "Quotas": QUOTAS, "People": POOL},
        {"People": POOL, "Quotas": QUOTAS},
        {"Quotas": QUOTAS, "People": EXPORT + POOL},
    ]
    for sheets in layouts:
        both = book(**sheets)
        reading = read(both, both)
        assert reading.roster.ids == ("a", "b", "c")
        assert reading.roster.table.sheet == "People"
        told = [f.sheet for f in reading.assumed if f.code.startswith("sheet-")]
        assert sorted(told) == ["People", "Quotas"]


def test_where_no_sheet_fits_the_others_are_named_with_the_option() -> None:
    both = book(Notes=NOTES, Quotas=QUOTAS, People=[["id", "Gender"], ["a", "f"], ["b", "m"]])
    with pytest.raises(InputErrors) as error:
        read(both, both)
    (fault,) = [fault for fault in error.value.faults if fault.code == "sheet-chosen"]
    assert fault.sheet == "Notes"
    assert fault.facts == {"others": "“Quotas”, “People”"}
    with pytest.raises(InputErrors) as error:
        read(both, book(Notes=NOTES, More=NOTES))
    assert "sheet-chosen" in {fault.code for fault in error.value.faults}


def test_a_table_of_something_else_above_the_header_is_passed_over() -> None:
    reading = read(csv(EXPORT + POOL), csv([["Made by", "Bo"], *QUOTAS]))
    assert reading.roster.ids == ("a", "b", "c")
    skipped = [f.facts["count"] for f in reading.assumed if f.code == "title-rows-skipped"]
    assert skipped == [2, 1]


@settings(max_examples=examples(15), deadline=None)
@given(
    above=st.lists(
        st.lists(st.sampled_from(["", "x", "Sum", "2026", "f", "m"]), max_size=6), max_size=5
    )
)
def test_whatever_stands_above_the_header_the_same_is_read(above: list[list[str]]) -> None:
    reading = read(csv([*above, *POOL]), csv([*above, *QUOTAS]))
    assert reading.roster.ids == ("a", "b", "c")
    assert [row.value for row in reading.instance.quotas.rows] == ["f", "m"]


def test_many_rows_that_are_too_long_are_one_line() -> None:
    rows = [["id", "sex"], *([f"p{n}", "f", f"extra {n}"] for n in range(9))]
    with pytest.raises(InputErrors) as error:
        read(csv(rows), csv(QUOTAS))
    lines = [line for line in grouped(error.value.faults) if "has only 2" in line]
    assert len(lines) == 1
    assert "The same in rows 3, 4, 5, 6, 7, 8, 9, 10." in lines[0]
