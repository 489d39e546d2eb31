"""Who may be drawn, and what is asked where nobody can know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sortition.steps.plan.response_rates import Known, read_response_rates
from tests.cli.running import Outcome, sortition
from tests.steps.intake.test_shapes import fill_in, questions_in

QUOTAS = "feature,value,min,max\ngender,female,0,5\ngender,male,0,5\n"
FORM = """\
timestamp,code,name,email,phone,address,gender,I consent to the use of my data
2026-11-01 10:00,AAAA1111,Anna Lund,anna@x.dk,20304050,Elm 1,female,Yes
2026-11-01 11:00,BBBB2222,Bo Holm,bo@x.dk,20304051,Elm 2,male,Yes
2026-11-01 12:00,CCCC3333,Carl Dahl,carl@x.dk,20304052,Elm 3,male,I do not
2026-11-01 13:00,,Dora Skov,dora@x.dk,20304053,Elm 4,female,Yes
2026-11-01 14:00,EEEE5555,Eva Krogh,eva@x.dk,20304054,Elm 5,female,Yes
"""
ASKED = """\
code,name,address
AAAA1111,Anna Lund,Elm 1
BBBB2222,Bo Holm,Elm 2
CCCC3333,Carl Dahl,Elm 3
DDDD4444,Dora Skov,Elm 4
EEEE5556,Eva Krogh,Elm 5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.csv").write_text(FORM, encoding="utf-8")
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    (tmp_path / "asked.csv").write_text(ASKED, encoding="utf-8")
    return tmp_path


def take_in(folder: Path, *options: str) -> Outcome:
    return sortition("intake", "form.csv", "--quotas", "q.csv", *options, cwd=folder)


def told(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        (folder / "intake" / "intake.json").read_text(encoding="utf-8")
    )
    return document


def left(folder: Path) -> list[tuple[str, str, int]]:
    return [(one["reason"], one["detail"], one["people"]) for one in told(folder)["left_out"]]


def ids(folder: Path) -> list[str]:
    lines = (folder / "intake" / "pool.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",")[0] for line in lines[1:]]


def test_without_consent_nobody_is_drawn(folder: Path) -> None:
    assert take_in(folder).code == 0
    assert left(folder) == [("consent", "", 1)]
    assert ids(folder) == ["P0001", "P0002", "P0004", "P0005"]


@pytest.mark.parametrize(
    ("staff", "gone"),
    [
        ("email\nBO@x.dk\n", "P0002"),
        ("phone\n+45 20 30 40 51\n", "P0002"),
        ("code\nbbbb-2222\n", "P0002"),
        ('name,address\n"Holm, Bo",Elm 2\n', "P0002"),
        ("name,address\nBo Holmm,elm 2\n", None),  # within a letter at one address: asked
        ("name,address\nBo Holm,Oak 7\n", None),  # another home, so that the name is all
    ],
)
def test_lists_of_those_who_cannot_be_drawn(folder: Path, staff: str, gone: str | None) -> None:
    (folder / "staff.csv").write_text(staff, encoding="utf-8")
    done = take_in(folder, "--exclude", "staff.csv")
    if gone is None:
        assert done.code == 1
        (asked,) = questions_in(folder / "intake" / "questions.xlsx")
        assert (asked["About"], asked["Subject"]) == ("excluded", "staff.csv")
        fill_in(folder / "intake" / "questions.xlsx", folder / "filled.xlsx", {})
        done = take_in(folder, "--exclude", "staff.csv", "--answers", "filled.xlsx")
    assert (done.code, done.stderr) == (0, "")
    assert ("excluded", "staff.csv", 1) in left(folder)
    assert "P0002" not in ids(folder)


def test_a_no_keeps_somebody_of_the_same_name(folder: Path) -> None:
    (folder / "staff.csv").write_text("name\nBo Holm\n", encoding="utf-8")
    assert take_in(folder, "--exclude", "staff.csv").code == 1
    questions = folder / "intake" / "questions.xlsx"
    (asked,) = questions_in(questions)
    fill_in(questions, folder / "filled.xlsx", {asked["What stands there"]: "no"})
    assert take_in(folder, "--exclude", "staff.csv", "--answers", "filled.xlsx").code == 0
    assert "P0002" in ids(folder)


def test_codes_of_those_who_were_asked(folder: Path) -> None:
    """A name and an address do for a code that is missing, and for one that is misspelt."""
    assert take_in(folder, "--invited", "asked.csv").code == 0
    assert ids(folder) == ["P0001", "P0002", "P0004", "P0005"]
    assert told(folder)["without_code"] == 2


def test_who_was_not_asked_is_not_drawn(folder: Path) -> None:
    known = ASKED.replace("Dora Skov,Elm 4", ",").replace("Eva Krogh,Elm 5", ",")
    (folder / "asked.csv").write_text(known, encoding="utf-8")
    assert take_in(folder, "--invited", "asked.csv").code == 1
    (asked,) = questions_in(folder / "intake" / "questions.xlsx")
    assert (asked["About"], asked["Subject"]) == ("code", "near")
    assert "EEEE5555 → EEEE5556" in asked["What stands there"]
    fill_in(folder / "intake" / "questions.xlsx", folder / "filled.xlsx", {})
    done = take_in(folder, "--invited", "asked.csv", "--answers", "filled.xlsx")
    assert (done.code, done.stderr) == (0, "")
    assert left(folder) == [("consent", "", 1), ("not-invited", "", 1)]
    assert ids(folder) == ["P0001", "P0002", "P0005"]


def test_codes_that_nobody_got_are_told_apart(folder: Path) -> None:
    rows = [
        "2026-11-01 15:00,TEST,Ulla Prøve,,,,female,Yes",
        "2026-11-01 15:01,test2,Bo Holm,bo@x.dk,,,male,Yes",
        "2026-11-01 15:02,ZZZZ9999,Finn Bæk,finn@x.dk,,Elm 9,male,Yes",
        "2026-11-01 15:03,,Gerda Lind,gerda@x.dk,,Elm 8,female,Yes",
        "2026-11-01 15:04,not received,Hugo Bro,hugo@x.dk,,,male,Yes",
    ]
    (folder / "form.csv").write_text(FORM + "\n".join(rows), encoding="utf-8")
    with (folder / "asked.csv").open("a", encoding="utf-8") as asked:
        asked.write("HHHH8888,Hugo Bro,Elm 7\n")
    assert take_in(folder, "--invited", "asked.csv").code == 1
    (name,) = questions_in(folder / "intake" / "questions.xlsx")
    assert (name["About"], name["Subject"], name["Proposal"]) == ("code", "name", "")
    fill_in(folder / "intake" / "questions.xlsx", folder / "filled.xlsx", {})
    done = take_in(folder, "--invited", "asked.csv", "--answers", "filled.xlsx")
    assert (done.code, done.stderr) == (0, "")
    assert left(folder) == [
        ("code-unknown", "", 1),
        ("consent", "", 1),
        ("not-invited", "", 1),
        ("test", "", 1),
    ]
    assert ids(folder) == ["P0001", "P0002", "P0004", "P0005", "P0010"]


def test_one_code_and_two_people(folder: Path) -> None:
    with (folder / "form.csv").open("a", encoding="utf-8") as form:
        form.write("2026-11-02 10:00,AAAA1111,Per Lund,per@x.dk,20304060,Elm 1,male,Yes\n")
    household = ("--invited", "asked.csv", "--code-for", "household")
    assert take_in(folder, *household).code == 0
    assert "P0006" in ids(folder)
    done = take_in(folder, "--invited", "asked.csv", "--overwrite")
    assert done.code == 1
    (asked,) = questions_in(folder / "intake" / "questions.xlsx")
    assert (asked["About"], asked["Subject"], asked["Proposal"]) == ("code", "other", "no")
    answers = {asked["What stands there"]: "no"}
    fill_in(folder / "intake" / "questions.xlsx", folder / "filled.xlsx", answers)
    again = ("--invited", "asked.csv", "--answers", "filled.xlsx", "--overwrite")
    assert take_in(folder, *again).code == 0
    assert ("code", "", 1) in left(folder)
    assert "P0001" in ids(folder)
    assert "P0006" not in ids(folder)


def test_who_has_not_answered(folder: Path) -> None:
    """Who said no has answered; the rates are those that a plan reads."""
    known = "code,name,gender\nAAAA1111,Anna Lund,female\nCCCC3333,Carl Dahl,male\n"
    silent = "FFFF6666,Finn Bro,male\nGGGG7777,Gry Bro,female\n"
    (folder / "asked.csv").write_text(known + silent, encoding="utf-8")
    assert take_in(folder, "--invited", "asked.csv").code == 0
    rates = (folder / "intake" / "response_rates.csv").read_text(encoding="utf-8")
    assert rates == "gender,invited,answered\nfemale,2,1\nmale,2,1\n"
    book = openpyxl.load_workbook(folder / "intake" / "reminders.xlsx")
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows == [("FFFF6666", "Finn Bro", "male"), ("GGGG7777", "Gry Bro", "female")]
    assert told(folder)["not_answered"] == 2
    assert "Finn" not in (folder / "intake" / "intake.html").read_text(encoding="utf-8")
    labels = {"gender": Known(values=("female", "male"), others=False)}
    sheet = read_response_rates(folder / "intake" / "response_rates.csv", labels)
    assert sheet.responses.features == ("gender",)


def test_a_list_for_doors_is_a_wave_and_asks_whom_it_came_to(folder: Path) -> None:
    for home in ("first", "doors"):
        (folder / home).mkdir()
    (folder / "first" / "l.csv").write_text("code,name,gender\nAAAA1111,Anna Lund,female\n")
    (folder / "doors" / "l.csv").write_text(
        "code,name,gender,invited_wave,invited_ticket,invited_probability,tried\n"
        "CCCC3333,Carl Dahl,male,2,0a,0.5,spoke\nEEEE5555,Eva Krogh,female,2,0b,0.5,\n"
        "FFFF6666,Finn Bro,male,2,0c,0.5,nobody home\nGGGG7777,Gry Bro,male,2,0d,0.5,\n"
    )
    assert take_in(folder, "--invited", "first/l.csv", "--invited", "doors/l.csv").code == 0
    (frame,) = told(folder)["frames"]
    assert frame == {"list": "first/l.csv, doors/l.csv", "asked": 4, "answered": 3, "pool": 2}
    assert told(folder)["not_answered"] == 1


def test_two_waves_and_people_named_by_a_shelter(folder: Path) -> None:
    """The waves of a register are one list, and whoever a register misses is counted apart."""
    first = "code,name,gender\nAAAA1111,Anna Lund,female\nFFFF6666,Finn Bro,male\n"
    second = "code,name,gender\nCCCC3333,Carl Dahl,male\nGGGG7777,Gry Bro,female\n"
    (folder / "asked.csv").write_text(first, encoding="utf-8")
    (folder / "wave2.csv").write_text(second, encoding="utf-8")
    (folder / "shelter.csv").write_text("code,name\nFAB23CD4,Ida Krogh\nF2AB3CD5,Per Holm\n")
    with (folder / "form.csv").open("a", encoding="utf-8") as form:
        form.write("2026-11-02 10:00,fab23cd4,Ida Krogh,,,,female,Yes\n")
    lists = ("--invited", "asked.csv", "--invited", "shelter.csv", "--invited", "wave2.csv")
    assert take_in(folder, *lists).code == 0
    frames = told(folder)["frames"]
    assert [one["list"] for one in frames] == ["asked.csv, wave2.csv", "shelter.csv"]
    assert [(one["asked"], one["answered"], one["pool"]) for one in frames] == [
        (4, 2, 1),
        (2, 1, 1),
    ]
    rates = (folder / "intake" / "response_rates.csv").read_text(encoding="utf-8")
    assert rates == "gender,invited,answered\nfemale,2,1\nmale,2,1\n"
    assert not (folder / "intake" / "response_rates-2.csv").exists()
    assert (folder / "intake" / "frame-2.csv").read_text() == "id,gender\nP0006,female\n"
    reminders = openpyxl.load_workbook(folder / "intake" / "reminders.xlsx")
    assert [sheet.max_row - 1 for sheet in reminders.worksheets] == [2, 1]
    page = (folder / "intake" / "intake.html").read_text(encoding="utf-8")
    assert "shelter.csv: 2 people were asked, 1 answered, and 1 can be drawn." in page


def test_a_code_that_is_near_is_asked_about_before_a_name_is(folder: Path) -> None:
    (folder / "asked.csv").write_text(
        "code,name\nAAAA1111,Anna Lund\nEEEE5556,Eva Krogh\n", encoding="utf-8"
    )
    (folder / "form.csv").write_text(
        "code,name,gender\nAAAA1111,Anna Lund,female\nEEEE5555,Eva Krogh,female\n", encoding="utf-8"
    )
    seen = []
    for number, answer in enumerate(("no", "yes")):
        given = ("--answers", f"filled{number - 1}.xlsx") if number else ()
        assert take_in(folder, "--invited", "asked.csv", *given, "--overwrite").code == 1
        path = max((folder / "intake").glob("questions*.xlsx"), key=lambda one: len(one.name))
        seen.append([one["Subject"] for one in questions_in(path) if not one["Answer"]])
        found = {one["What stands there"]: answer for one in questions_in(path)}
        fill_in(path, folder / f"filled{number}.xlsx", found)
    assert seen == [["near"], ["name"]]
    done = take_in(folder, "--invited", "asked.csv", "--answers", "filled1.xlsx", "--overwrite")
    assert done.code == 0
    assert ids(folder) == ["P0001", "P0002"]
