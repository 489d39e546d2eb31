"""How long it takes to draw from a registry, and how much memory.

    python benchmarks/registry.py DIR [--runs 3] [--source OTHER/src]

makes two registries in a folder (once; about 180 MB): a CSV file of a million people and a Parquet
file of twenty million, with 490 strata. It draws from each by the command line, people and
households, and prints medians. The time is that of the whole command, by the clock and of all
processors. The memory is the most that its processes had resident together, looked at ten times a
second. With another source, its runs and ours take turns. *Bare* is one DuckDB query for the
lowest 41 tickets of each stratum in the Parquet file, without a check and without a list.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb

import sortition

MUNICIPALITIES, AGES = 98, 5  # 490 strata
LETTERS = 20_000
PAGE = os.sysconf("SC_PAGE_SIZE")
HOUSEHOLD = ("--household", "vej,postnr")
FORMATS = {"csv": "FORMAT csv", "parquet": "FORMAT parquet, ROW_GROUP_SIZE 1_000_000"}
BARE = """
import duckdb, sys
duckdb.execute("SET threads = 2")
duckdb.execute(f\"\"\"
    SELECT kommune, alder, min_by(id, sha256('{'0' * 64}|invite/1|' || id), 41)
    FROM '{sys.argv[1]}' GROUP BY ALL
\"\"\").fetchall()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds by the clock and of all processors, and the most bytes."""

    clock: float
    processors: float
    most: int


def make(path: Path, rows: int) -> None:
    """A registry of people, two at each address."""
    unmade = path.with_name(f"{path.name}.part")
    duckdb.execute(
        f"""
        COPY (
            SELECT 'P' || lpad(i::VARCHAR, 8, '0') AS id,
                (101 + 8 * (hash(i) % {MUNICIPALITIES}))::VARCHAR AS kommune,
                ['16-24', '25-39', '40-54', '55-69', '70+'][1 + (hash(i + 7) % {AGES})::INT]
                    AS alder,
                CASE WHEN hash(i + 3) % 100 < 6 THEN 'letter' ELSE 'digital' END AS kanal,
                'Vej ' || (i // 2) % 50_000 || ', ' || hash(i // 2) % 300 AS vej,
                (1000 + i // 2 // 50_000)::VARCHAR AS postnr
            FROM range({rows}) AS numbers(i)
        ) TO '{unmade}' ({FORMATS[path.suffix[1:]]})
        """
    )
    unmade.rename(path)


def resident(root: int) -> int:
    """The bytes that a process and those under it have resident, shared pages counted each time."""
    parents = {}
    sizes = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(folder.name)] = int(fields[1])
                sizes[int(folder.name)] = int(fields[21]) * PAGE
            except (FileNotFoundError, ProcessLookupError):
                continue
    family = {root}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(sizes.get(one, 0) for one in family)


def measure(call: list[str], source: Path) -> Run:
    """One run of Python with the package from a source."""
    before, start, most = os.times(), time.perf_counter(), 0
    environment = {**os.environ, "PYTHONPATH": str(source)}
    call = [sys.executable, *call]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, env=environment) as process:
        while process.poll() is None:
            most = max(most, resident(process.pid))
            time.sleep(0.1)
    assert process.returncode == 0
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return Run(clock=time.perf_counter() - start, processors=spent, most=most)


def invitation(registry: Path, *more: str, letters: int = LETTERS) -> list[str]:
    """The command for one draw."""
    return [
        *("-m", "sortition", "invite", str(registry), "--size", str(letters), "--seed", "1"),
        *("--by", "kommune,alder", "--channel", "kanal", *more),
        *("--out", str(registry.parent / "invited"), "--overwrite"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--source", type=Path, help="of another version, to take turns with")
    parser.add_argument("--rows", type=int, nargs=2, default=(1_000_000, 20_000_000))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    csv, parquet = (
        asked.folder / f"people_{rows}.{suffix}"
        for rows, suffix in zip(asked.rows, FORMATS, strict=True)
    )
    for registry, rows in zip((csv, parquet), asked.rows, strict=True):
        if not registry.exists():
            make(registry, rows)
    own = Path(sortition.__file__).parents[1]
    others = {"other": asked.source.resolve()} if asked.source else {}
    runs = {
        "CSV": invitation(csv),
        "CSV, households": invitation(csv, *HOUSEHOLD),
        "Parquet": invitation(parquet),
        "Parquet, households": invitation(parquet, *HOUSEHOLD),
        "Parquet, bare": ["-c", BARE, str(parquet)],
    }
    for name, call in runs.items():
        sources = {"here": own} | (others if "-m" in call else {})
        found: dict[str, list[Run]] = {version: [] for version in sources}
        for _ in range(asked.runs):
            for version, source in sources.items():
                found[version].append(measure(call, source))
        for version, own_runs in found.items():
            clock = median(run.clock for run in own_runs)
            processors = median(run.processors for run in own_runs)
            most = max(run.most for run in own_runs) / 1e6
            print(f"{name}, {version}: {clock:.1f} s, {processors:.1f} CPU-s, {most:.0f} MB")


if __name__ == "__main__":
    main()
