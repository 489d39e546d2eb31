"""What breaks nothing: every command broken off at every step, and two at once.

    python benchmarks/reliability.py [FOLDER]

runs the tests of `tests/folders` and writes ``docs/reliability.md`` from what they counted, with
the large budget unless ``SORTITION_TESTS`` is ``moderate``. With a folder of figures, which such a
run left, it only writes the page. The exit code is 1 if a test fails; then the page stays as it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BUDGET = os.environ.get("SORTITION_TESTS", "large")
BUDGETS = {"large": "the large budget", "moderate": "the budget of `make test`, a part of each"}
FAULTS = {"kill": "killed", "term": "SIGTERM", "hup": "SIGHUP", "full": "full disk"}
Figures = dict[str, dict[str, Any]]

HEAD = """\
# What was broken, and what was left

Written by `python benchmarks/reliability.py`, which runs the tests of `tests/folders`: here with
{budget}. What is promised, and why it holds, is in [`folders.md`](folders.md).
"""
COMMANDS = """
## Commands broken off

Each command ran in a process of its own, on a folder that it finds in an assembly, and was broken
off before a call that changes the file system: by SIGKILL, at a flush with the file cut in half, by
SIGTERM, by SIGHUP, and by a disk that was full from there on. The large budget takes every call for
SIGKILL, every eighth for the signals and 20 for the disk. Afterwards another command was run
there. Each time all files were of before or all of after the command, nothing hidden was left after
the next one, no command printed a traceback, and where the new state was found `verify` or `status`
said what it says of an undisturbed run.

The table counts how often the state before was found, and then the state after.
"""
STATES = """
## Bare changes

A change of a few files, in a folder that is there and in one that is not, was killed before every
step ({steps}), and whoever settled that was killed before every step in turn ({twice} cases). All
of them ended as before or as after, and as the same undisturbed settling ended.
"""
PAIRS = """
## Two commands at once

{pairs} pairs of commands were started at the same moment on one folder. In {refused} one was
refused, in {turns} both were done in turn. Every command that said it was done has its event in
the log, none is there twice, and `verify` finds nothing wrong.
"""


def run(figures: Path) -> int:
    """Run the tests, which leave their figures in a folder."""
    changes = {"SORTITION_TESTS": BUDGET, "SORTITION_FIGURES": str(figures)}
    command = [sys.executable, "-m", "pytest", "--numprocesses", "auto", "tests/folders"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **changes}, check=False).returncode


def read(figures: Path) -> Figures:
    """The figures by their names."""
    documents = [json.loads(path.read_bytes()) for path in sorted(figures.glob("*.json"))]
    return {document["name"]: document for document in documents}


def page(figures: Figures) -> Iterator[str]:
    """The page, part by part; what was not run is not told."""
    yield HEAD.format(budget=BUDGETS[BUDGET])
    yield COMMANDS
    yield "\n" + "\n".join(table(figures)) + "\n"
    states = [figures[name] for name in ("states True", "states False") if name in figures]
    if len(states) == 2:
        steps = " and ".join(str(one["steps"]) for one in states)
        yield STATES.format(steps=steps, twice=f"{sum(one['twice'] for one in states):,}")
    if "pairs" in figures:
        yield PAIRS.format(**figures["pairs"])


def table(figures: Figures) -> Iterator[str]:
    """A row a command: how often each fault left the old and the new state."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for one in figures.values():
        if "fault" in one:
            rows[one["command"]][one["fault"]] = f"{one['old']} + {one['new']}"
    yield f"| command | {' | '.join(FAULTS.values())} |"
    yield f"|---|{'---:|' * len(FAULTS)}"
    for command, faults in sorted(rows.items()):
        yield f"| {command} | {' | '.join(faults.get(fault, 'not run') for fault in FAULTS)} |"


def main() -> int:
    """Run the tests if need be, and write the page."""
    if len(sys.argv) > 1:
        PAGE.write_text("".join(page(read(Path(sys.argv[1])))), encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if run(Path(folder)):
            return 1
        PAGE.write_text("".join(page(read(Path(folder)))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
