"""Measure seating plans: whole runs of `sortition groups`, and what chance would reach.

``python benchmarks/seating.py`` prints a table in Markdown. The people are invented: four features
of 2, 4, 5 and 5 values, drawn unevenly from a fixed seed.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

VALUES = {"gender": 2, "age": 4, "education": 5, "district": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """People, tables and sessions, and whether tables are mixed."""

    people: int
    tables: int
    sessions: int
    mixed: bool


CASES = (
    Case(people=36, tables=6, sessions=4, mixed=True),
    Case(people=60, tables=8, sessions=5, mixed=True),
    Case(people=170, tables=20, sessions=6, mixed=True),
    Case(people=15, tables=5, sessions=7, mixed=False),
    Case(people=32, tables=8, sessions=7, mixed=False),
    Case(people=32, tables=8, sessions=10, mixed=False),
)


def write_people(path: Path, people: int) -> None:
    rng = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *VALUES])
        for number in range(people):
            values = [min(rng.randrange(n), rng.randrange(n)) for n in VALUES.values()]
            writer.writerow([f"{number:03}", *(f"v{value}" for value in values)])


def measure(case: Case, folder: Path) -> str:
    write_people(folder / "people.csv", case.people)
    command = [sys.executable, "-m", "sortition", "groups", "people.csv", "--overwrite"]
    command += ["--tables", str(case.tables), "--sessions", str(case.sessions), "--json"]
    if case.mixed:
        command += ["--mix", ",".join(VALUES)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    figures = json.loads(done.stdout)
    met, chance = figures["meetings"], figures["by_chance"]
    factor = f"{chance['again'] / met['again']:.0f}" if met["again"] else "none are left"
    uneven = f"{figures['mix']['uneven']} ({chance['uneven']:.0f})" if case.mixed else "–"
    return (
        f"| {case.people} | {case.tables} | {case.sessions} | {met['different']} | "
        f"{met['at_most']} | {met['again']} ({chance['again']:.0f}) | {factor} | {uneven} | "
        f"{seconds:.1f} |"
    )


def main() -> None:
    heads = ("people", "tables", "sessions", "meet", "at most", "again (by chance)", "times fewer")
    print("|", " | ".join((*heads, "uneven (by chance)", "seconds")), "|")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            print(measure(case, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
