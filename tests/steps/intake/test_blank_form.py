"""The sheet for calls, filled in, is taken in without a question, in either language."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import sortition

QUOTAS = "feature,value,min,max\nkøn,Kvinde,0,2\nkøn,Mand,0,2\nalder,16-59,0,2\nalder,60+,0,2\n"


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_sheet_that_is_filled_in_becomes_a_pool(tmp_path: Path, language: str) -> None:
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    make = ("intake", "--sheet", "calls.xlsx", "--quotas", "q.csv", "--language", language)
    assert sortition(*make, cwd=tmp_path).code == 0
    book = openpyxl.load_workbook(tmp_path / "calls.xlsx")
    sheet, values = book.worksheets
    assert [cell.value for cell in values[2]] == ["alder", "16-59"]
    answers = ("AB12", "Anna Lund", "20304050", "a@x.dk", "Elm 1", "9990", "1946", "k", "ja")
    sheet.append(["2026-11-03", *answers])
    sheet.append(["2026-11-04", *answers[:6], "født 1980", "kvinde", "ja"])
    sheet.append(["2026-11-04", "", "Bo Holm", "20304051", "", "", "", "45 år", "Mand", ""])
    book.save(tmp_path / "calls.xlsx")
    take = ("intake", "calls.xlsx", "--quotas", "q.csv", "--age-on", "2026-11-28")
    done = sortition(*take, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    pool = (tmp_path / "intake" / "pool.csv").read_text(encoding="utf-8")
    assert pool == "id,alder,køn\nP0001,16-59,Kvinde\n"
    assert "No consent: 1" in done.stdout


def test_a_sheet_is_never_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    make = ("intake", "--sheet", "calls.xlsx", "--quotas", "q.csv")
    assert sortition(*make, cwd=tmp_path).code == 0
    again = sortition(*make, cwd=tmp_path)
    assert again.code == 2
    assert "--overwrite" in again.stderr


def test_a_sheet_is_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    done = sortition("intake", "--sheet", "calls.csv", "--quotas", "q.csv", cwd=tmp_path)
    assert done.code == 2
    assert "ends in .xlsx" in done.stderr


def test_without_answers_nothing_is_done(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    done = sortition("intake", "--quotas", "q.csv", cwd=tmp_path)
    assert done.code == 2
    assert "Name the files that came in." in done.stderr
