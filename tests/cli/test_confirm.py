from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from sortition.audit.verify import examine
from tests.cli.panels import copied, dropping, make_panel, members
from tests.cli.running import contents, faults_said, sortition


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def confirm(panel: Path, *options: str | Path) -> Path:
    done = sortition("confirm", panel, *options, cwd=panel.parent)
    assert (done.code, done.stderr) == (0, "")
    return panel / "calls.xlsx"


def filled(path: Path, answers: dict[str, str], **columns: dict[str, str]) -> Path:
    """The list with statuses, and cells of other columns, by id; columns as they are called."""
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    cells = {"call status": answers, **{n.replace("_", " "): c for n, c in columns.items()}}
    for row in sheet.iter_rows(min_row=2):
        for name, by_id in cells.items():
            if str(row[0].value) in by_id:
                row[header.index(name)].value = by_id[str(row[0].value)]
    copy = path.with_name("answers.xlsx")
    workbook.save(copy)
    return copy


def test_the_call_list(panel: Path) -> None:
    path = confirm(panel, "--deadline", "2026-12-01")
    sheet = load_workbook(path)["calls"]
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header == [
        *("id", "name", "gender", "age", "street"),
        *("call status", "call attempts", "answer by", "next alternate", "call note"),
    ]
    assert [row[0] for row in rows] == members(panel)
    assert {tuple(row[5:8]) for row in rows} == {("to call", 0, "2026-12-01")}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    choice = sheet.data_validations.dataValidation[0]
    assert choice.formula1 == '"to call,no answer,confirmed,declined"'
    assert str(choice.sqref) == "F2:F7"
    # a list of people is no part of what the log is about
    assert not (panel / "events.jsonl").exists()


def test_a_name_like_a_formula_stays_text(panel: Path) -> None:
    if "001" not in members(panel):  # put her on the panel
        others = [f"{n:03}" for n in range(3, 21) if f"{n:03}" not in members(panel)]
        absent = panel.parent / "absent.csv"
        absent.write_text("id\n" + "\n".join(others), encoding="utf-8")
        gone = [id for id in members(panel) if id <= "010"]
        done = dropping(panel, *gone, options=("--unavailable", absent))
        assert done.code == 0
    cells = load_workbook(confirm(panel))["calls"]["B"]
    formulas = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formulas
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in formulas)


def test_answers_are_read_back(panel: Path) -> None:
    path = confirm(panel)
    one, two, three, *_ = members(panel)
    answers = filled(
        path,
        {one: "confirmed", two: " Declined", three: "intet svar"},
        call_attempts={three: "2"},
        answer_by={three: "5.12.2026"},
        call_note={three: "ring igen"},
    )
    done = sortition("confirm", panel, "--read", answers, cwd=panel.parent)
    assert (done.code, done.stderr) == (0, "")
    kept = json.loads((panel / "calls-1.json").read_bytes())
    assert kept["people"][2] == {
        "attempts": 2,
        "deadline": "2026-12-05",
        "id": three,
        "note": "ring igen",
        "status": "no-answer",
    }
    event = json.loads((panel / "events.jsonl").read_bytes().splitlines()[-1])
    assert event["facts"]["counts"] == {
        "confirmed": 1,
        "declined": 1,
        "no-answer": 1,
        "to-call": 3,
    }
    assert f'"{one}"' not in json.dumps(event["facts"])
    assert examine(panel).holds
    # the next list begins where this one ended
    again = load_workbook(confirm(panel, "--overwrite"))["calls"]
    assert [again.cell(row, 6).value for row in (2, 3, 4)] == ["confirmed", "declined", "no answer"]
    (panel / "calls-1.json").write_bytes(b"{}")
    assert not examine(panel).holds


def test_a_list_in_another_order_with_more_columns(panel: Path) -> None:
    """As somebody saves it who sorts, adds and drops columns, and writes titles above."""
    rows = [[cell.value for cell in row] for row in load_workbook(confirm(panel))["calls"]]
    header, *people = rows
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["Ring efter kl. 16"])
    sheet.append(["mine", header[5], header[1], header[0]])
    for row in reversed(people):
        sheet.append(["!", "confirmed", row[1], row[0]])
    path = panel.parent / "mine.xlsx"
    workbook.save(path)
    done = sortition("confirm", panel, "--read", path, cwd=panel.parent)
    assert done.code == 0, done.stderr
    assert "6    have confirmed" in done.stdout


def test_who_is_not_on_the_list_is_as_before(panel: Path) -> None:
    path = confirm(panel)
    one, two, *_ = members(panel)
    (panel.parent / "few.csv").write_text(
        f"id,call status\n{one},confirmed\n{two},\n", encoding="utf-8"
    )
    done = sortition("confirm", panel, "--read", "few.csv", cwd=panel.parent)
    assert (
        "People of the panel who are not on the list, and were taken as before: 4." in done.stdout
    )
    assert "People without a status, who were taken as before: 1." in done.stdout
    assert path.exists()


def test_all_faults_at_once(panel: Path) -> None:
    path = confirm(panel)
    one, two, three, *_ = members(panel)
    declined = filled(path, {one: "declined", two: "declined"})
    assert sortition("confirm", panel, "--read", declined, cwd=panel.parent).code == 0
    assert dropping(panel, two).code == 0
    before = contents(panel)
    stranger = next(
        f"{n:03}"
        for n in range(1, 21)
        if f"{n:03}" not in {*members(panel), *members(panel, after=1)}
    )
    (panel.parent / "bad.csv").write_text(
        "id,call status,call attempts,answer by\n"
        f"{one},confirmed,1,\n{two},confirmed,1,\n{three},perhaps,many,soon\n"
        f"{stranger},confirmed,,\n999,confirmed,,\n",
        encoding="utf-8",
    )
    said = faults_said(sortition("confirm", panel, "--read", "bad.csv", cwd=panel.parent))
    assert len(said) == 7
    assert f"row 2: “{one}” had declined when the list was last read in" in said[0]
    assert f"row 3: “{two}” left the panel in an earlier round" in said[1]
    assert "“perhaps” is no status" in said[2]
    assert "“many” is no number of calls" in said[3]
    assert "“soon” is no day" in said[4]
    assert f"“{stranger}” is in the pool, but not on the panel now" in said[5]
    assert "Nobody in the pool has the id “999”" in said[6]
    assert contents(panel) == before


def test_who_confirmed_keeps_the_place(panel: Path) -> None:
    path = confirm(panel)
    one = members(panel)[0]
    confirmed = filled(path, {one: "confirmed"})
    assert sortition("confirm", panel, "--read", confirmed, cwd=panel.parent).code == 0
    assert "who has confirmed keeps the place" in faults_said(dropping(panel, one))[0]
    declined = filled(path, {one: "declined"})
    assert sortition("confirm", panel, "--read", declined, cwd=panel.parent).code == 0
    assert dropping(panel, one).code == 0


def test_those_who_declined_are_the_dropouts(panel: Path) -> None:
    path = confirm(panel)
    gone = members(panel)[:2]
    answers = filled(path, dict.fromkeys(gone, "declined"))
    read = sortition("confirm", panel, "--read", answers, cwd=panel.parent)
    assert f"sortition replace {panel} --dropouts {answers}\n" in read.stdout
    done = sortition("replace", panel, "--dropouts", answers, cwd=panel.parent)
    assert done.code == 0, done.stderr
    assert not set(gone) & set(members(panel, after=1))
    again = sortition("replace", panel, "--dropouts", answers, cwd=panel.parent)
    assert "Nobody is listed who leaves the panel." in faults_said(again)[0]


def test_a_list_is_not_overwritten(panel: Path) -> None:
    confirm(panel)
    done = sortition("confirm", panel, cwd=panel.parent)
    assert "calls.xlsx" in faults_said(done)[0]
    both = sortition("confirm", panel, "--read", "x.xlsx", "--overwrite", cwd=panel.parent)
    assert "Give --read without" in faults_said(both)[0]


def test_a_list_is_read_back_in_the_language_that_was_asked_for(panel: Path) -> None:
    path = confirm(panel, "--language", "da")
    done = sortition("confirm", panel, "--read", path, "--language", "da", cwd=panel.parent)
    assert (done.code, done.stderr) == (0, "")
    assert "har bekræftet" in done.stdout


def test_in_danish(panel: Path) -> None:
    path = confirm(panel, "--language", "da")
    sheet = load_workbook(path)["ringeliste"]
    assert [cell.value for cell in sheet[1]][5:] == [
        "opkaldsstatus",
        "opkaldsforsøg",
        "svarfrist",
        "næste suppleant",
        "opkaldsnotat",
    ]
    done = sortition("confirm", panel, "--read", path, cwd=panel.parent)
    assert "6    are to be called" in done.stdout


def test_the_next_alternate_is_named(panel: Path) -> None:
    assert sortition("alternates", panel, "--count", "6", cwd=panel.parent).code == 0
    facts = json.loads((panel / "events.jsonl").read_bytes().splitlines()[-1])["facts"]
    sheet = load_workbook(confirm(panel))["calls"]
    people = {str(row[0].value): row[8].value for row in sheet.iter_rows(min_row=2)}
    assert set(people.values()) - {None} <= set(facts["alternates"])
    one, named = next((id, named) for id, named in people.items() if named)
    assert dropping(panel, one).code == 0
    record = json.loads((panel / "replacement-1/replacement.json").read_bytes())
    assert record["came"] == [named]


def test_ids_and_statuses_at_fault_come_at_once(panel: Path) -> None:
    one, two, *_ = members(panel)
    (panel.parent / "bad.csv").write_text(
        f"id,opkaldsstatus\n{one},måske\n{one},confirmed\n999,bekræftet\n,{two}\n",
        encoding="utf-8",
    )
    said = faults_said(sortition("confirm", panel, "--read", "bad.csv", cwd=panel.parent))
    assert len(said) == 5
    assert "“ring op”, “intet svar”, “bekræftet”, “afslået”" in said[0]
    assert "row 3" in said[1]
    assert "Nobody in the pool has the id “999”" in said[2]


def test_advice_about_a_danish_list_is_in_its_words(panel: Path) -> None:
    one = members(panel)[0]
    for word, code in (("afslået", 0), ("bekræftet", 2)):
        (panel.parent / "svar.csv").write_text(f"id;svar\n{one};{word}\n", encoding="utf-8")
        done = sortition("confirm", panel, "--read", "svar.csv", cwd=panel.parent)
        assert done.code == code
    assert "read the list in once with “ring op”, then with “bekræftet”" in faults_said(done)[0]


@pytest.mark.parametrize("day", ["2026-02-30", "soon"])
def test_a_deadline_that_is_no_day(panel: Path, day: str) -> None:
    done = sortition("confirm", panel, "--deadline", day, cwd=panel.parent)
    assert done.code == 2
    assert f"--deadline cannot be “{day}”. It must be a date such as 2026-11-20" in done.stderr
    assert not (panel / "calls.xlsx").exists()
