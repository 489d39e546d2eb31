"""What an officer is told when no panel exists, or when somebody has no chance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import DOCUMENTS, LISTS, Outcome, contents, sortition, write_inputs

PAIR = "feature,value,min,max\na,0,1,1\na,1,1,1\nb,0,1,1\nb,1,1,1\nc,0,1,1\nc,1,1,1\n"
PARITY = "id,a,b,c\nP1,0,0,0\nP2,1,1,0\nP3,1,0,1\nP4,0,1,1\n"  # no two differ in everything

FOUR = "id,a,b,home\nP1,x,u,A\nP2,x,v,B\nP3,y,u,A\nP4,y,u,A\n"


def verdict(outcome: Outcome) -> list[str]:
    """What is said before what was assumed."""
    return outcome.stderr.partition("\nWhat was assumed")[0].rstrip("\n").splitlines()


def refused(outcome: Outcome, folder: Path) -> tuple[list[str], list[str]]:
    """The bounds that clash, and the changes that would help."""
    assert (outcome.code, outcome.stdout) == (1, "")
    assert sorted(contents(folder)) == ["pool.csv", "quotas.csv"]
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []
    first, *lines = verdict(outcome)
    assert first == "No panel meets the quotas; nothing was written."
    headings = [number for number, line in enumerate(lines) if not line.startswith("  ")]
    assert len(headings) == 2
    clash, change = lines[1 : headings[1]], lines[headings[1] + 1 :]
    return [line.strip() for line in clash], [line.strip() for line in change]


def select(folder: Path, *options: str) -> Outcome:
    return sortition("select", "pool.csv", "quotas.csv", *options, "--out", "out", cwd=folder)


def test_too_few_people_for_a_minimum(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,3,4\na,y,0,2\nb,u,0,4\nb,v,0,4\n")
    clash, change = refused(select(tmp_path, "--size", "3"), tmp_path)
    assert clash == ["a, x: at least 3 (in the pool: 2)"]
    assert change == ["a, x: 2 to 4 in place of 3 to 4"]


def test_bounds_of_two_features_clash(tmp_path: Path) -> None:
    """Both of the two people who are x or v cannot be enough for three seats."""
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,2,2\na,y,0,2\nb,u,2,2\nb,v,0,2\n")
    clash, change = refused(select(tmp_path, "--size", "2"), tmp_path)
    assert clash == [
        "a, x: at least 2 (in the pool: 2)",
        "b, u: at least 2 (in the pool: 3)",
    ]
    assert change in (
        ["a, x: 1 to 2 in place of 2 to 2"],
        ["b, u: 1 to 2 in place of 2 to 2"],
    )


def test_a_clash_that_only_whole_people_have(tmp_path: Path) -> None:
    """Half of everybody would meet these quotas, so the linear program sees no clash."""
    write_inputs(tmp_path, PARITY, PAIR)
    clash, change = refused(select(tmp_path, "--size", "2"), tmp_path)
    assert [line.partition(":")[0] for line in clash] == [
        *("a, 0", "a, 1", "b, 0", "b, 1", "c, 0", "c, 1")
    ]
    quotas = PAIR
    for line in change:
        label, _, bounds = line.partition(": ")
        after, _, before = bounds.partition(" in place of ")
        assert before == "1 to 1"
        row = label.replace(", ", ",")
        quotas = quotas.replace(f"{row},1,1", f"{row},{after.replace(' to ', ',')}")
    write_inputs(tmp_path, PARITY, quotas)
    assert select(tmp_path, "--size", "2").code == 0  # the change does help


def test_households_clash_with_a_bound(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,0,2\na,y,2,2\nb,u,0,2\nb,v,0,2\n")
    done = select(tmp_path, "--size", "2", "--household", "home", "--solver", "cbc")
    clash, change = refused(done, tmp_path)
    assert clash == ["a, y: at least 2 (in the pool: 2)"]
    assert change == ["a, y: 1 to 2 in place of 2 to 2"]
    assert "household" in done.stderr
    assert select(tmp_path, "--size", "2").code == 0  # without the rule


def test_too_few_homes_for_the_panel(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,0,3\na,y,0,3\n")
    done = select(tmp_path, "--size", "3", "--household", "home")
    assert (done.code, done.stdout) == (1, "")
    assert "household" in done.stderr
    assert not any(line.endswith(":") for line in verdict(done))  # no list is empty
    assert sorted(contents(tmp_path)) == ["pool.csv", "quotas.csv"]


def test_people_whom_the_quotas_exclude_are_named(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,1,1\na,y,1,1\nb,u,2,2\nb,v,0,0\n")
    done = select(tmp_path, "--size", "2")
    assert (done.code, done.stderr) == (0, "")
    assert "On no panel that meets the quotas: P2\n" in done.stdout
    assert set(contents(tmp_path / "out")) == LISTS | DOCUMENTS
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert [p["id"] for p in report["people"] if p["probability"] == 0] == ["P2"]
    assert report["selection_probability"]["impossible"] == 1
    assert report["selection_probability"]["lowest"] == 0
    assert report["selection_probability"]["lowest_positive"] == pytest.approx(0.5)
    page = (tmp_path / "out" / "report.html").read_text()
    excluded = page.partition("People whom the quotas exclude")[2].partition("</ul>")[0]
    assert "<li>P2</li>" in excluded
    assert excluded.count("<li>") == 1
    held = json.loads((tmp_path / "out" / "lottery.json").read_bytes())
    assert all("P2" not in panel["members"] for panel in held["panels"])
    assert "P2" in held["people"]


def test_a_feature_with_a_value_that_nobody_has(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,1,1\na,y,1,1\na,z,0,1\n")
    assert select(tmp_path, "--size", "2").code == 0
    quotas = json.loads((tmp_path / "out" / "report.json").read_bytes())["quotas"]
    assert [quota["pool"] for quota in quotas] == [2, 2, 0]


def test_a_pool_that_is_the_panel(tmp_path: Path) -> None:
    """Everybody is certain, and that nobody can have more than certainty is proof enough."""
    write_inputs(tmp_path, FOUR, "feature,value,min,max\na,x,0,4\na,y,0,4\n")
    done = select(tmp_path, "--size", "4")
    assert (done.code, done.stderr) == (0, "")
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert [person["probability"] for person in report["people"]] == [1, 1, 1, 1]
    assert report["certificate"]["bound"] == 1


def test_people_without_a_ticket_are_named_with_advice(tmp_path: Path) -> None:
    people = "".join(f"P{number},x\n" for number in range(8))
    write_inputs(tmp_path, f"id,a\n{people}", "feature,value,min,max\na,x,2,2\n")
    done = select(tmp_path, "--size", "2", "--tickets", "3")
    assert (done.code, done.stderr) == (0, "")
    panels = json.loads((tmp_path / "out" / "lottery.json").read_bytes())["panels"]
    held = {member for panel in panels for member in panel["members"]}
    without = sorted({f"P{number}" for number in range(8)} - held)
    assert len(without) == 2
    assert f"On no ticket, though they could be selected: {', '.join(without)}\n" in done.stdout
    assert "Raise --tickets above 3" in done.stdout
    page = (tmp_path / "out" / "report.html").read_text()
    listed = page.partition("People who are on no ticket")[2].partition("</ul>")[0]
    assert all(f"<li>{id}</li>" in listed for id in without)
    assert "--tickets" in listed


def test_what_was_assumed_is_told_when_there_is_no_panel(tmp_path: Path) -> None:
    pool = "id,gender,street\n" + "".join(f"{n},{'fm'[n % 2]},Elm 1\n" for n in range(6))
    write_inputs(tmp_path, pool, "feature,value,min,max\ngender,f,1,1\ngender,m,1,1\n")
    told = sortition(
        *("select", "pool.csv", "quotas.csv", "--size", "2", "--household", "street"), cwd=tmp_path
    )
    assert told.code == 1
    assert "6 people have the same address (rows 2-7)" in " ".join(told.stderr.split())
