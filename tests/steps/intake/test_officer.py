"""From a form export of 350 answers to a panel: one command, one table filled in, no script."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import sortition
from tests.steps.intake.exports import QUOTAS, csv_text, officers_export
from tests.steps.intake.test_shapes import fill_in, questions_in

COMMAND = (
    *("intake", "form.csv", "--quotas", "quotas.csv", "--size", "36"),
    *("--age-on", "2026-11-28", "--out", "pool"),
)
ANSWERED = {"72": "age", "Bachelor": "Lang videregående"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pool of the export."""
    home = tmp_path_factory.mktemp("officer")
    rows = officers_export()
    rows[40][8] = "Mit CPR-nummer er 010170-1234, ring til Bo på 20 30 40 50"
    (home / "form.csv").write_text(csv_text(rows), encoding="utf-8")
    (home / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    asked = sortition(*COMMAND, cwd=home)
    assert (asked.code, asked.stderr) == (1, "")
    assert [path.name for path in (home / "pool").iterdir()] == ["questions.xlsx"]
    fill_in(home / "pool" / "questions.xlsx", home / "filled.xlsx", ANSWERED)
    done = sortition(*COMMAND, "--answers", "filled.xlsx", cwd=home)
    assert (done.code, done.stderr) == (0, "")
    return home


def test_one_table_is_filled_in(folder: Path) -> None:
    asked = questions_in(folder / "pool" / "questions.xlsx")
    assert [(one["About"], one["What stands there"], one["Rows"]) for one in asked] == [
        ("short", "72", "1"),
        ("other", "Andet", "2"),
        ("untold", "Ønsker ikke at oplyse", "1"),
        ("blank", "", "1"),
        ("word", "Bachelor", "1"),
    ]


def test_everybody_is_there_once(folder: Path) -> None:
    told = json.loads((folder / "pool" / "intake.json").read_text(encoding="utf-8"))
    figures = ("rows", "answers", "people", "answered_more_than_once", "asked_again", "pool")
    assert [told[name] for name in figures] == [350, 350, 338, 12, 1, 337]
    assert told["left_out"] == []
    lines = (folder / "pool" / "pool.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id;aldersgruppe;bydel;køn;uddannelse"
    assert len(lines) == 338


def test_nobody_is_named_but_in_the_contacts(folder: Path) -> None:
    public = "".join(
        (folder / "pool" / name).read_text(encoding="utf-8")
        for name in ("pool.csv", "intake.json", "intake.html", "quotas.csv")
    )
    for row in officers_export()[1:]:
        for private in (row[1], row[6], row[7], row[8], row[9]):
            assert not private or private not in public
    assert not re.search(r"@example|\d\d \d\d \d\d 07|010170-1234", public)
    assert stat.S_IMODE((folder / "pool" / "contacts.xlsx").stat().st_mode) == 0o600


def test_contacts_say_who_is_who_and_hold_no_cpr_number(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "pool" / "contacts.xlsx")
    assert book.sheetnames == ["pool", "ask again", "left out", "answered twice"]
    header, *rows = book["pool"].iter_rows(values_only=True)
    assert header[:5] == ("id", "name", "code", "e-mail", "phone")
    assert len(rows) == 337
    assert rows[1][:5] == ("P0002", "Bo Jensen Hanssen", None, "person1@example.org", "21 01 00 07")
    assert "010170-1234" not in str(rows)
    assert "20 30 40 50" in str(rows)
    assert [row[0] for row in book["ask again"].iter_rows(values_only=True)] == ["id", "P0023"]
    assert book["answered twice"].max_row == 13


def test_the_pool_goes_on_to_a_panel_that_verifies(folder: Path) -> None:
    """With values of their own for those who have none in the quotas, which the proof knows."""
    files = ("pool/pool.csv", "pool/quotas.csv", "--size", "36")
    seed = ("--seed", "4711", "--out", "panel", "--quiet")
    assert sortition("check", *files, cwd=folder).code == 0
    assert sortition("select", *files, *seed, cwd=folder).code == 0
    assert sortition("verify", "panel", cwd=folder).code == 0
    old = sortition("check", "pool/pool.csv", "quotas.csv", "--size", "36", cwd=folder)
    assert old.stderr.splitlines()[-1].endswith("beside it, “pool/quotas.csv”.")
    quotas = (folder / "pool" / "quotas.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in quotas if line.startswith("køn")] == [
        "køn;Kvinde;16;20",
        "køn;Mand;16;20",
        "køn;not stated;0;1",
        "køn;other;0;1",
    ]
    assert "P" in (folder / "panel" / "panel.csv").read_text(encoding="utf-8")


def test_what_was_answered_holds_for_the_next_file(folder: Path) -> None:
    late = [
        officers_export()[0],
        [
            *("31/10/2026 12.00.00", "Sent Ude", "Andet", "1980", "Bachelor", "Åparken"),
            *("sent@example.org", "99 99 99 99", "", "", "Ja"),
        ],
    ]
    (folder / "late.csv").write_text(csv_text(late), encoding="utf-8")
    files = ("intake", "form.csv", "late.csv", *COMMAND[2:-1], "pool-2")
    done = sortition(*files, "--answers", "pool/answers.xlsx", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    before = (folder / "pool" / "pool.csv").read_text(encoding="utf-8").splitlines()
    after = (folder / "pool-2" / "pool.csv").read_text(encoding="utf-8").splitlines()
    assert after == [*before, "P0351;45-59 år;Åparken;other;Lang videregående"]


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    again = sortition(*COMMAND[:-1], "again", "--answers", "filled.xlsx", cwd=folder)
    assert again.code == 0
    for path in (folder / "again").iterdir():
        assert path.read_bytes() == (folder / "pool" / path.name).read_bytes()


def test_a_former_result_is_never_replaced_unasked(folder: Path) -> None:
    done = sortition(*COMMAND, "--answers", "filled.xlsx", cwd=folder)
    assert done.code == 2
    assert "--overwrite" in done.stderr


def test_it_is_danish_if_asked(folder: Path) -> None:
    command = (*COMMAND[:-1], "dansk", "--language", "da")
    assert sortition(*command, cwd=folder).code == 1
    book = openpyxl.load_workbook(folder / "dansk" / "questions.xlsx")
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert names[:6] == ["Spørgsmål", "Hvad der står", "Rækker", "Kan være", "Forslag", "Svar"]
    for row in sheet.iter_rows(min_row=2):
        row[5].value = ANSWERED.get(str(row[1].value), "ja")
    book.save(folder / "udfyldt.xlsx")
    assert sortition(*command, "--answers", "udfyldt.xlsx", cwd=folder).code == 0
    page = (folder / "dansk" / "intake.html").read_text(encoding="utf-8")
    assert 'lang="da"' in page
    assert "En pulje på 337 personer" in page
    quotas = (folder / "dansk" / "quotas.csv").read_text(encoding="utf-8")
    assert "køn;andet;0;1" in quotas


def test_a_danish_locale_is_asked_in_danish(folder: Path) -> None:
    """While what is written for others is in English, as without it."""
    done = sortition(*COMMAND[:-1], "locale", cwd=folder, LC_ALL="da_DK.UTF-8")
    assert done.code == 1
    sheet = openpyxl.load_workbook(folder / "locale" / "questions.xlsx").worksheets[0]
    assert sheet["F1"].value == "Svar"


def test_what_was_understood_can_be_corrected(folder: Path, tmp_path: Path) -> None:
    """A word that was read by itself, and a consent that is not to count, by rows of their own."""
    book = openpyxl.load_workbook(folder / "pool" / "answers.xlsx")
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for about, subject, found, answer in (
        ("word", "uddannelse", "HF", "Lang videregående"),
        ("column", "consent", "form.csv", "-"),
    ):
        said = {"About": about, "Subject": subject, "What stands there": found, "Answer": answer}
        sheet.append([said.get(str(name)) for name in names])
    book.save(tmp_path / "corrected.xlsx")
    refused = officers_export()
    hf = next(row for row in refused[1:] if row[4] == "HF")
    hf[10] = "Nej"
    (tmp_path / "form.csv").write_text(csv_text(refused), encoding="utf-8")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    done = sortition(*COMMAND, "--answers", "corrected.xlsx", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    told = json.loads((tmp_path / "pool" / "intake.json").read_text(encoding="utf-8"))
    assert told["left_out"] == []
    answered = {
        one["value"]: one["ways"].get("answered", 0) for one in told["values"]["uddannelse"]
    }
    assert answered == {**dict.fromkeys(answered, 0), "Lang videregående": 23}


def test_quotas_that_were_added_are_not_added_again(folder: Path, tmp_path: Path) -> None:
    for name in ("form.csv", "filled.xlsx"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    quotas = (folder / "pool" / "quotas.csv").read_bytes()
    (tmp_path / "quotas.csv").write_bytes(quotas)
    done = sortition(*COMMAND, "--answers", "filled.xlsx", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    pool = (folder / "pool" / "pool.csv").read_bytes()
    assert (tmp_path / "pool" / "pool.csv").read_bytes() == pool
    assert not (tmp_path / "pool" / "quotas.csv").exists()
