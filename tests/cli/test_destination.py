"""Where the results go: all or none of them, and nothing else is touched."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import (
    DOCUMENTS,
    LISTS,
    command,
    contents,
    environment,
    faults_said,
    sortition,
    write_inputs,
)
from tests.cli.terminal import on_a_terminal, screen

SELECT = ("select", "pool.csv", "quotas.csv", "--size", "2")
PEOPLE = 3000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    return tmp_path


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """A folder with a pool that keeps the program busy for some seconds."""
    chance = random.Random(7)
    features = [f"feature {number}" for number in range(6)]
    rows = [",".join(["id", *features, "address"])]
    for number in range(PEOPLE):
        values = chance.choices("abcd", weights=(5, 3, 2, 1), k=len(features))
        rows.append(",".join([f"{number:04}", *values, f"Road {chance.randrange(PEOPLE // 2)}"]))
    quotas = [f"{feature},{value},19,31" for feature in features for value in "abcd"]
    write_inputs(tmp_path, "\n".join(rows), "\n".join(["feature,value,min,max", *quotas]))
    return tmp_path


def leave_former(folder: Path) -> None:
    (folder / "selection").mkdir()
    for name in LISTS | DOCUMENTS:
        (folder / "selection" / name).write_text(f"{name} of a former run")


def test_the_folder_and_its_parents_are_made(folder: Path) -> None:
    done = sortition(*SELECT, "--out", "not/yet/there", cwd=folder)
    assert done.code == 0
    assert set(contents(folder / "not")) == {f"yet/there/{name}" for name in LISTS | DOCUMENTS}


def test_the_inputs_are_only_read(folder: Path) -> None:
    inputs = [folder / "pool.csv", folder / "quotas.csv"]
    for path in inputs:
        os.utime(path, ns=(10**18, 10**18))
    before = contents(folder)
    assert sortition(*SELECT, cwd=folder).code == 0
    assert set(contents(folder / "selection")) == LISTS | DOCUMENTS  # what --out is by default
    assert [path.stat().st_mtime_ns for path in inputs] == [10**18, 10**18]
    assert {path.name: path.read_bytes() for path in inputs} == before


def test_a_former_run_is_kept_unless_told_otherwise(folder: Path) -> None:
    assert sortition(*SELECT, "--seed", "1", cwd=folder).code == 0
    (folder / "selection" / "minutes.txt").write_text("of the meeting")
    before = contents(folder / "selection")
    (fault,) = faults_said(sortition(*SELECT, "--seed", "2", cwd=folder))
    assert fault.startswith("The folder selection already holds results: ")
    assert all(name in fault for name in LISTS | DOCUMENTS | {"--overwrite"})
    assert sortition(*SELECT, "--overwrite", "--id", "nobody", cwd=folder).code == 2
    assert contents(folder / "selection") == before
    assert sortition(*SELECT, "--seed", "2", "--overwrite", cwd=folder).code == 0
    after = contents(folder / "selection")
    assert set(after) == set(before)
    assert after["manifest.json"] != before["manifest.json"]
    assert after["lottery.json"] == before["lottery.json"]
    assert after["minutes.txt"] == b"of the meeting"


@pytest.mark.parametrize("out", ["pool.csv", "pool.csv/below"])
def test_a_file_in_the_place_of_the_folder(folder: Path, out: str) -> None:
    before = contents(folder)
    (fault,) = faults_said(sortition(*SELECT, "--out", out, cwd=folder))
    assert fault.startswith("Results go to a folder, but ")
    assert "pool.csv is a file" in fault
    assert contents(folder) == before


def test_an_input_is_never_replaced(folder: Path) -> None:
    (folder / "pool.csv").rename(folder / "panel.csv")
    before = contents(folder)
    call = ("select", "panel.csv", "quotas.csv", "--size", "2", "--out", ".", "--overwrite")
    (fault,) = faults_said(sortition(*call, cwd=folder))
    assert fault.startswith("panel.csv is read and would be overwritten")
    assert contents(folder) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_nobody_may_write_to(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0o500)
    (fault,) = faults_said(sortition(*SELECT, "--out", "locked/out", cwd=folder))
    assert "locked" in fault
    assert "may write there" in fault


@pytest.mark.parametrize(("blocks", "former"), [(1, False), (8, False), (8, True)])
def test_a_full_disk(folder: Path, blocks: int, former: bool) -> None:
    """The workbook is larger than 8 blocks, and what goes into it larger than one."""
    if former:
        leave_former(folder)
    before = contents(folder)
    limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command(*SELECT, "--overwrite")]
    done = subprocess.run(
        limited,
        cwd=folder,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "The results cannot be written to " in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(folder) == before
    assert (folder / "selection").exists() == former


@pytest.mark.parametrize(
    ("phase", "former"), [("Looking for the fairest chances", False), ("Finding panels", True)]
)
def test_an_interruption_leaves_what_was_there(crowd: Path, phase: str, former: bool) -> None:
    if former:
        leave_former(crowd)
    before = contents(crowd)
    done = on_a_terminal(
        "select",
        *("pool.csv", "quotas.csv", "--size", "100", "--household", "address", "--overwrite"),
        cwd=crowd,
        interrupt_at=phase,
    )
    assert (done.code, done.stdout) == (128 + signal.SIGINT, "")
    assert phase in done.stderr
    assert "Traceback" not in done.stderr
    assert screen(done.stderr) == ""
    assert contents(crowd) == before
    assert (crowd / "selection").exists() == former
