"""How random the tickets are, against independent draws and against another version.

    python benchmarks/spread.py measure OUT.json [--before SRC] [--folder DIR] [--runs N] [POOL …]
    python benchmarks/spread.py table OUT.json …

`measure` selects from each pool by a process of its own, N times, by turns with the `sortition` of
another `src` folder if one is given, and keeps what it found; pools that are in the file already
are left alone. DIR holds instances, see `pools.py`; without names it measures all, but for the
large ones, of which only the time is measured.

Companions on nine tenths of somebody's tickets are counted in two parts. *Forced* are those whom
the numbers of everybody's tickets and the quotas force to it, by a linear program for each: of all
ways to share out her tickets so that they, and all others, keep the quotas on average, that with
the fewest tickets of the other. *Free* are the rest, and *by chance* is how many there would be
without any quota, of those whom the numbers do not force: who has many tickets is often on nearly
all of the few that somebody else has.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pools import generated, instance_of, kept, standard
from scipy.stats import hypergeom

import sortition
from sortition.bench.processes import timed
from sortition.bench.subjects import Subject, standard_pools, written
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.spread.people import people_of
from sortition.core.types import Floats, Ints, types_of
from sortition.model import Instance
from sortition.model.company import company

HERE = Path(sortition.__file__).parents[1]
LARGE = ("20k", "100k")  # too many people to look at all pairs of them here
DUST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How the tickets of one lottery mix people; of large pools alone how long it took."""

    compositions: int
    never: float
    never_independent: float
    closest: float
    closest_independent: float
    forced: int
    free: int
    by_chance: float


def pools(home: Path, folder: Path | None, names: Sequence[str]) -> Iterator[Subject]:
    yield from standard(home)
    if folder is not None:
        yield from kept(folder)
    yield from generated(home)
    for named in standard_pools([name for name in LARGE if name in names]):
        yield written(named, home)


def selected(subject: Subject, source: Path) -> tuple[float, list[list[str]]]:
    """The processor time of a whole run, and the people on each ticket."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        command = ["env", f"PYTHONPATH={source}", sys.executable, "-m", "sortition", "select"]
        command += [str(subject.pool), str(subject.quotas), "--size", str(subject.size)]
        command += ["--seed", "1", "--out", str(out), "--quiet"]
        if subject.id_column is not None:
            command += ["--id", subject.id_column]
        if subject.household_columns:
            command += ["--household", ",".join(subject.household_columns)]
        usage = timed(command)
        panels = json.loads((out / "lottery.json").read_bytes())["panels"]
    return usage.cpu_seconds, [p["members"] for p in panels for _ in range(p["weight"])]


def found(subject: Subject, tickets: list[list[str]]) -> Found:
    instance = instance_of(subject)
    kinds = dict(zip((one.id for one in instance.pool.members), instance.quotas_of(), strict=True))
    them = company([(tuple(members), 1) for members in tickets])
    on = _on(instance, tickets)
    forced, free, by_chance = _close_companions(instance, on)
    return Found(
        compositions=len({tuple(sorted(kinds[id] for id in members)) for members in tickets}),
        never=them.never,
        never_independent=them.never_independent,
        closest=them.closest,
        closest_independent=_closest_independent(on),
        forced=forced,
        free=free,
        by_chance=by_chance,
    )


def _on(instance: Instance, tickets: list[list[str]]) -> NDArray[np.float32]:
    """Who is on which ticket, shape (tickets, people)."""
    position = {member.id: n for n, member in enumerate(instance.pool.members)}
    on = np.zeros((len(tickets), len(position)), dtype=np.float32)
    for number, members in enumerate(tickets):
        on[number, [position[id] for id in members]] = 1
    return on


def _closest_independent(on: NDArray[np.float32]) -> float:
    """The closest companion, the median over people, if each had her tickets by lot."""
    numbers = np.random.default_rng(1)
    dealt = numbers.permuted(on, axis=0)
    together = (dealt.T @ dealt).astype(np.int64)
    held = np.diagonal(together).copy()
    np.fill_diagonal(together, 0)
    return float(np.median(together.max(axis=1)[held > 0] / held[held > 0]))


def _close_companions(instance: Instance, on: NDArray[np.float32]) -> tuple[int, int, float]:
    """Companions on nine tenths of somebody's tickets: forced, free, and how many by chance."""
    tickets = len(on)
    together = (on.T @ on).astype(np.int64)
    held = np.diagonal(together).copy()
    np.fill_diagonal(together, 0)
    close = (10 * together >= 9 * held[:, None]) & (held > 0)[:, None]
    nearly = -(-9 * held // 10)[:, None]
    least_by_number = held[:, None] + held[None, :] - tickets
    must = (least_by_number >= nearly) & (held > 0)[:, None]
    np.fill_diagonal(must, False)
    by_number = close & must
    apart = ~must & (held[:, None] > 0) & ~np.eye(len(held), dtype=bool)
    as_often = hypergeom.sf(nearly - 1, tickets, held[None, :], held[:, None])
    by_chance = np.asarray(as_often)[apart].sum()
    least = _least_shared(instance, held, tickets)
    # people of a type with as many tickets are exchangeable, so that a program serves them all
    alike = list(zip(types_of(instance).type_of(len(held)).tolist(), held.tolist(), strict=True))
    known: dict[Any, bool] = {}
    forced = int(by_number.sum())
    free = 0
    pairs = np.argwhere(close & ~by_number)
    for one, other in pairs.tolist():
        kind = alike[one], alike[other]
        if kind not in known:
            known[kind] = bool(10 * ceil(least(one, other) - DUST) >= 9 * held[one])
        forced += known[kind]
        free += not known[kind]
    return forced, free, float(by_chance)


def _least_shared(instance: Instance, held: Ints, tickets: int) -> Callable[[int, int], float]:
    """On how many of one person's tickets another must be, at least, by the quotas on average."""
    people = people_of(instance)
    count = len(people.lower) - 1  # the last row has no bounds
    who = [np.flatnonzero((people.rows_of == row).any(axis=1)) for row in range(count)]
    everybody = np.arange(len(held))
    rows = [Row(columns=them, coefficients=np.ones(len(them))) for them in (*who, everybody)]
    program = Program(len(held), rows, solver="highs")
    fewest = np.append(people.lower[:-1], instance.panel_size).astype(float)
    most = np.append(people.upper[:-1], instance.panel_size).astype(float)
    seats = np.array([held[them].sum() for them in (*who, everybody)], dtype=float)

    def least(one: int, other: int) -> float:
        own, rest = float(held[one]), float(tickets - held[one])
        lower: Floats = (held - rest).clip(0).astype(float)
        upper: Floats = np.minimum(held, own).astype(float)
        lower[one] = upper[one] = own
        solution = program.minimise(
            (everybody == other).astype(float),
            Bounds(
                lower=lower,
                upper=upper,
                row_lower=np.maximum(fewest * own, seats - most * rest),
                row_upper=np.minimum(most * own, seats - fewest * rest),
            ),
        )
        return 0.0 if solution is None else float(solution.columns[other])

    return least


def measure(subject: Subject, before: Path | None, runs: int) -> dict[str, Any]:
    """What the tickets are like, and the processor time of each run, by turns."""
    sources = {"now": HERE} if before is None else {"before": before, "now": HERE}
    seconds: dict[str, list[float]] = {name: [] for name in sources}
    tickets = {}
    for _ in range(runs):
        for name, source in sources.items():
            spent, tickets[name] = selected(subject, source)
            seconds[name].append(round(spent, 2))
    small = subject.name not in LARGE
    shape = {"people": subject.shape.people, "seats": subject.size}
    return {"pool": subject.name, **shape} | {
        name: {
            "seconds": seconds[name],
            "found": asdict(found(subject, tickets[name])) if small else None,
        }
        for name in sources
    }


def table(pools: list[dict[str, Any]]) -> Iterator[str]:
    yield (
        "| pool, people/seats | compositions | never together | closest | pairs: forced, free "
        "| by chance | CPU-s | times |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for pool in pools:
        yield "| " + " | ".join(_cells(pool)) + " |"


def _cells(pool: dict[str, Any]) -> Iterator[str]:
    now, before = pool["now"], pool.get("before")
    yield f"{pool['pool']}, {pool['people']:,}/{pool['seats']}"
    sides = [side["found"] for side in (before, now) if side and side["found"]]
    if not sides:
        yield from ("not measured",) * 5
    else:
        last = sides[-1]
        yield " → ".join(f"{side['compositions']:,}" for side in sides)
        shares = " → ".join(f"{side['never']:.1%}" for side in sides)
        yield f"{shares} ({last['never_independent']:.1%})"
        shares = " → ".join(f"{side['closest']:.0%}" for side in sides)
        yield f"{shares} ({last['closest_independent']:.0%})"
        yield " → ".join(f"{side['forced']:,}, {side['free']:,}" for side in sides)
        yield f"{last['by_chance']:,.0f}"
    spent = [median(side["seconds"]) for side in (before, now) if side]
    yield " → ".join(f"{seconds:.1f}" for seconds in spent)
    yield f"{spent[-1] / spent[0]:.2f}" if before else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("measure", "table"))
    parser.add_argument("file", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--before", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_intermixed_args()
    if asked.what == "table":
        files = [asked.file, *map(Path, asked.names)]
        print("\n".join(table([one for file in files for one in json.loads(file.read_bytes())])))
        return
    done = json.loads(asked.file.read_bytes()) if asked.file.exists() else []
    with TemporaryDirectory() as home:
        for subject in pools(Path(home), asked.folder, asked.names):
            if asked.names and subject.name not in asked.names:
                continue
            if subject.name not in {one["pool"] for one in done}:
                done.append(measure(subject, asked.before, asked.runs))
                asked.file.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
                print(*_cells(done[-1]), sep=" | ", flush=True)


if __name__ == "__main__":
    main()
