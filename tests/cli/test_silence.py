"""Only what a command says is printed, whatever a solver prints beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.budgets import in_large
from tests.cli.running import Outcome, environment, sortition, write_inputs

CHECK = ("check", "pool.csv", "quotas.csv", "--size", "3")
# A solver that prints as C code does: at once to a descriptor, and late out of C's own buffer.
NOISY = """
import ctypes, os, sys
import highspy

def run(self, quiet=highspy.Highs.run):
    for descriptor in (1, 2):
        os.write(descriptor, b"noise\\n")
    ctypes.CDLL(None).puts(b"late noise")
    return quiet(self)

highspy.Highs.run = run
from sortition.cli import main
main()
"""


def noisy(*arguments: str, cwd: Path) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-c", NOISY, *arguments],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(code=done.returncode, stdout=done.stdout, stderr=done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="C's library has another name there")
@pytest.mark.parametrize("options", [(), ("--json",), ("--quiet",)])
def test_what_a_solver_prints_is_not_heard(tmp_path: Path, options: tuple[str, ...]) -> None:
    write_inputs(tmp_path)
    heard = noisy(*CHECK, *options, cwd=tmp_path)
    assert heard == sortition(*CHECK, *options, cwd=tmp_path)
    assert "noise" not in heard.stdout + heard.stderr
    if options == ("--json",):
        assert json.loads(heard.stdout)["verdict"] == "feasible"


def test_complaints_are_heard(tmp_path: Path) -> None:
    heard = noisy("check", "absent.csv", "quotas.csv", "--size", "3", cwd=tmp_path)
    assert (heard.code, heard.stdout) == (2, "")
    assert "absent.csv" in heard.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell is needed to close them")
@pytest.mark.parametrize(
    "closed",
    [pytest.param(">&-", marks=in_large), pytest.param("2>&-", marks=in_large), "<&- >&- 2>&-"],
)
def test_a_closed_output_is_no_harm(tmp_path: Path, closed: str) -> None:
    write_inputs(tmp_path)
    line = f'exec "$0" -m sortition {" ".join(CHECK)} {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable], cwd=tmp_path, env=environment(), check=False
    )
    assert done.returncode == 0
