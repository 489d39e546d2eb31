"""What is raised says in its notes what the command says, and in its name nobody's cells."""

from __future__ import annotations

from pathlib import Path

import highspy
import pandas as pd
import pytest

import sortition
from sortition.frames.telling import in_python
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
    assert raised.value.__notes__ == [*map(in_python, faults_said(said))]


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
        assert in_python(reason) in note.removeprefix(place)


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
    assert raised.value.__notes__ == [*map(in_python, faults_said(said))]
    assert len(raised.value.faults) >= 4


def test_why_there_is_no_panel(tmp_path: Path, pool: pd.DataFrame, quotas: pd.DataFrame) -> None:
    few = pool[(pool["aldersgruppe"] != "16-29 år") | (pool["køn"] == "Mand")].iloc[:120]
    few.to_csv(tmp_path / "pool.csv", index=False)
    quotas.to_csv(tmp_path / "quotas.csv", index=False)
    said = run("select", "pool.csv", "quotas.csv", "--size", "36", cwd=tmp_path)
    assert said.code == 1
    with pytest.raises(sortition.InfeasibleQuotas) as raised:
        sortition.lottery(few, quotas, size=36)
    _, *explained = said.stderr.splitlines()
    # what was assumed follows, which a result in a notebook has as findings
    assert raised.value.__notes__ == explained[: explained.index("")]


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


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Lower --size or --pool-factor.", "Lower size= or pool_factor=."),
        ("Replace it with --overwrite.", "Replace it with overwrite=True."),
        ("Draw with `--from pool`.", 'Draw with `places_from="pool"`.'),
        ("Write --name written=name, or so.", 'Write names="written=name", or so.'),
        ("Write --ages 16-29,30+ or so.", 'Write ages=["16-29", "30+"] or so.'),
        ("Try --solver {other}.", 'Try solver="{other}".'),
        ("Give --announced SHA256.", 'Give announced="SHA256".'),
        ("Give it with --map.", "Give it with mapping=."),
        ('Write --only "area=1,2" or so.', 'Write only="area=1,2" or so.'),
        ("Raise --cap, or lower it.", "Raise --cap of the command, or lower it."),
    ],
)
def test_an_option_is_an_argument(sentence: str, said: str) -> None:
    assert in_python(sentence) == said


def test_a_list_keeps_its_brackets() -> None:
    town = pd.DataFrame({"sex": ["women", "men"], "people": [5_150, 4_850]})
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.quotas_from(town, size=10, ages="young")
    bands = '["16-29", "30-44", "45-59", "60+"]'
    (said,) = raised.value.__notes__
    assert said == f"“young” is not a band of ages. Write ages={bands} or the like."


def test_cells_that_look_like_options_are_left_as_they_are() -> None:
    pool = pd.DataFrame({"id": ["a", "b"], "sex": ["f", "take --size 3"]})
    quotas = pd.DataFrame({"feature": "sex", "value": list("fm"), "min": 0, "max": 2})
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.lottery(pool, quotas, size=1)
    assert "“take --size 3”" in raised.value.__notes__[0]


def test_arguments_are_named_in_what_is_raised(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("abcd"), "sex": list("ffmm")})
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.invite(people, size=9, design="neyman")
    assert raised.value.__notes__ == [
        "by= is missing: neyman needs it.",
        "--deviations of the command is missing: neyman needs it.",
    ]
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.invite(people, size=9)
    assert raised.value.__notes__[0].endswith("Lower size=.")


def test_what_can_be_done_when_a_solver_gives_up(
    monkeypatch: pytest.MonkeyPatch, pool: pd.DataFrame, quotas: pd.DataFrame
) -> None:
    """HiGHS has no steps to take, which is the nearest to a program that it cannot solve."""
    silence = highspy.Highs.silent

    def without_steps(solver: highspy.Highs, *arguments: bool) -> None:
        silence(solver, *arguments)
        for limit in ("simplex_iteration_limit", "ipm_iteration_limit", "mip_max_nodes"):
            solver.setOptionValue(limit, 0)
        solver.setOptionValue("presolve", "off")

    monkeypatch.setattr(highspy.Highs, "silent", without_steps)
    with pytest.raises(sortition.SolverFailed) as raised:
        sortition.lottery(pool, quotas, size=36, time_limit=60)
    first, other, time = raised.value.__notes__
    assert first.startswith("No answer was found (HiGHS: ")
    assert other == 'Try the other solver with solver="cbc".'
    assert time == "Give more time than these seconds with time_limit=."
    with pytest.raises(sortition.SolverFailed) as raised:
        sortition.lottery(pool, quotas, size=36)
    assert raised.value.__notes__[-1].startswith("If that is not enough: this was HiGHS")


def test_a_wrong_argument_is_told_as_python_tells_it() -> None:
    with pytest.raises(TypeError, match="sise"):
        sortition.lottery(pd.DataFrame(), pd.DataFrame(), size=1, sise=2)  # type: ignore[call-arg]
