from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from sortition.steps.members.calls import Call
from sortition.steps.members.worksheet import (
    Worksheet,
    read_worksheet,
    worksheet_bytes,
    worksheet_rows,
)
from sortition.steps.members.worksheet_names import WorksheetWords, is_worksheet
from sortition.steps.members.worksheet_words import worksheet_languages, worksheet_words
from sortition.tables.reading import read_table

ENGLISH: WorksheetWords = worksheet_words("en")
HEADER = ("id", "navn", "telefon", "Call  Note")
CALLS = {
    "007": Call(status="no-answer", attempts=3, deadline=date(2026, 12, 1), note="efter kl. 16"),
    "Ærø-8": Call(),
}


def rows() -> list[tuple[str, ...]]:
    people = [
        (("007", "=cmd()", "+45 00 00 00 07", "x"), CALLS["007"], "012"),
        (("Ærø-8", "Åse", "", "y"), CALLS["Ærø-8"], ""),
    ]
    return worksheet_rows(HEADER, people, ENGLISH)


def read(path: Path) -> Worksheet:
    return read_worksheet(read_table(path), worksheet_languages(), id_column="id")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    path.write_bytes(worksheet_bytes(rows(), ENGLISH, id_column="id"))
    sheet = read(path)
    assert sheet.faults == ()
    assert {row.id: row.call for row in sheet.rows} == CALLS
    assert is_worksheet(read_table(path), worksheet_languages())


def test_a_column_of_the_pool_with_one_of_our_names_is_left_out() -> None:
    assert rows()[0] == (
        *("id", "navn", "telefon"),
        *("call status", "call attempts", "answer by", "next alternate", "call note"),
    )


def test_every_cell_is_text_or_a_number_and_no_formula() -> None:
    written = worksheet_bytes(rows(), ENGLISH, id_column="id")
    sheet = load_workbook(BytesIO(written)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    attempts = sheet.max_column - 3
    assert all(cell.data_type == "s" or cell.column == attempts for cell in cells)
    assert all(type(cell.value) is int for cell in cells if cell.data_type == "n")
    assert sheet["B2"].value == "=cmd()"
    assert sheet["B2"].quotePrefix
    assert sheet["A2"].value == "007"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("01-12-2026", date(2026, 12, 1)),
        ("1/12/2026", date(2026, 12, 1)),
        ("", None),
    ],
)
def test_days(tmp_path: Path, text: str, day: date | None) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"id,call status,answer by\n1,to call,{text}\n", encoding="utf-8")
    sheet = read(path)
    assert sheet.faults == ()
    assert sheet.rows[0].call.deadline == day


def test_a_day_that_a_spreadsheet_made_a_date(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["id", "opkaldsstatus", "svarfrist"])
    sheet.append(["1", "bekræftet", date(2026, 12, 1)])
    path = tmp_path / "calls.xlsx"
    workbook.save(path)
    found = read(path)
    assert found.faults == ()
    assert found.rows[0].call == Call(status="confirmed", deadline=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("sure,1,2026-12-01", "worksheet-status"),
        ("confirmed,-1,2026-12-01", "worksheet-attempts"),
        ("confirmed,1,31-02-2026", "worksheet-deadline"),
        ("confirmed,1,tomorrow", "worksheet-deadline"),
    ],
)
def test_cells_that_make_no_sense(tmp_path: Path, cells: str, code: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"id,call status,call attempts,answer by\n1,{cells}\n", encoding="utf-8")
    assert [(fault.code, fault.row) for fault in read(path).faults] == [(code, 2)]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Ja", "confirmed"),
        ("nej", "declined"),
        ("AFBUD", "declined"),
        ("yes", "confirmed"),
        ("no", "declined"),
        ("ubesvaret", "no-answer"),
    ],
)
def test_the_words_that_people_write(tmp_path: Path, word: str, status: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"id,svar\n1,{word}\n", encoding="utf-8")
    assert [row.call.status for row in read(path).rows] == [status]


def test_yes_and_no_elsewhere_are_no_statuses(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("id,syg\n1,ja\n2,nej\n", encoding="utf-8")
    assert not is_worksheet(read_table(path), worksheet_languages())


def test_a_plain_list_is_no_call_list(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("id,why\n1,ill\n", encoding="utf-8")
    assert not is_worksheet(read_table(path), worksheet_languages())


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        ("id,svar\n1,confirmed\n2,bekræftet\n", "ringeliste"),
        ("id,status\n1,afslået\n", "ringeliste"),
        ("id,status\n1,declined\n", "calls"),
        ("id,answer\n1,\n", "calls"),
    ],
)
def test_the_language_of_a_list(tmp_path: Path, text: str, sheet: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(text, encoding="utf-8")
    assert read(path).words.sheet == sheet
