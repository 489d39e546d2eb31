"""Output that nobody reads or that finds no place, and names and figures beyond all measure."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.panels import make_panel
from tests.cli.running import command, contents, environment, faults_said, sortition, write_inputs

LONG = "x" * 300
DIGITS = "9" * 5000
CHECK = ("check", "pool.csv", "quotas.csv", "--size", "3")
NONE = ("check", "pool.csv", "none.csv", "--size", "3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    # of the women one is young
    quotas = "gender,female,3,3\ngender,male,0,0\nage,young,2,2\nage,old,1,1\n"
    (tmp_path / "none.csv").write_text(f"feature,value,min,max\n{quotas}")
    return tmp_path


def unread(*arguments: str, cwd: Path, stdout: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell closes pipes in another way there")
@pytest.mark.parametrize(("arguments", "code"), [(CHECK, 0), ((*CHECK, "--json"), 0), (NONE, 1)])
def test_the_exit_code_does_not_hang_on_who_reads(
    folder: Path, arguments: tuple[str, ...], code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = unread(*arguments, cwd=folder, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is always full")
def test_words_that_find_no_place(folder: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    drawn = unread("select", *CHECK[1:], "--out", "out", cwd=folder, stdout=full)
    assert drawn.returncode == 0
    assert drawn.stderr.startswith("What this command wrote is there, but what it says of that")
    assert sortition("verify", "out", cwd=folder).code == 0
    checked = unread(*CHECK, "--json", cwd=folder, stdout=full)
    os.close(full)
    assert checked.returncode == 2
    assert checked.stderr.startswith("What this command found could not be printed: No space left")


@pytest.mark.parametrize("out", [("--out", ""), ("--out=",)])
def test_an_empty_text_is_no_folder(folder: Path, out: tuple[str, ...]) -> None:
    before = contents(folder)
    done = sortition("select", *CHECK[1:], *out, cwd=folder)
    assert done.code == 2
    assert "is empty. Give a name" in done.stderr
    assert contents(folder) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("select", LONG, "quotas.csv", "--size", "3"),
        ("select", *CHECK[1:], "--out", f"new/{LONG}"),
        ("select", *CHECK[1:], "--project", LONG),
        ("verify", LONG),
        ("status", LONG),
        ("draw", LONG, "--drawn", "1"),
        ("receipt", "P1", "--from", LONG),
        ("invite", "pool.csv", LONG, "--size", "3"),
    ],
)
def test_a_name_that_nothing_can_have(folder: Path, arguments: tuple[str, ...]) -> None:
    before = contents(folder)
    done = sortition(*arguments, cwd=folder)
    assert done.code == 2
    assert "defect" not in done.stderr
    assert "can be called" in done.stderr or "cannot be written" in done.stderr
    assert contents(folder) == before
    assert not (folder / "new").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("select", "pool.csv", "quotas.csv", "--size", DIGITS),
        ("select", *CHECK[1:], "--tickets", DIGITS),
        ("select", *CHECK[1:], "--time-limit", DIGITS),
        ("select", *CHECK[1:], "--gamma", DIGITS),
        ("lottery", *CHECK[1:], "--assembly", "A", "--organiser", "B", "--beacon", DIGITS),
        ("select", "many.csv", "quotas.csv", "--size", "3"),
        ("select", "pool.csv", "most.csv", "--size", "3"),
        ("select", "pool.csv", "quotas.csv", "--project", "assembly.toml"),
        ("quotas", "people.csv", "--size", "3"),
        ("plan", "--needed", DIGITS, "--rate", "0.1"),
        ("plan", "--needed", "3", "--rate", DIGITS),
    ],
)
def test_a_figure_that_nothing_has(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_inputs(tmp_path)
    age = "id,gender,age\n1,female,{}\n2,male,old\n3,male,young\n"
    files = {
        "many.csv": age.format(DIGITS),
        "most.csv": f"feature,value,min,max\ngender,female,0,{DIGITS}\ngender,male,0,3\n",
        "assembly.toml": f"size = {DIGITS}\n",
        "people.csv": f"feature,value,count\ngender,f,{DIGITS}\ngender,m,3\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    done = sortition(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert "defect" not in done.stderr
    assert len(done.stderr) < 1500 + len(DIGITS)


def test_more_columns_than_a_workbook_holds(folder: Path) -> None:
    columns = [f"column {number}" for number in range(16_001)]
    row = ",".join("x" for _ in columns)
    (folder / "wide.csv").write_text(f"id,gender,age,{','.join(columns)}\nP1,female,old,{row}\n")
    (said,) = faults_said(sortition("select", "wide.csv", *CHECK[2:], cwd=folder))
    assert said.startswith("wide.csv: This table has 16,004 columns")


def test_very_many_faults_are_counted_and_some_are_told(folder: Path) -> None:
    rows = "".join(f"P{number},x{number},old\n" for number in range(2000))
    (folder / "many.csv").write_text(f"id,gender,age\n{rows}")
    done = sortition("select", "many.csv", *CHECK[2:], cwd=folder)
    first, *told, last = done.stderr.splitlines()
    assert first == "2,000 faults were found; nothing was written."
    assert len(told) == 50
    assert last.startswith("  many.csv, column gender: There are 1,950 more like these.")


def test_a_log_that_tells_of_no_round(tmp_path: Path) -> None:
    """As a replacement left it that was killed between two moves."""
    panel = make_panel(tmp_path)
    assert sortition("alternates", panel, "--count", "2", cwd=tmp_path).code == 0
    (panel / "replacement-1").mkdir()
    (panel / "replacement-1" / "replacement.json").write_text("{}")
    for arguments in (
        ("status", panel),
        ("confirm", panel),
        ("evaluate", panel),
        ("alternates", panel, "--count", "1", "--overwrite"),
        ("groups", panel, "--tables", "2", "--sessions", "2"),
    ):
        (said,) = faults_said(sortition(*arguments, cwd=tmp_path))
        assert said.startswith("replacement-1/replacement.json: No event of the log wrote this")
