"""Measure how long it takes to read, check and draw from a large pool, and how much memory.

    python benchmarks/reading.py [PEOPLE]

Each file is read in a process of its own, as a command would; the files are made first, and making
them is not measured. Then `check` and `select` are run on a CSV file of the features alone.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

FEATURES = {
    "køn": ["Kvinde", "Mand"],
    "alder": ["16-29 år", "30-44 år", "45-59 år", "60+ år"],
    "uddannelse": ["Grundskole", "Gymnasial", "Erhverv", "Kort", "Lang"],
    "bydel": [f"Bydel {number}" for number in range(10)],
    "herkomst": ["Dansk", "Vestlig", "Anden"],
    "arbejde": ["Ja", "Nej"],
    "holdning": ["1", "2", "3", "4", "5"],
}
HEADER = ["id", "cpr", "navn", "adresse", "postnummer", *FEATURES]
READ = """
import json, resource, sys, time
from pathlib import Path
from sortition.instance.reading import read_instance
start = time.perf_counter()
read = read_instance(
    Path(sys.argv[1]), Path("quotas.csv"), panel_size=200,
    household_columns=("adresse", "postnummer"),
)
seconds = time.perf_counter() - start, time.process_time()
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(read.instance.pool), *seconds, megabytes]))
"""


def people(count: int) -> Iterator[list[str]]:
    """Rows of a pool; the same on every machine."""
    for number in range(count):
        digits = number * 7_919 + 10**6
        values = [
            labels[(digits // 7**place) % len(labels)]
            for place, labels in enumerate(FEATURES.values())
        ]
        birth = f"{digits % 28 + 1:02d}{digits % 12 + 1:02d}{digits % 100:02d}"
        yield [
            f"{number:06d}",
            f"{birth}-{digits % 10_000:04d}",
            f"Navn Navnesen {number}",
            f"Vejnavnsgade {number // 2}, {digits % 5}. th",
            str(1000 + digits % 9000),
            *values,
        ]


def write_files(folder: Path, count: int) -> None:
    rows = [HEADER, *people(count)]
    with (folder / "pool.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("pool")
    for row in rows:
        sheet.append(row)
    workbook.save(folder / "pool.xlsx")
    quotas = [
        f"{feature},{label},0,200" for feature, labels in FEATURES.items() for label in labels
    ]
    text = "\n".join(["feature,value,min,max", *quotas])
    (folder / "quotas.csv").write_text(text, encoding="utf-8")


def write_narrow(folder: Path, count: int) -> None:
    first = len(HEADER) - len(FEATURES)
    with (folder / "narrow.csv").open("w", newline="", encoding="utf-8") as file:
        rows = (row[first:] for row in (HEADER, *people(count)))
        csv.writer(file, delimiter=";").writerows(rows)


def measure_commands(folder: Path) -> None:
    for command in (["check"], ["select", "--seed", "1", "--out", "drawn"]):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        arguments = [*command, "narrow.csv", "quotas.csv", "--size", "200"]
        subprocess.run(
            [sys.executable, "-m", "sortition", *arguments],
            cwd=folder,
            capture_output=True,
            check=True,
        )
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{command[0]}: {seconds:.1f} s ({cpu:.1f} s of CPU)")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        write_files(Path(name), count)
        for pool in ("pool.csv", "pool.xlsx"):
            size = (Path(name) / pool).stat().st_size / 1e6
            done = subprocess.run(
                [sys.executable, "-c", READ, pool], cwd=name, capture_output=True, check=True
            )
            read, seconds, cpu, megabytes = json.loads(done.stdout)
            print(f"{pool}, {size:.0f} MB: {read:,} people", end="")
            print(f" in {seconds:.1f} s ({cpu:.1f} s of CPU), {megabytes:.0f} MB of memory")
        write_narrow(Path(name), count)
        measure_commands(Path(name))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
