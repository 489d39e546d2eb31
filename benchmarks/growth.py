"""How time and memory grow with pools and registries, and not with the number of selections.

    python benchmarks/growth.py FIGURES pools 1000 10000 100000 1000000
    python benchmarks/growth.py FIGURES registries 10000 100000 1000000 10000000 100000000
    python benchmarks/growth.py FIGURES repeats 1000

leaves figures in a folder for `benchmarks/reliability.py`. Pools and registries are measured as
whole processes, from files to files; selections are repeated in one process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pools import instance_of

from registry import PAGE, invitation, make, measure
from sortition.bench.pools import volunteers
from sortition.bench.subjects import Named, standard_pools, written
from sortition.selection.select import select

SOURCE = Path(__file__).parents[1] / "src"
LARGEST_CSV = 10_000_000  # people; above, a registry is a Parquet file
Figures = dict[str, int | str]


def pools(home: Path, sizes: list[int]) -> Iterator[Figures]:
    """Fifty seats, five features: what `sortition select` takes."""
    for people in sizes:
        kind = partial(volunteers, people=people, seats=50, features=5, width=2)
        subject = written(Named(name=f"of {people}", series=None, make=kind), home)
        files = (str(subject.pool), str(subject.quotas))
        command = ["-m", "sortition", "select", *files, "--size", str(subject.size), "--seed", "1"]
        yield from taken("pool", people, [*command, "--out", str(home / f"run {people}")])


def registries(home: Path, sizes: list[int]) -> Iterator[Figures]:
    """Strata of 98 municipalities and five ages, 20,000 letters: what `sortition invite` takes."""
    for people in sizes:
        kind, suffix = "registry", "csv"
        if people > LARGEST_CSV:
            kind, suffix = "registry in Parquet", "parquet"
        file = home / f"people_{people}.{suffix}"
        make(file, people)
        yield from taken(kind, people, invitation(file, letters=min(20_000, people // 10)))
        file.unlink()


def taken(kind: str, people: int, command: list[str]) -> Iterator[Figures]:
    run = measure(command, SOURCE)
    yield {
        "name": f"growth {kind} {people:09d}",
        "growth": kind,
        "people": people,
        "seconds": f"{run.processors:.1f}",
        "megabytes": round(run.most / 1e6),
    }


def repeats(home: Path, counts: list[int]) -> Iterator[Figures]:
    """The same selection again and again, and what is resident after a tenth and at the end."""
    (named,) = standard_pools(["small"])
    subject = written(named, home)
    instance = instance_of(subject)
    for count in counts:
        digests, resident = set(), []
        for number in range(count):
            digests.add(select(instance, seed=str(number), tickets=100).prepared.digest)
            resident.append(int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE)
        yield {
            "name": "repeats",
            "repeats": count,
            "digests": len(digests),
            "early": round(resident[count // 10] / 1e6),
            "late": round(resident[-1] / 1e6),
        }


def main() -> None:
    folder, part, *numbers = sys.argv[1:]
    measured = {"pools": pools, "registries": registries, "repeats": repeats}[part]
    with TemporaryDirectory() as home:
        for figures in measured(Path(home), [int(number) for number in numbers]):
            name = str(figures["name"]).replace(" ", "-")
            (Path(folder) / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")
            print(figures, flush=True)


if __name__ == "__main__":
    main()
