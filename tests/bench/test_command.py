"""`sortition bench`: real runs on the smallest pools, each a process of its own."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.budgets import LARGE, in_large
from tests.cli.running import Outcome, as_process, sortition

FIGURES = {"seconds", "cpu_seconds", "peak_mb", "read", "optimise", "decompose", "total"}
RUNS = 2 if LARGE else 1  # each is a process
ASK_PEER = "SORTITION_BENCH_PEER"  # set it to install the peer from the package index and run it


def bench(*arguments: str, cwd: Path, **changes: str) -> Outcome:
    if changes:
        return as_process("bench", *arguments, cwd=cwd, **changes)
    return sortition("bench", *arguments, cwd=cwd)


def write_own(folder: Path, *, northerners: int = 2) -> list[str]:
    """Six women from the north and six men from the south; two women sit on a panel of four."""
    kinds = ["w,n", "m,s"] * 6
    people = "".join(f"{number},{kind}\n" for number, kind in enumerate(kinds))
    (folder / "people.csv").write_text(f"id,sex,town\n{people}", encoding="utf-8")
    quotas = f"feature,value,min,max\nsex,w,2,2\nsex,m,2,2\ntown,n,{northerners},4\ntown,s,0,4\n"
    (folder / "quotas.csv").write_text(quotas, encoding="utf-8")
    return ["people.csv", "quotas.csv", "--size", "4"]


def measured(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What two runs on files of the user's own and on a standard pool gave."""

    folder: Path
    said: Outcome
    text: str
    own: Any
    standard: Any


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("bench")
    write_own(folder)
    (folder / "there.json").write_text("old", encoding="utf-8")
    own = [str(folder / name) for name in ("people.csv", "quotas.csv")]
    asked = ("--size", "4", "--pools", "small", "--runs", str(RUNS), "--out", "there.json")
    said = as_process("bench", *own, *asked, "--overwrite", cwd=folder)
    document = measured(folder / "there.json")
    return Bench(
        folder=folder,
        said=said,
        text=(folder / "there.json").read_text(encoding="utf-8"),
        **dict(zip(("own", "standard"), document["instances"], strict=True)),
    )


def test_measures_a_standard_pool(done: Bench) -> None:
    assert (done.said.code, done.said.stderr) == (0, "")
    document = json.loads(done.text)
    assert document["schema"] == "sortition-bench/1"
    assert set(document["machine"]) == {"cpu", "cores", "memory_gb", "system", "python"}
    assert set(document["versions"]) == {"sortition", "numpy", "pulp", "highspy"}
    assert document["plan"] == {
        "objective": "leximin",
        "solver": "highs",
        "runs": RUNS,
        "peer_seconds": 600,
    }
    assert document["peer"] is None
    row = done.standard
    facts = ("name", "people", "seats", "features", "types", "width", "in_households", "cuts")
    assert [row[fact] for fact in facts] == ["small", 200, 20, 2, 3, 11, 0, 0]
    assert row["lowest"] == pytest.approx(0.1, abs=1e-9)
    assert row["peer"] is None
    assert len(row["runs"]) == RUNS
    for figure in FIGURES:
        of_runs = sorted(run[figure] for run in row["runs"])
        assert [row["minimum"][figure], row["maximum"][figure]] == [of_runs[0], of_runs[-1]]
        assert row["median"][figure] == pytest.approx(sum(of_runs) / RUNS, abs=1e-4)
    first = row["runs"][0]
    assert 0 < first["decompose"] < first["total"] < first["seconds"]
    assert 30 < first["peak_mb"] < 400


def test_document_names_no_place(done: Bench) -> None:
    assert done.own["name"] == "people.csv"
    for place in (str(done.folder), str(Path.home()), sys.prefix):
        assert place not in done.text


def test_own_files_and_pools_stand_in_one_plain_table(done: Bench) -> None:
    lines = done.said.stdout.splitlines()
    header = "pool people seats types seconds from – to CPU s MB lowest gap cuts"
    assert lines[0].split() == header.split()
    rows = {line.split()[0]: line.split() for line in lines[1:3]}
    assert rows["people.csv"][1:4] == ["12", "4", "2"]
    assert rows["small"][1:4] == ["200", "20", "3"]
    assert "33.3333%" in rows["people.csv"]
    assert "10.0000%" in rows["small"]
    assert lines[3].startswith(
        f"Medians of {RUNS} whole runs, leximin, highs; sortition --help takes "
    )
    assert "\x1b" not in done.said.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pools", "smoll"], "These cannot be the pools: smoll."),
        (["--pools", "small,small"], "Give each of these once at most"),
        (["people.csv"], "go together"),
        (["people.csv", "quotas.csv"], "go together"),
        (["--size", "4"], "go together"),
        (["--household", "sex"], "go together"),
        (["--series", "height"], "height"),
        (["--against", "nobody"], "nobody"),
        (["--runs", "0"], "--runs"),
        (["--out", "nowhere/b.json"], "There is no folder for nowhere/b.json."),
        (["--out", "there.json"], "--overwrite"),
        (["people.csv", "nowhere.csv", "--size", "4"], "There is no file nowhere.csv"),
    ],
)
def test_what_cannot_be_measured_is_said(arguments: list[str], words: str, tmp_path: Path) -> None:
    write_own(tmp_path)
    (tmp_path / "there.json").write_text("kept", encoding="utf-8")
    done = bench(*arguments, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.replace("│", " ").split())
    assert (tmp_path / "there.json").read_text(encoding="utf-8") == "kept"


def test_a_file_is_replaced_when_that_is_asked_for(done: Bench) -> None:
    assert (done.folder / "there.json").read_text(encoding="utf-8") == done.text
    assert "old" not in done.text.split('"')


def test_a_run_that_fails_speaks_for_itself(tmp_path: Path) -> None:
    own = write_own(tmp_path, northerners=3)
    done = bench(*own, "--runs", "1", "--out", "own.json", cwd=tmp_path)
    assert (done.code, done.stdout) == (1, "")
    assert "No panel meets the quotas" in done.stderr
    assert not (tmp_path / "own.json").exists()


@in_large  # an environment is made before nothing can be installed in it
def test_without_the_peer_ours_is_measured_and_the_exit_code_says_no(tmp_path: Path) -> None:
    own = write_own(tmp_path)
    asked = [*own, "--against", "sortition-algorithms", "--runs", "1", "--out", "own.json"]
    done = bench(*asked, cwd=tmp_path, PIP_NO_INDEX="1", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.code == 1
    assert "sortition-algorithms could not be installed" in done.stderr
    assert "people.csv" in done.stdout
    assert measured(tmp_path / "own.json")["peer"] is None


@pytest.mark.skipif(ASK_PEER not in os.environ, reason=f"{ASK_PEER} is not set")
def test_the_peer_finds_the_same_lowest_chance(tmp_path: Path) -> None:
    asked = ["--pools", "fixture-150", "--against", "sortition-algorithms", "--runs", "1"]
    done = bench(*asked, "--out", "peer.json", cwd=tmp_path)
    assert done.code == 0
    document = measured(tmp_path / "peer.json")
    assert set(document["peer"]["versions"]) == {"sortition-algorithms", "highspy"}
    [row] = document["instances"]
    assert (row["peer"]["more_than"], row["peer"]["failed"]) == (None, False)
    assert row["peer"]["lowest"] == pytest.approx(row["lowest"], abs=1e-6)
    assert set(row["peer"]["median"]) == {"seconds", "cpu_seconds", "peak_mb"}


@pytest.mark.skipif(ASK_PEER not in os.environ, reason=f"{ASK_PEER} is not set")
def test_the_peer_is_ended_when_its_time_is_up(tmp_path: Path) -> None:
    asked = ["--pools", "large", "--against", "sortition-algorithms", "--runs", "1"]
    done = bench(*asked, "--peer-seconds", "5", "--out", "peer.json", cwd=tmp_path)
    assert done.code == 0
    [row] = measured(tmp_path / "peer.json")["instances"]
    assert row["peer"] == {"lowest": None, "more_than": 5, "failed": False}
    assert "more than 5" in done.stdout
