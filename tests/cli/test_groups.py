"""Seating plans as an officer makes them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.budgets import LARGE
from tests.cli.running import Outcome, contents, faults_said, sortition
from tests.pages.reading import Page
from tests.tables.making import write

OUTPUTS = {"seating.xlsx", "seating.csv", "name_cards.html", "seating.json"}
PEOPLE = "id,name,sex\n" + "".join(f"{n:02},Person {n},{'mf'[n % 2]}\n" for n in range(12))
LIST = ("people.csv", "--tables", "4", "--sessions", "3", "--mix", "sex", "--names", "name")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "people.csv", PEOPLE)
    return tmp_path


def plan_of(path: Path, delimiter: str = ",") -> dict[str, list[str]]:
    """The tables of each id."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter))
    places = [n for n, name in enumerate(rows[0]) if name.startswith("session")]
    return {row[0]: [row[n] for n in places] for row in rows[1:]}


@pytest.mark.usefixtures("outcome", "short_searches")
def test_a_panel_that_was_drawn_is_seated(sample_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_folder / "out", tmp_path / "panel")
    before = contents(tmp_path / "panel")
    options = ("--tables", "6", "--sessions", "2", "--names", "fornavn,efternavn")
    done = sortition("groups", "panel", *options, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert "36 people are seated at 6 tables in 2 sessions" in done.stdout
    assert "on aldersgruppe, bydel, køn, uddannelse" in done.stdout
    seating = tmp_path / "panel" / "seating"
    assert {path.name for path in seating.iterdir()} == OUTPUTS
    assert {
        name: data for name, data in contents(tmp_path / "panel").items() if name in before
    } == before
    figures = json.loads((seating / "seating.json").read_text(encoding="utf-8"))
    assert figures["mix"]["uneven"] == 0
    # nobody is sure that 180 can be had while every table is as mixed as that
    assert figures["meetings"]["at_most"] == 180
    assert figures["meetings"]["different"] >= (178 if LARGE else 170)  # a shorter search
    assert len(plan_of(seating / "seating.csv", ";")) == 36
    names = {
        row["fornavn"]
        for row in csv.DictReader(
            (tmp_path / "panel" / "panel.csv").read_text(encoding="utf-8-sig").splitlines(),
            delimiter=";",
        )
    }
    assert not any(f'"{name}"' in json.dumps(figures, ensure_ascii=False) for name in names)
    assert sortition("verify", "panel", cwd=tmp_path).code == 0


def test_a_list_of_people_is_seated_the_same_each_time(folder: Path) -> None:
    first, second = (
        sortition("groups", *LIST, "--out", out, cwd=folder, PYTHONHASHSEED=out)
        for out in ("1", "2")
    )
    assert (first.code, second.code) == (0, 0), first.stderr
    assert contents(folder / "1") == contents(folder / "2")
    rows = PEOPLE.splitlines()
    write(folder / "people.csv", "\n".join([rows[0], *reversed(rows[1:])]) + "\n")
    assert sortition("groups", *LIST, "--out", "3", cwd=folder).code == 0
    assert plan_of(folder / "3" / "seating.csv") == plan_of(folder / "1" / "seating.csv")


def test_each_card_has_a_name_and_a_table_for_each_session(folder: Path) -> None:
    write(folder / "people.csv", PEOPLE.replace("Person 3,", '"<b>Åse & Bo</b>",'))
    done = sortition("groups", *LIST, "--language", "da", "--out", "plan", cwd=folder)
    assert done.code == 0, done.stderr
    page = Page((folder / "plan" / "name_cards.html").read_text(encoding="utf-8"))
    assert page.tags.count("article") == 12
    assert page.words.count("Runde 3") == 12
    assert "<b>Åse & Bo</b>" in page.words
    assert not {"script", "link", "img"} & set(page.tags)
    header = (folder / "plan" / "seating.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "id,name,runde 1,runde 2,runde 3"


def test_after_a_session_only_who_must_moves(folder: Path) -> None:
    assert sortition("groups", *LIST, "--out", "plan", cwd=folder).code == 0
    before = plan_of(folder / "plan" / "seating.csv")
    write(folder / "away.csv", "id,session 2\n00,no\n")
    keep = ("--keep", "plan/seating.xlsx", "--from-session", "2", "--attendance", "away.csv")
    done = sortition("groups", *LIST, *keep, "--out", "plan-2", cwd=folder)
    assert done.code == 0, done.stderr
    assert "Moved     nobody who had a table sits elsewhere" in done.stdout
    after = plan_of(folder / "plan-2" / "seating.csv")
    assert after == before | {"00": [before["00"][0], "", before["00"][2]]}


def test_figures_as_json(folder: Path) -> None:
    done = sortition("groups", *LIST, "--json", cwd=folder)
    assert done.code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["schema"] == "sortition-seating/1"
    assert figures["meetings"]["different"] <= figures["meetings"]["at_most"]
    assert len(figures["mix"]["tables"]) == 12


def test_all_faults_are_found_at_once_and_nothing_is_written(folder: Path) -> None:
    write(folder / "rules.csv", "group,rule,who\nA,together,77\nA,apart,01\n")
    write(folder / "away.csv", "id,session 1\n88,no\n01,maybe\n")
    before = contents(folder)
    options = ("--tables", "13", "--sessions", "3", "--mix", "gender", "--names", "nam")
    lists = ("--rules", "rules.csv", "--attendance", "away.csv", "--effort", "0")
    done = sortition("groups", "people.csv", *options, *lists, "--seed", "", cwd=folder)
    said = faults_said(done)
    for part in (
        "An effort cannot be 0",
        "The seed is empty",
        "rules.csv, row 2, column who: Nobody to be seated has the id “77”",
        "away.csv, row 2, column id: Nobody to be seated has the id “88”",
        "away.csv, row 3, column session 1: “maybe” is neither yes nor no",
        "no column “gender”",
        "no column “nam”",
        "There are more tables (13) than people (12)",
    ):
        assert sum(part in line for line in said) == 1, part
    assert len(said) == 8
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--from-session", "2"), "Give it with --keep"),
        (("--keep", "people.csv", "--from-session", "4"), "from 1 to 3"),
        (("--rules", "none.csv"), "There is no file none.csv"),
        (("--out", "people.csv"), "people.csv is a file"),
        (("--id", "number"), "There is no column “number”"),
    ],
)
def test_bad_options(folder: Path, options: tuple[str, ...], fault: str) -> None:
    before = contents(folder)
    said = faults_said(sortition("groups", *LIST, *options, cwd=folder))
    assert any(fault in line for line in said)
    assert contents(folder) == before


def test_rules_that_clash_are_named(folder: Path) -> None:
    write(
        folder / "rules.csv",
        "group,rule,who\nA,together,01\nA,together,02\nB,apart,01\nB,apart,02\n",
    )
    done = sortition("groups", *LIST, "--rules", "rules.csv", cwd=folder)
    (fault,) = faults_said(done)
    assert (
        fault
        == "“B” keeps 01 and 02 apart, but other rules seat them together. Remove one of the rules."
    )


def test_a_folder_without_a_panel(folder: Path) -> None:
    (folder / "empty").mkdir()
    done: Outcome = sortition("groups", "empty", *LIST[1:5], cwd=folder)
    (fault,) = faults_said(done)
    assert "holds no panel that was drawn" in fault


def test_a_former_plan_is_not_overwritten_without_leave(folder: Path) -> None:
    assert sortition("groups", *LIST, "--quiet", cwd=folder).stdout == ""
    before = contents(folder)
    (fault,) = faults_said(sortition("groups", *LIST, "--seed", "x", cwd=folder))
    assert "already holds results" in fault
    assert contents(folder) == before
    assert sortition("groups", *LIST, "--seed", "x", "--overwrite", cwd=folder).code == 0
