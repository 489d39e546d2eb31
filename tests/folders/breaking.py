"""Commands in real processes that are killed, stopped or left without space before a chosen step.

A step is a call that changes the file system below the folder of the test. One process loads the
program once and forks for each command, which saves the start of another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tests.cli.running import ROOT, environment

Fault = Literal["none", "kill", "term", "hup", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command, and what befalls it before which of its steps.

    `fault` happens before step number `at`, from 0; a full disk stays full.
    """

    arguments: tuple[str, ...]
    fault: Fault = "none"
    at: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How it ended: the exit code, below 0 for a signal; what it said, and its steps."""

    code: int
    stdout: str
    stderr: str
    steps: int


class Breaker:
    """The process that forks; close it.

    Parameters
    ----------
    bare : bool
        Whether no command runs there, so that little needs to be loaded.
    """

    def __init__(self, *, bare: bool = False) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.folders.forking", *(["bare"] if bare else [])],
            cwd=ROOT,
            env=environment(PYTHONDONTWRITEBYTECODE="1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, home: Path, *arguments: str | Path, fault: Fault = "none", at: int = -1) -> Ended:
        """Run one command from a folder."""
        given = tuple(map(str, arguments))
        (ended,) = self.at_once(home, [Run(arguments=given, fault=fault, at=at)])
        return ended

    def at_once(self, home: Path, runs: Sequence[Run]) -> list[Ended]:
        """Run commands from a folder at the same time."""
        return [Ended(**ended) for ended in self._ask("run", home, runs)]

    def pause(self, home: Path, *arguments: str) -> int:
        """Run a command until it begins to lay out its files; another one is no longer paused.

        Returns
        -------
        int
            Before which step that is; -1 if the command ended without.
        """
        number: int = self._ask("pause", home, [Run(arguments=arguments)])
        return number

    def go_on(self, home: Path, fault: Fault, at: int) -> Ended:
        """Let a fork of what is paused go on, in the same folder as it was then."""
        (ended,) = self._ask("go on", home, [Run(arguments=(), fault=fault, at=at)])
        return Ended(**ended)

    def _ask(self, how: str, home: Path, runs: Sequence[Run]) -> Any:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([how, str(home), [*map(asdict, runs)]]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(timeout=60)
