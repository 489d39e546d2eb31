from __future__ import annotations

import json
from pathlib import Path

import pytest

from sortition.audit.verify import examine
from tests.cli.panels import OPTIONS, POOL, QUOTAS, ids_in, members, write_ids
from tests.cli.running import faults_said, sortition, write_inputs

SEATED = ["003", "008", "014"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("seated")
    write_inputs(home, POOL, QUOTAS)
    write_ids(home / "sits.csv", *SEATED)
    done = sortition(
        *("select", "pool.csv", "quotas.csv", *OPTIONS, "--seated", "sits.csv", "--out", "panel"),
        cwd=home,
    )
    assert done.code == 0, done.stderr
    assert "3 keep their seats" in done.stdout
    return home / "panel"


def test_the_rest_is_drawn_and_all_of_it_is_verified(drawn: Path) -> None:
    assert set(SEATED) < set(members(drawn))
    assert examine(drawn).holds
    lottery = json.loads((drawn / "lottery.json").read_text(encoding="utf-8"))
    assert all(set(SEATED) <= set(panel["members"]) for panel in lottery["panels"])
    seats = [quota for quota in lottery["quotas"] if quota["members"] == SEATED]
    assert [(quota["min"], quota["max"]) for quota in seats] == [(3, 3)]
    manifest = json.loads((drawn / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["seated"]["file"] == "sits.csv"


def test_a_ticket_without_somebody_who_sits_is_noticed(drawn: Path, tmp_path: Path) -> None:
    for path in drawn.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lottery = json.loads((tmp_path / "lottery.json").read_text(encoding="utf-8"))
    panel = lottery["panels"][0]["members"]
    panel[panel.index("003")] = next(id for id in lottery["people"] if id not in panel)
    panel.sort()
    text = json.dumps(lottery, separators=(",", ":"), sort_keys=True)
    (tmp_path / "lottery.json").write_text(text, encoding="utf-8")
    verification = examine(tmp_path)
    assert not verification.holds
    broken = {f.value for f in verification.findings if f.code == "verify-quota-broken"}
    assert "already seated=yes" in broken


def test_somebody_who_sat_can_leave_and_be_replaced(drawn: Path, tmp_path: Path) -> None:
    for path in drawn.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    gone = write_ids(tmp_path / "gone.csv", "003")
    done = sortition("replace", tmp_path, "--dropouts", gone, "--seed", "9", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert "already seated" not in done.stdout
    assert len(ids_in(tmp_path / "replacement-1" / "panel.csv")) == len(members(drawn))
    assert examine(tmp_path).holds


@pytest.mark.parametrize("objective", ["minimax", "goldilocks"])
def test_the_highest_chance_is_no_objective_beside_people_who_sit(
    drawn: Path, objective: str
) -> None:
    done = sortition(
        *("select", "pool.csv", "quotas.csv", *OPTIONS, "--seated", "sits.csv"),
        *("--objective", objective, "--out", "other"),
        cwd=drawn.parent,
    )
    assert done.code == 2
    assert "highest chance" in " ".join(done.stderr.split())


def test_a_stranger_needs_her_columns(drawn: Path) -> None:
    write_ids(drawn.parent / "stranger.csv", "999")
    done = sortition(
        *("select", "pool.csv", "quotas.csv", *OPTIONS, "--seated", "stranger.csv"),
        *("--out", "other"),
        cwd=drawn.parent,
    )
    (fault,) = faults_said(done)
    assert "Nobody in the pool has the id “999”." in fault


def test_flexible_bounds_that_nothing_uses_are_said(tmp_path: Path) -> None:
    flex = "\n".join(f"{row},0,6" for row in QUOTAS.splitlines()[1:])
    quotas = f"feature,value,min,max,min_flex,max_flex\n{flex}\n"
    write_inputs(tmp_path, POOL, quotas)
    done = sortition("select", "pool.csv", "quotas.csv", *OPTIONS, cwd=tmp_path)
    assert "min_flex and max_flex were not used" in done.stdout
    soft = "\n".join(f"{row},1" for row in flex.splitlines())
    write_inputs(tmp_path, POOL, f"feature,value,min,max,min_flex,max_flex,penalty\n{soft}\n")
    done = sortition(*("select", "pool.csv", "quotas.csv", *OPTIONS, "--out", "2"), cwd=tmp_path)
    assert done.code == 0
    assert "were not used" not in done.stdout
