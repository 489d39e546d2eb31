"""The members' questionnaire: written, filled in, and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.panels import copied, make_panel
from tests.cli.running import contents, faults_said, sortition

HEARD = "5. Jeg kunne sige, hvad jeg mener."
SECRET = "Only Ane would say this"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def answers(panel: Path, text: str) -> Path:
    path = panel.parent / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("language", "answer", "agree"),
    [("en", "Strongly agree", "agree"), ("da", "4 – Enig", "enige")],
)
def test_the_template_filled_in(panel: Path, language: str, answer: str, agree: str) -> None:
    done = sortition("evaluate", panel, "--template", "--language", language, cwd=panel.parent)
    assert (done.code, done.stderr) == (0, "")
    place = panel / "evaluation" / "questionnaire.xlsx"
    form = place.with_suffix(".txt").read_text(encoding="utf-8")
    book = load_workbook(place)
    sheet = book.worksheets[0]
    assert sheet.max_column == 10
    assert all(str(cell.value) in form for cell in sheet[1])
    for row in range(2, 8):
        for column in range(1, 11):
            sheet.cell(row, column, answer if row < 7 else "1")
    book.save(place)
    done = sortition(
        "evaluate", panel, "--questionnaire", place, "--language", language, cwd=panel.parent
    )
    assert (done.code, done.stderr) == (0, "")
    document = json.loads((panel / "evaluation" / "evaluation.json").read_bytes())["questionnaire"]
    assert (document["answered"], document["members"], document["smallest"]) == (6, 6, 5)
    # one of six disagreed: none of the numbers may be told
    assert document["questions"][0] == {
        "question": "information",
        "answers": None,
        "disagree": None,
        "neither": None,
        "agree": None,
    }
    assert f"{agree}:" not in done.stdout


def test_nobody_can_be_told_from_what_is_written(panel: Path) -> None:
    rows = [f"{point},5,{SECRET} {point},Ane {point}" for point in (1, 2, 3, 4, 5, 5)]
    path = answers(panel, "\n".join(["heard," + f'"{HEARD}",comment,name', *rows]) + "\n")
    done = sortition("evaluate", panel, "--questionnaire", path, cwd=panel.parent)
    assert done.code == 0
    assert "Columns that are none of the questions, and were not read: 2." in done.stdout
    assert "6 people answered the questionnaire, of 6" in done.stdout
    document = json.loads((panel / "evaluation" / "evaluation.json").read_bytes())["questionnaire"]
    told = {one.pop("question"): one for one in document["questions"]}
    hidden = {"disagree": None, "neither": None, "agree": None}
    assert told["heard"] == told["freedom"] == told["again"] == {"answers": None, **hidden}
    assert told["again"] == {"answers": None, **hidden}
    page = (panel / "evaluation" / "evaluation.html").read_text(encoding="utf-8")
    for text in (done.stdout, page, json.dumps(document)):
        assert not any(word in text for word in (SECRET, "Ane", "comment"))


def test_all_faults_at_once(panel: Path) -> None:
    before = contents(panel)
    path = answers(panel, "heard,freedom,Freedom.\nquite,4,4\n6,1-5,3\n" + "4,4,4\n" * 6)
    said = faults_said(sortition("evaluate", panel, "--questionnaire", path, cwd=panel.parent))
    text = "\n".join(said)
    assert "row 2, column heard" in text
    assert "“quite” is no answer" in text
    assert "“6” is no answer" in text
    assert "Another column has the same question" in text
    assert "answers of 8 people, but only 6" in text
    assert contents(panel) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,name\n1,Ane\n", "No column is one of the questions"),
        ("heard,again\n,Ved ikke\n", "Nobody has"),
    ],
)
def test_a_table_without_answers(panel: Path, text: str, words: str) -> None:
    path = answers(panel, text)
    said = faults_said(sortition("evaluate", panel, "--questionnaire", path, cwd=panel.parent))
    assert words in said[0]


def test_the_template_takes_nothing_else(panel: Path) -> None:
    path = answers(panel, "heard\n4\n")
    done = sortition("evaluate", panel, "--template", "--questionnaire", path, cwd=panel.parent)
    assert faults_said(done) == ["--questionnaire is of no use to --template."]
