"""Volunteers who come after the first draw join the pool, and verify proves what they changed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.log.events import log_with, read_log
from tests.cli.panels import copied, dropping, ids_in, make_panel, members, write_ids
from tests.cli.running import Outcome, contents, faults_said, sortition
from tests.steps.publish.published import draw, publish

LATE = """\
id,Name,gender,age,street
L1,Liv,f,young,A
L2,Lis,f,old,
L3,Lau,m,young,
L4,Leo,m,Old,B
L5,Lea,f,young,B
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    (tmp_path / "late.csv").write_text(LATE)
    return copied(drawn, tmp_path)


def joining(panel: Path, *ids: str, options: tuple[str | Path, ...] = ("--seed", "9")) -> Outcome:
    return dropping(panel, *ids, options=("--late", "late.csv", *options))


def people_of(panel: Path, number: int) -> set[str]:
    lottery = json.loads((panel / f"replacement-{number}" / "lottery.json").read_bytes())
    return set(lottery["people"])


def wrong(panel: Path) -> list[str]:
    done = sortition("verify", panel, cwd=panel.parent)
    return [line for line in done.stdout.splitlines() if line.startswith("WRONG")]


def test_they_can_come_and_it_is_proven(panel: Path) -> None:
    done = joining(panel, *members(panel)[:3])
    assert done.code == 0, done.stderr
    assert "joined the pool after the first draw: 5 (L1, L2, L3, L4, L5)" in done.stdout
    assert {"L2", "L3", "L4", "L5"} <= people_of(panel, 1)
    verdict = sortition("verify", panel, cwd=panel.parent)
    assert verdict.code == 0, verdict.stdout
    assert "5 volunteers joined the pool" in verdict.stdout
    assert "ok     Whoever joined the pool" in verdict.stdout
    assert ids_in(panel / "replacement-1" / "late.csv") == ["L1", "L2", "L3", "L4", "L5"]


def test_they_share_households_with_those_who_sit(panel: Path) -> None:
    # 001 and 002 live at A, and so does L1
    sits = {"001", "002"} & set(members(panel))
    gone = [id for id in members(panel) if id not in sits][:1]
    assert joining(panel, *gone).code == 0
    assert ("L1" in people_of(panel, 1)) is not bool(sits)
    document = json.loads((panel / "replacement-1" / "late.json").read_bytes())
    assert document["households"] == [["001", "002", "L1"], ["L4", "L5"]]
    assert wrong(panel) == []


def test_they_stay_in_the_pool_and_on_the_lists(panel: Path) -> None:
    assert joining(panel, members(panel)[0]).code == 0
    # whoever is left of the first pool cannot come, so that the late ones do
    first = [f"{n:03}" for n in range(1, 21)]
    now = members(panel, after=1)
    away = write_ids(panel.parent / "away.csv", *(id for id in first if id not in now))
    gone = [id for id in now if id in first][:2]
    done = dropping(panel, *gone, options=("--unavailable", away))
    assert done.code == 0, done.stderr
    came = ids_in(panel / "replacement-2" / "replacements.csv")
    assert came
    assert all(id.startswith("L") for id in came)
    row = (panel / "replacement-2" / "replacements.csv").read_text().splitlines()[1]
    assert row.split(",")[1] in {"Liv", "Lis", "Lau", "Leo", "Lea"}
    assert wrong(panel) == []
    for command in ("status", "confirm", "evaluate"):
        after = sortition(command, panel, cwd=panel.parent)
        assert after.code == 0, after.stderr
    made = sortition("alternates", panel, "--count", "2", cwd=panel.parent)
    assert made.code == 0, made.stderr
    assert wrong(panel) == []
    assert sortition("status", panel, cwd=panel.parent).code == 0


def test_the_panel_can_be_called_when_contacts_were_destroyed(panel: Path) -> None:
    assert joining(panel, *members(panel)[:3]).code == 0
    gone = sortition("purge", panel, "--keep", "panel", "--yes", cwd=panel.parent)
    assert gone.code == 0, gone.stderr
    assert not (panel / "replacement-1" / "late.csv").exists()
    assert wrong(panel) == []
    for command in ("status", "confirm", "evaluate"):
        done = sortition(command, panel, cwd=panel.parent)
        assert done.code == 0, done.stderr


def test_they_are_announced_before_the_chance(panel: Path) -> None:
    done = joining(panel, members(panel)[0], options=("--promise", "drawn"))
    assert done.code == 0, done.stderr
    announced = json.loads((panel / "replacement-1" / "announcement.json").read_bytes())
    assert announced["late"] == digest((panel / "replacement-1" / "late.json").read_bytes())
    assert wrong(panel) == []
    again = sortition("replace", panel, "--drawn", "187", "--late", "late.csv", cwd=panel.parent)
    assert "announced and is fixed" in faults_said(again)[0]
    assert sortition("replace", panel, "--drawn", "187", cwd=panel.parent).code == 0
    assert wrong(panel) == []


def relogged(panel: Path) -> None:
    """The log as an organiser would write it anew, who changed files of its last event."""
    log = panel / "events.jsonl"
    *before, last = read_log(log.read_bytes(), "events.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)[: len(before)]
    facts = json.loads(log.read_bytes().splitlines()[-1])["facts"]
    facts["files"] = {name: digest((panel / name).read_bytes()) for name in last.files}
    at = datetime.fromisoformat(last.time)
    log.write_bytes(log_with(b"".join(lines), last.name, facts, at=at))


@pytest.mark.parametrize(
    "forge",
    [
        lambda late: late["people"].pop(),
        lambda late: late["people"][1]["quotas"].pop(),
        lambda late: late["people"][1].update(quotas=[0, 99]),
        lambda late: late["people"].insert(0, {"id": "020", "quotas": [0, 2]}),
        lambda late: late["households"].pop(0),
        lambda late: late["households"][0].remove("002"),
        lambda late: late.update(first="0" * 64),
    ],
    ids=["person", "value", "no-quota", "known", "household", "half-household", "other-lottery"],
)
def test_forgeries_are_found(panel: Path, forge: object) -> None:
    assert joining(panel, members(panel)[-1]).code == 0
    place = panel / "replacement-1" / "late.json"
    document = json.loads(place.read_bytes())
    assert callable(forge)
    forge(document)
    place.write_bytes(canonical_json(document))
    assert wrong(panel)  # not as the log says
    record = panel / "replacement-1" / "replacement.json"
    stated = json.loads(record.read_bytes())
    record.write_bytes(canonical_json({**stated, "late": digest(place.read_bytes())}))
    relogged(panel)
    assert wrong(panel)  # nor does it follow


def test_nobody_joins_after_the_announcement(panel: Path) -> None:
    assert joining(panel, members(panel)[0], options=("--promise", "drawn")).code == 0
    assert sortition("replace", panel, "--drawn", "18x", cwd=panel.parent).code == 2
    assert sortition("replace", panel, "--drawn", "018", cwd=panel.parent).code == 0
    record = panel / "replacement-1" / "replacement.json"
    stated = json.loads(record.read_bytes())
    record.write_bytes(canonical_json({**stated, "late": "0" * 64}))
    relogged(panel)
    assert any("fixed before" in line for line in wrong(panel))


def test_what_cannot_join(panel: Path, tmp_path: Path) -> None:
    before = contents(panel)
    chained = joining(panel, members(panel)[0], options=())
    assert "--promise" in faults_said(chained)[0]
    (tmp_path / "late.csv").write_text(LATE + "005,Bo,m,young,\nL6,Lo,m,other,\n")
    assert "“other”" in faults_said(joining(panel, members(panel)[0]))[0]
    (tmp_path / "late.csv").write_text(LATE + "005,Bo,m,young,\n")
    assert "is in the pool already" in faults_said(joining(panel, members(panel)[0]))[0]
    (tmp_path / "late.csv").write_text("gender,age,street\nf,young,X\n")
    assert "ids of their own" in faults_said(joining(panel, members(panel)[0]))[0]
    assert contents(panel) == before


def test_a_published_pool_is_fixed(tmp_path: Path) -> None:
    folder = publish(tmp_path, "--source", "drawn")
    assert draw(folder, "--drawn", "123").code == 0
    (tmp_path / "late.csv").write_text(LATE)
    done = joining(folder, members(folder)[0], options=("--promise", "drawn"))
    assert "sortition lottery --seated" in faults_said(done)[0]
