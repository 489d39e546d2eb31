"""Totals and notes below a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from sortition.instance.quotas.reading import read_quota_sheet
from sortition.tables.notes import is_total
from sortition.tables.reading import read_table
from tests.tables.making import places, write, write_workbook

HEAD = "id,navn\n1,Bo\n"


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ("Kilde: SurveyXact,\n", 1),
        (",\nUdtrukket i maj,\nAf Lis Holm,\n", 1),
        ("Anna Holm,\n", 2),  # perhaps somebody of whom no more is known
        ("# en bemærkning:,\n", 2),
        (",\nKilde,\n", 2),
        (",\nKilde: x,\n2,Ib\n", 3),
    ],
)
def test_what_is_a_note(tmp_path: Path, below: str, rows: int) -> None:
    table = read_table(write(tmp_path / "p.csv", HEAD + below))
    assert len(table.rows) == rows
    assert any(code == "notes-passed-over" for code, *_ in places(table.assumed)) == (rows == 1)


@pytest.mark.parametrize("word", ["I alt", "i alt", "Alder i alt", "Total", "Hele landet"])
def test_totals(word: str) -> None:
    assert is_total(word)


def test_a_total_and_notes_below_quotas(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("Kriterium", "Værdi", "Min", "Max"),
        ("Køn", "Kvinde", 1, 2),
        ("Køn", "Mand", 1, 2),
        ("I alt", None, 3, 3),
        ("Godkendt af udvalget 12/11",),
    ]
    sheet = read_quota_sheet(write_workbook(tmp_path / "q.xlsx", rows), 3)
    assert [quota.value for quota in sheet.quotas.rows] == ["Kvinde", "Mand"]
    assert places(sheet.assumed) == [
        ("quota-total-passed-over", 4, "", "I alt"),
        ("quota-note-passed-over", 5, "", "Godkendt af udvalget 12/11"),
    ]
