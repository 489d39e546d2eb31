from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.panels import copied, dropping, make_panel, members
from tests.cli.running import contents, faults_said, sortition

POPULATION = "feature,value,population\ngender,f,600\ngender,m,400\nage,young,500\nage,old,500\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def attendance(panel: Path, *rows: str) -> Path:
    path = panel.parent / "attendance.csv"
    path.write_text("\n".join(["id,session 1,session 2", *rows]) + "\n", encoding="utf-8")
    return path


def test_session_by_session(panel: Path) -> None:
    gone = members(panel)[0]
    assert dropping(panel, gone).code == 0
    now = members(panel, after=1)
    came = attendance(panel, f"{gone},ja,nej", *(f"{id},yes,{'x' * 0}no" for id in now[:2]),
                      *(f"{id},no,yes" for id in now[2:5]))  # fmt: skip
    (panel.parent / "population.csv").write_text(POPULATION, encoding="utf-8")
    done = sortition(
        "evaluate", panel, "--attendance", came, "--population", "population.csv", cwd=panel.parent
    )
    assert (done.code, done.stderr) == (0, "")
    assert "6 of 6 places have somebody on them." in done.stdout
    assert "2 sessions were held, with 3.0 people on average." in done.stdout
    assert "not in the list, and were counted as absent from every session: 1." in done.stdout
    document = json.loads((panel / "evaluation" / "evaluation.json").read_bytes())
    assert [session["attended"] for session in document["sessions"]] == [3, 3]
    assert (document["came_always"], document["came_never"]) == (0, 1)
    female = next(group for group in document["groups"] if group["value"] == "f")
    assert (female["population"], female["panel"], female["confirmed"]) == (0.6, 3, None)
    page = (panel / "evaluation" / "evaluation.html").read_text(encoding="utf-8")
    assert "Session 1: 3 people came" in page
    assert not any(id in page for id in ("Bo ", "Ane"))


def test_the_panel_alone_in_danish(panel: Path) -> None:
    before = set(contents(panel))
    done = sortition("evaluate", panel, "--language", "da", cwd=panel.parent)
    assert "Panelet opfylder 4 af 4 kvoter." in done.stdout
    assert set(contents(panel)) - before == {
        "evaluation/evaluation.html",
        "evaluation/evaluation.json",
    }
    again = sortition("evaluate", panel, cwd=panel.parent)
    assert "evaluation.html" in faults_said(again)[0]
    over = sortition("evaluate", panel, "--overwrite", "--json", cwd=panel.parent)
    assert json.loads(over.stdout)["quotas_met"] == 4


def test_all_faults_at_once(panel: Path) -> None:
    one, two, *_ = members(panel)
    stranger = next(f"{n:03}" for n in range(1, 21) if f"{n:03}" not in members(panel))
    came = attendance(panel, f"{one},yes,maybe", f"{stranger},yes,yes", "999,yes,yes")
    (panel.parent / "population.csv").write_text("feature,value\ngender,f\n", encoding="utf-8")
    before = contents(panel)
    done = sortition(
        "evaluate", panel, "--attendance", came, "--population", "population.csv", cwd=panel.parent
    )
    said = "\n".join(faults_said(done))
    assert "“maybe” is neither yes nor no" in said
    assert f"“{stranger}” is in the pool, but was never on the panel" in said
    assert "Nobody in the pool has the id “999”" in said
    assert "population.csv" in said
    assert contents(panel) == before
    assert two in members(panel)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("id,day 1", "The header needs a column for each session"),
        ("id,session 1,session 3", "The sessions are to be numbered from 1 on"),
    ],
)
def test_sessions_that_cannot_be_told(panel: Path, header: str, words: str) -> None:
    path = panel.parent / "attendance.csv"
    cells = ",yes" * header.count(",")
    path.write_text(f"{header}\n{members(panel)[0]}{cells}\n", encoding="utf-8")
    said = faults_said(sortition("evaluate", panel, "--attendance", path, cwd=panel.parent))
    assert len(said) == 1
    assert words in said[0]


def test_ids_and_answers_at_fault_come_at_once(panel: Path) -> None:
    one = members(panel)[0]
    came = attendance(panel, f"{one},yes,maybe", f"{one},yes,no", "999,yes,perhaps", ",yes,yes")
    said = faults_said(sortition("evaluate", panel, "--attendance", came, cwd=panel.parent))
    assert "“maybe” is neither yes nor no" in said[0]
    assert f"“{one}” is listed before, in row 2" in said[1]
    assert "Nobody in the pool has the id “999”" in "\n".join(said)
    assert any("row 5" in line for line in said)
