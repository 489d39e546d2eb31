"""The command line, in this process or in one of its own, and small files to give it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from sortition.cli import main

Row = dict[str, str]
Bounds = dict[tuple[str, str], tuple[int, int]]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
SEED = "63454660390103169462"
SAMPLE_OPTIONS = ("--size", "36", "--household", "adresse,postnummer", "--seed", SEED)

LISTS = {"panel.csv", "panel.xlsx", "not_selected.csv", "roster.json"}
DOCUMENTS = {"lottery.json", "certificate.json", "report.json", "report.html", "manifest.json"}

POOL = """\
id,gender,age
P1,female,young
P2,female,old
P3,male,young
P4,male,old
P5,female,old
P6,male,old
"""
QUOTAS = """\
feature,value,min,max
gender,female,1,2
gender,male,1,2
age,young,0,2
age,old,0,2
"""

# What would change the words, the colours or the width of what is printed.
STEERING = {"FORCE_COLOR", "NO_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "COLUMNS", "LANG", "LANGUAGE"}
PLAIN = {"TERM": "xterm", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended, and what it printed."""

    code: int
    stdout: str
    stderr: str


def environment(**changes: str) -> dict[str, str]:
    """The environment of the tests, without what would steer the program."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in STEERING and (name == "PYTHONPATH" or not name.startswith("PYTHON"))
    }
    return inherited | PLAIN | changes


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "sortition", *map(str, arguments)]


def sortition(
    *arguments: str | Path, cwd: Path, width: int = 80, typed: str | None = None, **changes: str
) -> Outcome:
    """Run a command from a folder, with changes to the environment.

    It runs in this process, which saves the start of another, unless something is changed that a
    process reads when it starts. `width` is that of the terminal, which is taken to be 80 columns
    where there is none. With `typed`, somebody sits there and answers so.
    """
    if changes:
        return as_process(*arguments, cwd=cwd, **changes)
    out, err = _Stream(), _Stream()
    with (
        _surroundings(cwd, width),
        # as `python -m sortition` is called, which is how usage is told
        patch.object(sys.modules["__main__"], "__package__", "sortition"),
        patch.object(sys, "argv", ["__main__.py", *map(str, arguments)]),
        patch.object(sys, "stdin", StringIO() if typed is None else _Keyboard(typed)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Outcome(code=code, stdout=out.text(), stderr=err.text())


def as_process(*arguments: str | Path, cwd: Path, **changes: str) -> Outcome:
    """The same in a process of its own, where that is what is tested."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Outcome(code=done.returncode, stdout=done.stdout.decode(), stderr=done.stderr.decode())


class _Keyboard(StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


class _Stream(TextIOWrapper):
    """A stream as a pipe to another program is one."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), encoding="utf-8", newline="")

    def text(self) -> str:
        self.flush()
        written = self.buffer
        assert isinstance(written, BytesIO)
        return written.getvalue().decode()


@contextmanager
def _surroundings(cwd: Path, width: int) -> Iterator[None]:
    """The folder and the environment that a process would have; both are put back."""
    before = Path.cwd()
    with patch.dict(os.environ, environment(COLUMNS=str(width)), clear=True):
        os.chdir(cwd)
        try:
            yield
        finally:
            os.chdir(before)


def a_third_of_the_samples(folder: Path) -> tuple[str, str]:
    """The first 150 of the pool, and quotas for a third of its seats, rounded outwards."""
    people = (SAMPLES / "pool.csv").read_bytes().splitlines(keepends=True)
    (folder / "pool.csv").write_bytes(b"".join(people[:151]))
    header, *rows = (SAMPLES / "quotas.csv").read_text(encoding="utf-8-sig").splitlines()
    thirds = [header]
    for row in rows:
        feature, value, lower, upper = row.split(";")
        thirds.append(f"{feature};{value};{int(lower) // 3};{-(-int(upper) // 3)}")
    (folder / "quotas.csv").write_text("\n".join(thirds), encoding="utf-8")
    return "pool.csv", "quotas.csv"


def write_inputs(
    folder: Path, pool: str | bytes = POOL, quotas: str | bytes = QUOTAS
) -> tuple[Path, Path]:
    """Write pool.csv and quotas.csv."""
    paths = folder / "pool.csv", folder / "quotas.csv"
    for path, content in zip(paths, (pool, quotas), strict=True):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return paths


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder and below it, by their paths; hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(data: bytes) -> list[Row]:
    """The rows of a CSV file in the form of the sample data."""
    return list(csv.DictReader(data.decode().splitlines(), delimiter=";", strict=True))


def faults_said(outcome: Outcome) -> list[str]:
    """The faults that a command reported, one a line."""
    assert (outcome.code, outcome.stdout) == (2, ""), outcome.stderr
    first, *faults = outcome.stderr.splitlines()
    many = f"{len(faults)} faults were found" if len(faults) > 1 else "A fault was found"
    assert first == f"{many}; nothing was written."
    assert all(line.startswith("  ") and line[2] != " " for line in faults)
    return [line.strip() for line in faults]


def unboxed(text: str) -> str:
    """What stands in a box on the terminal, on one line."""
    return " ".join(word for word in text.split() if word.strip("│╭╮╰╯─"))
