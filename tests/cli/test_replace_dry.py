"""What a round would do is said before anything is drawn, and which quota gives way is chosen."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.panels import POOL, copied, make_panel, members, write_ids
from tests.cli.running import contents, faults_said, sortition

PEOPLE = {row["id"]: row for row in csv.DictReader(POOL.splitlines())}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def kind(id: str) -> tuple[str, str]:
    return PEOPLE[id]["gender"], PEOPLE[id]["age"]


def leaving(panel: Path) -> list[str]:
    """The command by which the first of the panel leaves, and nobody like her can come."""
    gone = members(panel)[0]
    alike = [id for id in PEOPLE if kind(id) == kind(gone) and id not in members(panel)]
    write_ids(panel.parent / "gone.csv", gone)
    write_ids(panel.parent / "away.csv", *alike)
    return ["replace", "run", "--dropouts", "gone.csv", "--unavailable", "away.csv"]


def test_who_could_come_and_nothing_is_written(panel: Path) -> None:
    gone = members(panel)[0]
    write_ids(panel.parent / "gone.csv", gone)
    before = contents(panel)
    done = sortition("replace", "run", "--dropouts", "gone.csv", "--dry-run", cwd=panel.parent)
    assert done.code == 0, done.stderr
    assert contents(panel) == before
    assert f"Left      {gone}" in done.stdout
    # whoever is like her keeps the quotas, unless she lives with somebody who stays
    fitting = [
        id
        for id in PEOPLE
        if kind(id) == kind(gone) and id not in members(panel) and not PEOPLE[id]["street"]
    ]
    listed = next(line for line in done.stdout.splitlines() if line.startswith("Can come"))
    assert set(fitting) <= set(listed.partition(": ")[2].split(", "))
    assert all(kind(id) == kind(gone) for id in listed.partition(": ")[2].split(", "))
    assert "Quotas that" not in done.stdout


def test_which_quota_gives_way_is_told_and_chosen(panel: Path) -> None:
    command = leaving(panel)
    gender, age = kind(members(panel)[0])
    told = sortition(*command, "--dry-run", cwd=panel.parent)
    assert "no replacement keeps the quota" in told.stdout
    assert "--weight" in told.stdout
    for kept, place in ((f"gender: {gender} = 9", 0), (f"age:{age}=9", 1)):
        trial = sortition(*command, "--dry-run", "--weight", kept, cwd=panel.parent)
        assert "9 times as dear" in trial.stdout
        lost = [line for line in trial.stdout.splitlines() if "no replacement keeps" in line]
        assert lost
        assert not any(f"quota {('gender', 'age')[place]}, " in line for line in lost)
    done = sortition(*command, "--seed", "2", "--weight", f"age:{age}=9", cwd=panel.parent)
    assert done.code == 0, done.stderr
    came = json.loads((panel / "replacement-1" / "replacement.json").read_text())["came"]
    assert kind(came[0])[1] == age
    assert kind(came[0])[0] != gender
    event = json.loads((panel / "events.jsonl").read_text().splitlines()[-1])
    assert event["facts"]["weights"] == [{"category": "age", "value": age, "weight": 9}]
    assert sortition("verify", "run", cwd=panel.parent).code == 0


def test_alternates_who_would_come(panel: Path) -> None:
    made = sortition("alternates", "run", "--count", "8", cwd=panel.parent)
    assert made.code == 0
    write_ids(panel.parent / "gone.csv", members(panel)[0])
    command = ("replace", "run", "--dropouts", "gone.csv")
    trial = sortition(*command, "--dry-run", cwd=panel.parent)
    assert "no number: nothing is to be drawn" in trial.stdout
    would = trial.stdout.partition("in their order: ")[2].split()[0]
    done = sortition(*command, cwd=panel.parent)
    assert f"Came      {would}\n" in done.stdout


def test_what_is_asked_wrongly(panel: Path) -> None:
    command = leaving(panel)
    weights = ("--weight", "age", "--weight", "colour:red=2", "--weight", "age:old=0")
    said = faults_said(sortition(*command, "--dry-run", "--seed", "1", *weights, cwd=panel.parent))
    assert len(said) == 4
    assert "A dry run draws nobody" in "".join(said)
    assert "gender: f" in "".join(said)


def test_an_impossible_number_is_refused_and_not_logged(panel: Path) -> None:
    command = leaving(panel)
    before = contents(panel)
    for digits in ("1870", "18", "0187"):
        assert faults_said(sortition(*command, "--drawn", digits, cwd=panel.parent))
    assert contents(panel) == before


def test_in_danish(panel: Path) -> None:
    command = leaving(panel)
    done = sortition(*command, "--dry-run", "--language", "da", cwd=panel.parent)
    assert done.stdout.startswith("En prøvekørsel: Der blev intet skrevet")
