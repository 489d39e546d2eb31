from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.audit.canonical import Json, digest
from sortition.audit.log.events import log_with
from tests.budgets import examples
from tests.cli.panels import copied, dropping, make_panel, members
from tests.cli.running import contents, faults_said, sortition


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def test_right_after_the_draw(panel: Path) -> None:
    before = contents(panel)
    done = sortition("status", panel, cwd=panel.parent)
    assert (done.code, done.stderr) == (0, "")
    assert "6 of 6 places are filled, 0 of them confirmed." in done.stdout
    assert "not judged; give a day with --on" in done.stdout
    assert contents(panel) == before


def test_answers_rounds_and_days(panel: Path) -> None:
    one, two, three, four, *_ = members(panel)
    (panel.parent / "calls.csv").write_text(
        "id,call status,answer by\n"
        f"{one},confirmed,2026-12-01\n{two},declined,2026-12-01\n"
        f"{three},to call,2026-12-01\n{four},no answer,2026-12-03\n",
        encoding="utf-8",
    )
    assert sortition("confirm", panel, "--read", "calls.csv", cwd=panel.parent).code == 0
    done = sortition("status", panel, "--on", "2026-12-02", cwd=panel.parent)
    assert done.stdout.startswith("5 of 6 places are filled, 1 of them confirmed.")
    danish = sortition("status", panel, "--on", "02-12-2026", cwd=panel.parent)
    assert danish.stdout == done.stdout
    assert "1 confirmed, 1 declined, 1 called without an answer, 3 to call" in done.stdout
    assert f"1 of people who declined: {two}" in done.stdout
    assert "those who confirmed reach the lower bounds of 0 of 4 quotas" in done.stdout
    assert f"Late      {three} (by 1 December 2026)\n" in done.stdout
    assert dropping(panel, two).code == 0
    state = json.loads(
        sortition("status", panel, "--json", "--on", "2026-12-04", cwd=panel.parent).stdout
    )
    assert state["panel"] == members(panel, after=1)
    assert (state["open"], state["rounds"], state["declined"]) == (0, 1, [])
    assert [late["id"] for late in state["late"]] == [three, four]
    assert all(quota["lower"] <= quota["panel"] <= quota["upper"] for quota in state["quotas"])
    assert sum(quota["confirmed"] for quota in state["quotas"]) == 2  # one person, two features


def test_no_panel(tmp_path: Path) -> None:
    done = sortition("status", tmp_path, cwd=tmp_path)
    assert "holds no panel that was drawn" in faults_said(done)[0]


@pytest.mark.parametrize("alternates", [["nobody"], "x", [1], 0, [[]]])
def test_a_log_that_names_strangers_is_a_fault_and_no_defect(panel: Path, alternates: Json) -> None:
    assert sortition("alternates", panel, "--count", "2", cwd=panel.parent).code == 0
    path = panel / "events.jsonl"
    first, second = path.read_bytes().splitlines()
    facts = {**json.loads(second)["facts"], "alternates": alternates}
    path.write_bytes(log_with(first + b"\n", "alternates", facts, at=datetime.now(UTC)))
    done = sortition("status", panel, cwd=panel.parent)
    assert faults_said(done)
    assert "defect" not in done.stderr


@settings(max_examples=examples(12), deadline=None)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_damaged_log_is_told_and_never_a_defect(drawn: Path, place: int, bit: int) -> None:
    with TemporaryDirectory() as home:
        panel = copied(drawn, Path(home))
        files = {"manifest.json": digest((panel / "manifest.json").read_bytes())}
        whole = log_with(b"", "selected", {"files": files}, at=datetime(2026, 3, 1, tzinfo=UTC))
        damaged = bytearray(whole)
        damaged[place % len(damaged)] ^= 1 << bit
        (panel / "events.jsonl").write_bytes(bytes(damaged))
        done = sortition("status", panel, cwd=panel.parent)
        assert done.code == 2
        assert "defect" not in done.stderr
