"""The demo: what it writes, that it can be repeated by hand, and that the package is enough."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.budgets import in_large
from tests.cli.running import (
    DOCUMENTS,
    LISTS,
    ROOT,
    SAMPLES,
    Outcome,
    contents,
    environment,
    faults_said,
    sortition,
)
from tests.cli.test_sameness import timeless


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work place")


@pytest.fixture(scope="module")
def done(workplace: Path) -> Outcome:
    """A demo in a folder where one was broken off."""
    samples = workplace / "demo" / "samples"
    samples.mkdir(parents=True)
    shutil.copy(SAMPLES / "pool.csv", samples)
    outcome = sortition("demo", cwd=workplace)
    assert (outcome.code, outcome.stderr) == (0, "")
    return outcome


def test_it_copies_the_samples_and_draws_a_panel(workplace: Path, done: Outcome) -> None:
    assert done.stdout.startswith("36 people were drawn from 500.")
    demo = workplace / "demo"
    assert {path.name for path in demo.iterdir()} == {"samples", "selection"}
    assert contents(demo / "samples") == contents(SAMPLES)
    assert set(contents(demo / "selection")) == LISTS | DOCUMENTS
    assert sortition("verify", "demo/selection", cwd=workplace).code == 0


def test_it_ends_with_the_page_to_open(workplace: Path, done: Outcome) -> None:
    last = done.stdout.splitlines()[-1]
    page = re.fullmatch(r"Open (.*) in a browser\.", last)
    assert page
    assert (workplace / page[1]).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("language", [pytest.param("en", marks=in_large), "da"])
def test_the_command_that_it_shows_does_the_same(tmp_path: Path, language: str) -> None:
    out = tmp_path / "a demo"
    said = sortition("demo", "--out", out, "--language", language, cwd=tmp_path).stdout
    shown = next(line for line in said.splitlines() if line.startswith("  sortition select"))
    before = timeless(contents(out / "selection"))
    again = sortition(*shlex.split(shown)[1:], cwd=tmp_path)
    assert (again.code, again.stderr) == (0, "")
    assert timeless(contents(out / "selection")) == before


def test_it_replaces_nothing_unasked(tmp_path: Path) -> None:
    kept = tmp_path / "demo" / "samples" / "pool.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine", encoding="utf-8")
    (fault,) = faults_said(sortition("demo", cwd=tmp_path))
    assert "samples/pool.csv" in fault
    assert "--overwrite" in fault
    assert contents(tmp_path) == {"demo/samples/pool.csv": b"mine"}


def test_a_former_selection_is_kept_as_well(tmp_path: Path) -> None:
    kept = tmp_path / "demo" / "selection" / "lottery.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine", encoding="utf-8")
    (fault,) = faults_said(sortition("demo", cwd=tmp_path))
    assert "selection/lottery.json" in fault
    assert contents(tmp_path) == {"demo/selection/lottery.json": b"mine"}


def test_asked_to_it_replaces_its_own_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (folder / "samples").mkdir(parents=True)
    (folder / "samples" / "pool.csv").write_text("former", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = sortition("demo", "--overwrite", "--quiet", cwd=tmp_path)
    assert outcome == Outcome(code=0, stdout="", stderr="")
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "samples" / "pool.csv").read_bytes() == (SAMPLES / "pool.csv").read_bytes()


def test_a_project_file_gives_it_a_language_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "assembly.toml").write_text("size = 12\nlanguage = 'da'\n", encoding="utf-8")
    assert "36 personer blev udtrukket" in sortition("demo", cwd=tmp_path).stdout


def test_the_wheel_is_enough(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, env=environment(), capture_output=True, check=True)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    outcome = sortition("demo", "--quiet", cwd=tmp_path, PYTHONPATH=str(installed))
    assert outcome == Outcome(code=0, stdout="", stderr="")
    assert contents(tmp_path / "demo" / "samples") == contents(SAMPLES)
    where = [sys.executable, "-c", "import sortition; print(sortition.__file__)"]
    surroundings = environment(PYTHONPATH=str(installed))
    loaded = subprocess.run(where, cwd=tmp_path, env=surroundings, capture_output=True, check=True)
    assert loaded.stdout.decode().startswith(str(installed))
