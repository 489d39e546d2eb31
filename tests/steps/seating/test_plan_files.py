from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sortition.steps.seating.plan_files import (
    PlanWords,
    SeatingPeople,
    describe_people,
    plan_csv,
    plan_workbook,
    read_roster,
)
from sortition.steps.seating.rules import SeatingRules, read_rules
from sortition.steps.seating.sessions import SESSION, FormerPlan, read_attendance, read_former
from sortition.tables.labels import fold
from sortition.tables.reading import read_own_list, read_table
from tests.tables.making import codes, faults_of, places, write

PEOPLE = "id,name,town,age\n003,Åse,Nord,20-29\n001,=Bo,Syd,20–29 år\n-2,Cai,Nord,\n004,Dan,Syd,x\n"
WORDS = PlanWords(plan="plan", session="session {n}", table="table")
SEATS = ((1, 2, 1, 2), (2, None, 1, 1))  # -2, 001, 003, 004


@pytest.mark.parametrize("name", ["Session 1", "runde 1", "Møde 1", "MØDE 01", "meeting 1"])
def test_what_a_session_may_be_called(name: str) -> None:
    found = SESSION.fullmatch(fold(name))
    assert found is not None
    assert int(found[1]) == 1


def people(folder: Path, text: str = PEOPLE) -> SeatingPeople:
    path = write(folder / "people.csv", text)
    read = read_roster(read_table(path), id_column=None)
    return describe_people(read.roster, mix=["Town", "age"], names=["name"], tables=2)


def rules(folder: Path, text: str) -> SeatingRules:
    table = read_table(write(folder / "rules.csv", text))
    return read_rules(table, people(folder).roster, tables=2)


def former(folder: Path, path: Path, held: int = 0) -> FormerPlan:
    table = read_own_list(path)
    return read_former(table, people(folder).roster, tables=2, sessions=2, held=held)


def test_people_are_sorted_by_id_with_one_spelling_of_each_value(tmp_path: Path) -> None:
    read = people(tmp_path)
    assert read.ids == ("-2", "001", "003", "004")
    assert read.features == ("town", "age")
    assert read.values == (
        ("Nord", ""),
        ("Syd", "20-29"),
        ("Nord", "20-29"),
        ("Syd", "x"),
    )
    assert read.names == (("Cai",), ("=Bo",), ("Åse",), ("Dan",))
    assert codes(read.assumed) == ["column-matched", "seating-value-blank", "seating-many-values"]


def test_columns_that_are_not_there_are_all_named(tmp_path: Path) -> None:
    roster = people(tmp_path).roster
    faults = faults_of(lambda: describe_people(roster, mix=["a", "town"], names=["b"], tables=2))
    assert [fault.column for fault in faults] == ["a", "b"]


def test_the_workbook_has_everybody_and_a_sheet_a_session(tmp_path: Path) -> None:
    data = plan_workbook(people(tmp_path), SEATS, WORDS)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    book = load_workbook(path)
    assert book.sheetnames == ["plan", "session 1", "session 2"]
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    assert rows["plan"] == [
        ["id", "name", "session 1", "session 2"],
        ["-2", "Cai", 1, 2],
        ["001", "=Bo", 2, None],
        ["003", "Åse", 1, 1],
        ["004", "Dan", 2, 1],
    ]
    assert rows["session 2"] == [
        ["table", "id", "name"],
        [1, "003", "Åse"],
        [1, "004", "Dan"],
        [2, "-2", "Cai"],
    ]
    named = book["plan"]["B3"]
    assert (named.value, named.data_type, named.quotePrefix) == ("=Bo", "s", True)
    assert plan_workbook(people(tmp_path), SEATS, WORDS) == data


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    lines = plan_csv(people(tmp_path), SEATS, WORDS).decode().splitlines()
    assert lines[1:3] == ["'-2,Cai,1,2", "001,'=Bo,2,"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_plan_that_was_written_is_read_as_it_was(tmp_path: Path, kind: str) -> None:
    writer = plan_workbook if kind == "xlsx" else plan_csv
    path = write(tmp_path / f"plan.{kind}", writer(people(tmp_path), SEATS, WORDS))
    plan = former(tmp_path, path, held=2)
    assert plan.seats == SEATS
    assert plan.assumed == ()


def test_people_who_came_or_went_since_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.csv", "id,runde 1\n003,2\n001,1\n004,1\n99,2\n")
    plan = former(tmp_path, path, held=1)
    assert plan.seats == ((None, 1, 2, 1), (None,) * 4)
    assert [(found.code, found.value) for found in plan.assumed] == [
        ("seating-people-gone", "99"),
        ("seating-people-new", "-2"),
    ]


def test_faults_of_a_plan(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.csv", "id,session 1\n003,7\n001,one\n004,\n")
    faults = faults_of(lambda: former(tmp_path, path, held=2))
    assert places(faults) == [
        ("seating-session-missing", None, "", ""),
        ("seating-table-unknown", 2, "session 1", "7"),
        ("seating-table-unknown", 3, "session 1", "one"),
    ]
    path = write(tmp_path / "other.csv", "id,table\n003,1\n")
    assert codes(faults_of(lambda: former(tmp_path, path))) == ["seating-sessions-header"]


def test_rules_name_people_by_id_or_by_value(tmp_path: Path) -> None:
    text = "group,rule,who\nA,together,001\nA,Together,003\nB,apart,town=nord\nC,table 2,-2\n"
    read = rules(tmp_path, text)
    assert [(rule.name, rule.kind, rule.guests, rule.table) for rule in read.rules] == [
        ("A", "together", (1, 2), None),
        ("B", "apart", (0, 2), None),
        ("C", "table", (0,), 2),
    ]
    assert read.assumed == ()


def test_rules_in_danish(tmp_path: Path) -> None:
    text = "gruppe;regel;hvem\nA;sammen;001\nA;sammen;003\nB;hver for sig;004\nC;bord 1;004\n"
    read = rules(tmp_path, text)
    assert [rule.kind for rule in read.rules] == ["together", "apart", "table"]
    assert codes(read.assumed) == ["delimiter-assumed", "seating-group-of-one"]


def test_every_fault_of_the_rules_is_found(tmp_path: Path) -> None:
    text = """group,rule,who
A,together,001
A,apart,003
B,beside,003
C,table 3,004
D,apart,005
D,apart,town=Vest
D,apart,land=DK
,together,
"""
    assert places(faults_of(lambda: rules(tmp_path, text))) == [
        ("seating-rule-mixed", 3, "rule", "apart"),
        ("seating-rule-unknown", 4, "rule", "beside"),
        ("seating-table-unknown", 5, "rule", "table 3"),
        ("seating-id-unknown", 6, "who", "005"),
        ("seating-nobody", 7, "who", "town=Vest"),
        ("seating-id-unknown", 8, "who", "land=DK"),
        ("seating-rule-blank", 9, "group", ""),
        ("seating-rule-blank", 9, "who", ""),
    ]
    header = faults_of(lambda: rules(tmp_path, "a,b\n1,2\n"))
    assert codes(header) == ["seating-rules-header"]


def test_attendance_is_yes_or_no_and_who_is_not_listed_comes(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", "id,session 2\n001,nej\n003,Ja\n"))
    read = read_attendance(table, people(tmp_path).roster, sessions=2)
    assert read.present == ((True, True), (True, False), (True, True), (True, True))
    assert [(found.code, *found.facts.values()) for found in read.assumed] == [
        ("seating-attendance-assumed", 2),
        ("seating-session-assumed", 1),
    ]


def test_faults_of_an_attendance(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", "id,session 1\n001,perhaps\n03,no\n004,\n"))
    roster = people(tmp_path).roster
    assert places(faults_of(lambda: read_attendance(table, roster, sessions=2))) == [
        ("seating-id-unknown", 3, "id", "03"),
        ("seating-answer-unclear", 2, "session 1", "perhaps"),
        ("seating-answer-unclear", 4, "session 1", ""),
    ]
    faults = faults_of(lambda: read_attendance(table, roster, sessions=0))
    assert codes(faults) == ["seating-session-unknown"]
    unnamed = read_table(write(tmp_path / "b.csv", "person,session 1\n001,yes\n"))
    faults = faults_of(lambda: read_attendance(unnamed, roster, sessions=1))
    assert codes(faults) == ["seating-without-ids"]
