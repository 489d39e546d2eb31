"""What is raised says in its notes what the command says, and in its name nobody's cells."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sortition
from tests.cli.bad_inputs import CASES
from tests.cli.running import faults_said, write_inputs
from tests.cli.running import sortition as run

FILES_ALONE = [name for name, case in CASES.items() if not case.options]


@pytest.mark.parametrize("name", FILES_ALONE[::4])  # a process each
def test_faults_in_the_words_of_the_command(tmp_path: Path, name: str) -> None:
    paths = write_inputs(tmp_path, CASES[name].pool, CASES[name].quotas)
    said = run("select", *(path.name for path in paths), "--size", "2", cwd=tmp_path)
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.lottery(*paths, size=2)
    assert raised.value.__notes__ == faults_said(said)


@pytest.mark.parametrize("name", FILES_ALONE)
def test_every_fault_has_its_place_and_reason(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    paths = write_inputs(tmp_path, case.pool, case.quotas)
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.lottery(*paths, size=2)
    notes = raised.value.__notes__
    assert len(notes) == len(case.expected), notes
    for note, (place, reason) in zip(notes, case.expected, strict=True):
        assert note.startswith(place)
        assert reason in note.removeprefix(place)


def test_faults_of_a_frame_are_those_of_its_file(tmp_path: Path) -> None:
    pool = pd.DataFrame(
        {"id": ["a", "a", None, "d"], "sex": ["f", "x", "m", "m"], "age": list("oyoz")}
    )
    quotas = pd.DataFrame(
        {
            "feature": ["sex", "sex", "town"],
            "value": list("fmt"),
            "min": [1, 2, 0],
            "max": [1, 1, 1],
        }
    )
    pool.to_csv(tmp_path / "pool.csv", index=False)
    quotas.to_csv(tmp_path / "quotas.csv", index=False)
    said = run("select", "pool.csv", "quotas.csv", "--size", "0", cwd=tmp_path)
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.lottery(pool, quotas, size=0)
    assert raised.value.__notes__ == faults_said(said)
    assert len(raised.value.faults) >= 4


def test_why_there_is_no_panel(tmp_path: Path, pool: pd.DataFrame, quotas: pd.DataFrame) -> None:
    few = pool[(pool["aldersgruppe"] != "16-29 år") | (pool["køn"] == "Mand")].iloc[:120]
    few.to_csv(tmp_path / "pool.csv", index=False)
    quotas.to_csv(tmp_path / "quotas.csv", index=False)
    said = run("select", "pool.csv", "quotas.csv", "--size", "36", cwd=tmp_path)
    assert said.code == 1
    with pytest.raises(sortition.InfeasibleQuotas) as raised:
        sortition.lottery(few, quotas, size=36)
    assert raised.value.__notes__ == said.stderr.splitlines()[1:]


def test_an_empty_seed_draws_nothing(chosen: sortition.LotteryResult) -> None:
    with pytest.raises(sortition.InputErrors) as raised:
        chosen.draw(seed="")
    assert raised.value.__notes__


def test_former_results_are_kept(panel_folder: Path, chosen: sortition.LotteryResult) -> None:
    before = (panel_folder / "panel.csv").read_bytes()
    other = chosen.draw(seed="another")
    with pytest.raises(sortition.InputErrors) as raised:
        other.save(panel_folder)
    assert raised.value.__notes__
    assert (panel_folder / "panel.csv").read_bytes() == before
