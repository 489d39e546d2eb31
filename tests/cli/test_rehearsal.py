"""A rehearsal says that it decides nothing, wherever anybody may look."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.running import faults_said, sortition, write_inputs

SELECT = ("select", "pool.csv", "quotas.csv", "--size", "3", "--quiet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rehearsal")
    write_inputs(folder)
    done = sortition(*SELECT, "--rehearsal", "--seed", "1", "--out", "trial", cwd=folder)
    assert done.code == 0, done.stderr
    gone = (folder / "trial" / "panel.csv").read_text().splitlines()[1].split(",")[0]
    (folder / "gone.csv").write_text(f"id\n{gone}\n")
    return folder


def test_every_list_and_page_is_marked(folder: Path) -> None:
    trial = folder / "trial"
    for name in ("panel.csv", "not_selected.csv"):
        rows = list(csv.DictReader((trial / name).read_text().splitlines()))
        assert rows
        assert {row["REHEARSAL"] for row in rows} == {"decides nothing"}
    cells = list(load_workbook(trial / "panel.xlsx").worksheets[0].iter_rows(values_only=True))
    assert cells[0][-1] == "REHEARSAL"
    page = (trial / "report.html").read_text()
    assert "<title>REHEARSAL: " in page
    assert "is a trial and decides nothing" in page
    for name in ("manifest.json", "report.json"):
        assert json.loads((trial / name).read_text())["seed"] == "rehearsal: 1"


def test_the_real_draw_is_not_foretold_and_not_marked(folder: Path) -> None:
    done = sortition(*SELECT, "--seed", "1", "--out", "real", cwd=folder)
    assert done.code == 0
    both = [json.loads((folder / name / "manifest.json").read_text()) for name in ("trial", "real")]
    assert both[0]["lottery_digest"] == both[1]["lottery_digest"]
    assert both[0]["ticket"] != both[1]["ticket"]
    files = [path.read_bytes() for path in (folder / "real").iterdir()]
    assert not any(b"REHEARSAL" in content or b"rehearsal" in content for content in files)


def test_the_mark_cannot_be_taken_away(folder: Path, tmp_path: Path) -> None:
    for file in (folder / "trial").iterdir():
        if file.is_file() and file.name != "events.jsonl":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace("rehearsal: 1", "1"))
    done = sortition("verify", tmp_path, cwd=folder)
    assert done.code == 1
    assert "WRONG" in done.stdout


def test_later_commands_say_so(folder: Path) -> None:
    verdict = sortition("verify", "trial", cwd=folder)
    first, *_, last = verdict.stdout.splitlines()
    assert verdict.code == 0
    assert first.startswith("REHEARSAL: this was a trial and decides nothing.")
    assert last.startswith("A REHEARSAL, which decides nothing.")
    commands = (
        ("alternates", "trial", "--count", "1"),
        ("confirm", "trial"),
        ("replace", "trial", "--dropouts", "gone.csv", "--from", "pool"),
        ("status", "trial"),
        ("evaluate", "trial"),
        ("press", "trial"),
        ("my-chance", "trial", "P1"),
    )
    for command in commands:
        done = sortition(*command, cwd=folder)
        assert done.code == 0, (command, done.stderr)
        assert "REHEARSAL: this panel was drawn as a trial." in done.stdout, command
    pages = [page for page in (folder / "trial").rglob("*.html") if page.name != "report.html"]
    assert len(pages) >= 4
    for page in pages:
        assert "is a trial and decides nothing" in page.read_text(), page


def test_in_danish(folder: Path) -> None:
    done = sortition(*SELECT[:-1], "--rehearsal", "--language", "da", "--out", "da", cwd=folder)
    assert done.stdout.startswith("PRØVE: Dette er en prøve og afgør intet.")
    assert (folder / "da" / "panel.csv").read_text().splitlines()[0].endswith(",PRØVE")
    assert "<title>PRØVE: " in (folder / "da" / "report.html").read_text()


def test_nobody_marks_a_draw_by_hand(folder: Path) -> None:
    done = sortition(*SELECT, "--seed", "rehearsal: 5", "--out", "forged", cwd=folder)
    assert "marks a rehearsal" in faults_said(done)[0]


LOTTERY = (
    *("lottery", "pool.csv", "quotas.csv", "--size", "3", "--tickets", "1000"),
    *("--organiser", "Nordby", "--quiet"),
)


@pytest.fixture(scope="module")
def published(folder: Path) -> Path:
    """A rehearsed lottery, drawn by hand with a choice of columns."""
    named = ("--assembly", "Nordby Assembly", "--rehearsal", "--out", "published")
    done = sortition(*LOTTERY, *named, cwd=folder)
    assert done.code == 0, done.stderr
    done = sortition("draw", "published", "--drawn", "007", "--columns", "age", cwd=folder)
    assert done.code == 0, done.stderr
    assert "REHEARSAL: this panel was drawn as a trial." in done.stdout
    return folder / "published"


def test_a_lottery_is_committed_to_as_a_rehearsal(published: Path) -> None:
    commitment = json.loads((published / "public" / "commitment.json").read_text())
    assert commitment["about"]["assembly"] == "rehearsal: Nordby Assembly"
    for page in published.rglob("*.html"):
        if page.name != "verify.html":  # it reads the commitment
            assert "is a trial and decides nothing" in page.read_text(), page
    for name in ("panel.csv", "not_selected.csv"):
        rows = list(csv.DictReader((published / name).read_text().splitlines()))
        assert {row["REHEARSAL"] for row in rows} == {"decides nothing"}


def test_what_is_made_of_a_rehearsed_lottery_says_so(published: Path) -> None:
    folder = published.parent
    verdict = sortition("verify", "published", cwd=folder)
    first, *_, last = verdict.stdout.splitlines()
    assert verdict.code == 0
    assert first.startswith("REHEARSAL: this lottery is a trial and decides nothing.")
    assert last.startswith("A REHEARSAL, which decides nothing.")
    commands = (
        ("alternates", "published", "--count", "1", "--seed", "5"),
        ("press", "published"),
        ("status", "published"),
        ("confirm", "published"),
    )
    for command in commands:
        done = sortition(*command, cwd=folder)
        assert done.code == 0, (command, done.stderr)
        assert "REHEARSAL: this panel was drawn as a trial." in done.stdout, command
    assert (
        sortition("receipt", "--all", "--from", "published", "--out", "receipts", cwd=folder).code
        == 0
    )
    pages = [*published.rglob("*.html"), *(folder / "receipts").glob("*.html")]
    unmarked = [page.name for page in pages if "decides nothing" not in page.read_text()]
    assert unmarked == []  # verify.html shows it once it has the files


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_no_letter_of_a_rehearsal_can_be_taken_for_a_real_one(
    published: Path, tmp_path: Path, kind: str
) -> None:
    template = tmp_path / f"mine.{kind}"
    if kind == "docx":
        paper = Document()
        paper.add_paragraph("You sit on the panel.")
        paper.save(str(template))
    else:
        template.write_text("<body><h1>Yes</h1><p>You sit on the panel.</p></body>")
    given = ("letters", "yes", published, "--template", template, "--out", "post")
    done = sortition(*given, cwd=tmp_path)
    assert done.code == 0, done.stderr
    (merged,) = (one for one in (tmp_path / "post").iterdir() if one.suffix == f".{kind}")
    if kind == "docx":
        said = "\n".join(one.text for one in Document(str(merged)).paragraphs)
    else:
        said = merged.read_text()
    assert said.count("This letter is a trial and decides nothing") == 3
    (workbook,) = (tmp_path / "post").glob("*.xlsx")
    _, *rows = load_workbook(workbook).worksheets[0].iter_rows(values_only=True)
    for row in rows:
        assert str(row[-2]).startswith("REHEARSAL: ")
        assert str(row[-1]).startswith("REHEARSAL. This letter is a trial")


def test_the_name_of_a_rehearsal_is_not_given_by_hand(folder: Path) -> None:
    done = sortition(*LOTTERY, "--assembly", "rehearsal: x", "--out", "forged", cwd=folder)
    assert "marks a rehearsal" in faults_said(done)[0]
    assert not (folder / "forged").exists()
