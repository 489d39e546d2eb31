"""How long a draw from a registry of twenty million takes, and how much memory.

    python benchmarks/registry.py DIR

makes the registry in a folder (once; about 150 MB) and draws from it by the command line. The time
is that of the whole command. The memory is the most that its processes had resident together,
looked at ten times a second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb

ROWS, GROUP = 20_000_000, 1_000_000
MUNICIPALITIES, AGES = 98, 5  # 490 strata
LETTERS = 20_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def make(path: Path, rows: int) -> None:
    """A registry with an id, a municipality, an age group and a channel for each person."""
    duckdb.execute(
        f"""
        COPY (
            SELECT 'P' || lpad(i::VARCHAR, 8, '0') AS id,
                (101 + 8 * (hash(i) % {MUNICIPALITIES}))::VARCHAR AS kommune,
                ['16-24', '25-39', '40-54', '55-69', '70+'][1 + (hash(i + 7) % {AGES})::INT]
                    AS alder,
                CASE WHEN hash(i + 3) % 100 < 6 THEN 'letter' ELSE 'digital' END AS kanal
            FROM range({rows}) AS numbers(i)
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})
        """
    )


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


def measure(registry: Path, out: Path, *, workers: int) -> tuple[float, int]:
    """Seconds and the most bytes of one draw."""
    call = [
        *(sys.executable, "-m", "sortition", "invite", registry, "--size", str(LETTERS)),
        *("--seed", "1", "--by", "kommune,alder", "--channel", "kanal", "--out", out),
        *("--workers", str(workers), "--overwrite"),
    ]
    start, most = time.perf_counter(), 0
    with subprocess.Popen(list(map(str, call)), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, resident(process.pid))
            time.sleep(0.1)
    assert process.returncode == 0
    return time.perf_counter() - start, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    registry = asked.folder / f"registry_{asked.rows}.parquet"
    if not registry.exists():
        make(registry, asked.rows)
    seconds, most = measure(registry, asked.folder / "invited", workers=asked.workers)
    print(f"{asked.rows:,} rows, {MUNICIPALITIES * AGES} strata, {LETTERS:,} letters")
    print(f"{seconds:.1f} s, {most / 1e6:.0f} MB at most, {asked.workers} threads")


if __name__ == "__main__":
    main()
