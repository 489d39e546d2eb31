"""A program that is killed in any step of an assembly has lost nothing when it starts again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sortition.app.board import STEPS
from tests.budgets import in_large
from tests.cli.running import ROOT, contents, environment

from .asking import Visitor
from .killing import ACTS

TRIES = 8  # of each act, spread over its steps
KILLED = -9


class Killer:
    """The process that forks; close it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.killing"],
            cwd=ROOT,
            env=environment(PYTHONDONTWRITEBYTECODE="1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, folder: Path, act: str, *, at: int = -1) -> tuple[int, int]:
        """Do an act, killed before that step; how it ended, and its steps if it was not."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(folder), act, at]) + "\n")
        process.stdin.flush()
        code, steps = json.loads(process.stdout.readline())
        return code, steps

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture
def killer() -> Iterator[Killer]:
    killer = Killer()
    yield killer
    killer.close()


def set_up(before: Path, home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(before, home)
    return home / "nordby"


@in_large
def test_a_kill_in_any_step_of_an_assembly_loses_nothing(killer: Killer, tmp_path: Path) -> None:
    before, home = tmp_path / "before", tmp_path / "home"
    (before / "nordby").mkdir(parents=True)
    for act in ACTS:
        old = contents(before / "nordby")
        folder = set_up(before, home)
        code, steps = killer.do(folder, act)
        new = contents(folder)
        assert (code, new != old) == (0, True), act
        shutil.copytree(home, tmp_path / "after")
        for at in sorted({steps * (2 * place + 1) // (2 * TRIES) for place in range(TRIES)}):
            folder = set_up(before, home)
            assert killer.do(folder, act, at=at) == (KILLED, -1), (act, at)
            _started_again(folder, act, old, new)
        shutil.rmtree(before)
        (tmp_path / "after").rename(before)


def _started_again(folder: Path, act: str, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """All that was there is there, each page is shown, and the act can be done."""
    visitor = Visitor.at(folder)
    assert [path for path in folder.parent.rglob(".*") if path.name.startswith(".")] == []
    found = contents(folder)
    for name, content in old.items():
        # what the act writes may be as after it; it may have been done with a few steps to go
        assert found.get(name) == content or (name in found and new.get(name) != content), name
    for page in ("/", *(f"/{step}" for step in STEPS)):
        assert visitor.get(page).status == 200, (act, page)
    if not new.keys() <= found.keys():
        ACTS[act](visitor)
        assert new.keys() <= contents(folder).keys(), act
