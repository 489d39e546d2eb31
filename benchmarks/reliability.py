"""What breaks nothing, and what is exact: the page of it, from what tests and benchmarks counted.

    python benchmarks/reliability.py [FOLDER]

runs the tests of `TESTS`, with the thorough budget unless ``SORTITION_TESTS`` is ``large`` or
``moderate``, adds what they counted to ``benchmarks/reliability.json``, and writes
``docs/reliability.md`` from all that is there. With a folder, the figures stay in it, one file
each, beside those of `alike.py` and `growth.py`: whoever breaks a run off and begins it anew with
the same folder goes on where it was. The exit code is 1 if a test fails; then the page stays as it
is.

    python benchmarks/reliability.py FOLDER rest
    python benchmarks/reliability.py FOLDER page

The first of these runs only what `benchmarks/reliability.json` has not yet, or not all of; the
second adds the figures of the folder and writes the page. Every figure keeps the revision of the
checkout that it was added in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
RESULTS = ROOT / "benchmarks" / "reliability.json"
TESTS = ("tests/folders", "tests/property/test_every_objective.py", "tests/cli/test_damaged.py")
BUDGET = os.environ.get("SORTITION_TESTS", "thorough")
SOLVERS = {"highs": "HiGHS", "cbc": "CBC"}
FAULTS = {"kill": "killed", "term": "SIGTERM", "hup": "SIGHUP", "full": "full disk"}
Figures = dict[str, dict[str, Any]]

HEAD = """\
# What was broken, and what was left

Written by `python benchmarks/reliability.py` from what tests and benchmarks counted, on different
days and with different budgets: each part says how much was tried, and at which revision of the
repository. What is promised of folders, and why it holds, is in [`folders.md`](folders.md).
"""
COMMANDS = """
## Commands broken off

Each command ran in a process of its own, on a folder that it finds in an assembly, and was broken
off before a call that changes the file system: by SIGKILL, at a flush with the file cut in half, by
SIGTERM, by SIGHUP, and by a disk that was full from there on. The large budget takes every call for
SIGKILL, every call for one of the two signals in turn, and 20 for the disk; there, what a command
makes of its files is made once, and processes that are forked from it go on from there, each to be
broken off in the folder as it was then. Unless all of it was as before, byte for byte, and nothing
lay aside, another command was run there afterwards, and at every eighth call the same one again.
Each time all files were of before or all of after the command, nothing hidden was left after the
next one, no command printed a traceback, and where the new state was found `verify` or `status`
said what it says of an undisturbed run. `purge` too leaves all of before or all of after: what it
destroys goes as the log says so, and is written over after that.

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
DAMAGED = """
## Damaged inputs

{damaged:,} files were read that had been damaged: bytes changed, cut, doubled and put in, in
{readers} places: pools and quotas (CSV and XLSX), every file that a selection and a published
lottery left, read by `verify` and by `status`, and registries, exports, figures, lists, rules,
maps, projects, letters, receipts and archives, as their commands read them. {read:,} could be read
all the same, or their command said itself what was wrong; the others ended in faults that are put
into words, none in anything else. None took 30 seconds of processor time, and the process that read
them had {megabytes} MB at the most.
"""
POOLS = """
## Small pools against all panels

Pools of four to nine people, tight, with households, combinations and exact numbers, are small
enough to list every panel. For each of the five objectives the lottery that was found is compared
with linear programs over all panels: who can be selected at all, everybody's chance (for nash the
bound on the product stands for it), the value of the objective, and the gap of the proof. The table
gives the largest distances.

| solver | pools | without a panel | with a cut | chance | value | gap |
|---|---:|---:|---:|---:|---:|---:|
"""
ALIKE = """
## Every machine alike

One selection from the sample was run again with what should not matter changed, each time in a
process of its own. The figures are what the SHA-256 of `lottery.json` begins with, and that of the
people and cells of `panel.csv` in whatever order.

| what was changed | tried | `lottery.json` | `panel.csv` |
|---|---|---|---|
"""
GROWTH = """
## Time and memory

Whole processes, from files to files, on a machine that was busy with other work: processor seconds,
and the most memory that was resident. Pools have five features and a panel of 50 (`select`);
registries 490 strata in a CSV file, or in a Parquet file where it says so, from which a tenth, but
at most 20,000 people, is invited (`invite`).

| | people | CPU-s | MB |
|---|---:|---:|---:|
"""
REPEATS = """
{repeats:,} selections from one pool in one process made {digests} lottery; {early} MB were resident
after a tenth of them, and {late} MB at the end.
"""


def run(figures: Path) -> int:
    """Run the tests, which leave their figures in a folder."""
    changes = {"SORTITION_TESTS": BUDGET, "SORTITION_FIGURES": str(figures)}
    command = [sys.executable, "-m", "pytest", "--numprocesses", "auto", *TESTS]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **changes}, check=False).returncode


def read(figures: Path) -> Figures:
    """The figures by their names."""
    documents = [json.loads(path.read_bytes()) for path in sorted(figures.glob("*.json"))]
    return {document["name"]: document for document in documents}


def page(figures: Figures) -> Iterator[str]:
    """The page, part by part; what was not run is not told."""
    yield HEAD
    if any("fault" in one for one in figures.values()):
        yield COMMANDS
        yield "\n" + "\n".join(table(figures)) + "\n"
        yield measured(figures, "fault")
    states = [figures[name] for name in ("states True", "states False") if name in figures]
    if len(states) == 2:
        steps = " and ".join(str(one["steps"]) for one in states)
        yield STATES.format(steps=steps, twice=f"{sum(one['twice'] for one in states):,}")
        yield measured(figures, "twice")
    if "pairs" in figures:
        yield PAIRS.format(**figures["pairs"])
        yield measured(figures, "pairs")
    if parts := [one for one in figures.values() if "damaged" in one]:
        counts = {key: sum(one[key] for one in parts) for key in ("damaged", "read")}
        most = max(one.get("megabytes", 0) for one in parts)
        yield DAMAGED.format(**counts, readers=parts[0]["readers"], megabytes=most)
        yield measured(figures, "damaged")
    for head, rows, key in (
        (POOLS, pools, "solver"),
        (ALIKE, alike, "kind"),
        (GROWTH, growth, "growth"),
    ):
        if found := list(rows(figures)):
            yield head + "\n".join(found) + "\n" + measured(figures, key)
    if "repeats" in figures:
        yield REPEATS.format(**figures["repeats"]) + measured(figures, "repeats")


def measured(figures: Figures, key: str) -> str:
    """At which revisions the figures with this key were."""
    of_each = [one["revision"].split(", ") for one in figures.values() if key in one]
    return f"\nMeasured at {', '.join(sorted(set(chain.from_iterable(of_each))))}.\n"


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


def pools(figures: Figures) -> Iterator[str]:
    """A row a solver."""
    for one in figures.values():
        if "solver" in one:
            counts = (one["pools"], one.get("no panel", 0), one.get("a cut", 0))
            cells = [f"{count:,}" for count in counts]
            cells += [one["chance"], one["value"], one["gap"]]
            yield f"| {SOLVERS[one['solver']]} | {' | '.join(cells)} |"


def alike(figures: Figures) -> Iterator[str]:
    """A row for each kind of change, with every digest that came out."""
    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in figures.values():
        if "kind" in one:
            kinds[one["kind"]].append(one)
    for kind, trials in kinds.items():
        cells = ["; ".join(filter(None, (one["what"] for one in trials))) or "once"]
        for file in ("lottery", "panel"):
            cells.append(", ".join(f"`{digest}`" for digest in sorted({t[file] for t in trials})))
        yield f"| {kind} | {' | '.join(cells)} |"


def growth(figures: Figures) -> Iterator[str]:
    """A row for each size, pools before registries."""
    for one in figures.values():
        if "growth" in one:
            cells = f"{one['people']:,} | {one['seconds']} | {one['megabytes']:,}"
            yield f"| {one['growth']} | {cells} |"


def add(known: Figures, found: Figures) -> Figures:
    """All figures in their order; what is new, or other than before, is of this revision."""
    revision = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    for name, one in found.items():
        before = known.get(name, {})
        if before != {"revision": before.get("revision"), **one}:
            revisions = [*filter(None, one.get("revision", "").split(", ")), f"`{revision}`"]
            known[name] = {**one, "revision": ", ".join(dict.fromkeys(revisions))}
    return dict(sorted(known.items()))


def main() -> int:
    """Run the tests if need be, and write the page."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else scratch)
        folder.mkdir(parents=True, exist_ok=True)
        known: Figures = json.loads(RESULTS.read_bytes()) if RESULTS.exists() else {}
        if sys.argv[2:] == ["rest"]:
            for name, one in known.items():
                (folder / f"{name.replace(' ', '-')}.json").write_text(json.dumps(one), "utf-8")
        if sys.argv[2:] != ["page"] and run(folder):
            return 1
        figures = add(known, read(folder))
    RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text("".join(page(figures)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
