"""How many could take each place, against trying everybody."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.panels import POOL, copied, dropping, make_panel, members
from tests.cli.running import faults_said, sortition

PEOPLE = {row["id"]: row for row in csv.DictReader(POOL.splitlines())}
BOUNDS = {("gender", "f"): 3, ("gender", "m"): 3, ("age", "young"): 3, ("age", "old"): 3}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


def by_trying(panel: list[str], out: set[str], aside: set[str]) -> dict[str, int]:
    """Everybody in the place of everybody."""
    return {
        member: sum(
            fits([*(id for id in panel if id != member), other], aside)
            for other in set(PEOPLE) - set(panel) - out
        )
        for member in panel
    }


def fits(panel: list[str], aside: set[str]) -> bool:
    homes = [PEOPLE[id]["street"] for id in panel if PEOPLE[id]["street"]]
    return len(homes) == len(set(homes)) and all(
        sum(PEOPLE[id][feature] == value for id in panel) == seats
        for (feature, value), seats in BOUNDS.items()
        if feature not in aside
    )


def told(panel: Path, *options: str) -> dict[str, int]:
    done = sortition("status", panel, "--substitutes", *options, "--json", cwd=panel.parent)
    assert done.code == 0, done.stderr
    return {one["id"]: one["people"] for one in json.loads(done.stdout)["substitutes"]}


def test_as_trying_everybody_says(drawn: Path, tmp_path: Path) -> None:
    panel = copied(drawn, tmp_path)
    assert told(panel) == by_trying(members(panel), set(), set())
    gone = members(panel)[0]
    assert dropping(panel, gone).code == 0
    now = members(panel, after=1)
    assert told(panel) == by_trying(now, {gone}, set())
    for aside in ("age", "gender", "age,gender"):
        expected = by_trying(now, {gone}, set(aside.split(",")))
        assert told(panel, "--aside", aside) == expected


def test_nobody_one_and_more_are_told_apart(drawn: Path) -> None:
    done = sortition("status", drawn, "--substitutes", "--aside", "Age", cwd=drawn.parent)
    *_, heading, nobody, one, more = done.stdout.splitlines()
    assert heading.endswith("left aside: Age.")
    assert nobody == "  nobody: 0 members: –"
    assert one == "  1 person: 0 members: –"
    assert more.startswith("  2 or more: 6 members: ")
    quiet = sortition("status", drawn, cwd=drawn.parent)
    assert "take each place" not in quiet.stdout


def test_what_is_asked_wrongly(drawn: Path) -> None:
    wrong = sortition("status", drawn, "--substitutes", "--aside", "colour", cwd=drawn.parent)
    assert "There are quotas on" in faults_said(wrong)[0]
    alone = sortition("status", drawn, "--aside", "age", cwd=drawn.parent)
    assert "--substitutes" in faults_said(alone)[0]
