"""Whatever a form gives becomes its pool, once what nobody can know is said."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import Outcome, sortition
from tests.steps.intake.messy import MESSY
from tests.steps.intake.shapes import EXPORTS, Export, write

ALL = EXPORTS | MESSY

DAY = ("--age-on", "2026-11-28")


def take_in(folder: Path, export: Export, *more: str) -> Outcome:
    names = [name.replace(";", "") for name in export.files]
    return sortition(
        "intake", *names, "--quotas", "q.csv", *DAY, *export.options, *more, cwd=folder
    )


def questions_in(path: Path) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [
        {str(name): str(cell or "") for name, cell in zip(header, row, strict=True)} for row in rows
    ]


def fill_in(path: Path, filled: Path, answers: dict[str, str]) -> None:
    """Answer everything: what is given here, or else a yes to the proposal."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        found = str(row[names.index("What stands there")].value)
        row[names.index("Answer")].value = answers.get(found, "yes")
    book.save(filled)


def pool_in(path: Path) -> list[str]:
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0][1][:5] == "alder"
    return [",".join(row[1:]) for row in rows[1:]]


@pytest.mark.parametrize("name", ALL)
def test_an_export_becomes_its_pool(tmp_path: Path, name: str) -> None:
    export = ALL[name]
    write(tmp_path, export.files)
    (tmp_path / "q.csv").write_text(export.quotas, encoding="utf-8")
    done = take_in(tmp_path, export)
    if export.questions:
        assert (done.code, done.stderr) == (1, "")
        asked = [
            (one["About"], one["Subject"], one["What stands there"], one["Proposal"])
            for one in questions_in(tmp_path / "intake" / "questions.xlsx")
        ]
        assert asked == list(export.questions)
        if not export.pool:
            return
        fill_in(tmp_path / "intake" / "questions.xlsx", tmp_path / "filled.xlsx", export.answers)
        done = take_in(tmp_path, export, "--answers", "filled.xlsx")
    assert (done.code, done.stderr) == (0, "")
    assert pool_in(tmp_path / "intake" / "pool.csv") == list(export.pool)
    document = json.loads((tmp_path / "intake" / "intake.json").read_text(encoding="utf-8"))
    left = {one["reason"]: one["people"] for one in document["left_out"]}
    assert left == export.left
    assert document["people"] == (export.people or len(export.pool) + sum(left.values()))
