"""A solver that gives up: the command says what can be done with its own options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Outcome, environment, sortition, write_inputs

# HiGHS with no steps to take, which is the nearest to a program that it cannot solve
WITHOUT_STEPS = """
import highspy

def silent(self, *arguments, silence=highspy.Highs.silent):
    silence(self, *arguments)
    for limit in ("simplex_iteration_limit", "ipm_iteration_limit", "mip_max_nodes"):
        self.setOptionValue(limit, 0)
    self.setOptionValue("presolve", "off")

highspy.Highs.silent = silent
from sortition.cli import main
main()
"""
POOL = "id,gender\n" + "".join(f"P{n:02},{'female' if n % 3 else 'male'}\n" for n in range(30))
QUOTAS = "feature,value,min,max\ngender,female,2,3\ngender,male,2,3\n"
RATES = "gender,rate,population\nfemale,0.1,900\nmale,0.1,900\n"
REGISTRY = "gender,population\nfemale,900\nmale,900\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path, POOL, QUOTAS)
    (tmp_path / "rates.csv").write_text(RATES, encoding="utf-8")
    (tmp_path / "registry.csv").write_text(REGISTRY, encoding="utf-8")
    return tmp_path


def failed(folder: Path, *arguments: str) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_STEPS, *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    first, *ways = done.stderr.splitlines()
    assert first.startswith("No answer was found (HiGHS: ")
    assert first.endswith(", and nothing was written.")
    return Outcome(code=done.returncode, stdout="", stderr="\n".join(ways))


def test_select(folder: Path) -> None:
    arguments = ("select", "pool.csv", "quotas.csv", "--size", "5", "--seed", "1", "--out", "out")
    ways = failed(folder, *arguments).stderr.splitlines()
    assert ways[0] == "Try the other solver with --solver cbc."
    assert "HiGHS 1." in ways[1]
    assert not (folder / "out").exists()
    assert sortition(*arguments, "--solver", "cbc", cwd=folder).code == 0
    ways = failed(folder, *arguments, "--time-limit", "9", "--overwrite").stderr.splitlines()
    assert ways == [
        "Try the other solver with --solver cbc.",
        "Give more time than these seconds with --time-limit.",
    ]


def test_verify_resolve(folder: Path) -> None:
    sortition(
        "select", "pool.csv", "quotas.csv", "--size", "5", "--seed", "1", "--out", "out", cwd=folder
    )
    said = failed(folder, "verify", "out", "--resolve").stderr
    assert said.startswith("Without --resolve, ")
    assert "--solver" not in said
    assert sortition("verify", "out", cwd=folder).code == 0


def test_plan(folder: Path) -> None:
    arguments = ("plan", "quotas.csv", "--size", "5", "--rates", "rates.csv")
    said = failed(folder, *arguments, "--registry", "registry.csv", "--trials", "2").stderr
    assert said.startswith("Without --registry ")
    assert "--solver" not in said
    assert sortition(*arguments, cwd=folder).code == 0
