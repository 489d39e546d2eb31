"""How many cells of two features are filled: with `--mix`, without, and by the peer's diversimax.

    python benchmarks/mix.py PEER_PYTHON [POOL …]

PEER_PYTHON is the Python of an environment in which `sortition-algorithms[diversimax]` and highspy
are installed. A cell is who has two values, of two features; it is *filled* on a panel if somebody
of it sits there. Cells that nobody of the pool is in are left out. *Off* is the mean, over tickets
and cells, of the squared distance of a cell's seats from its mean over all tickets. *Allowed* is
how many could be filled on average at most: the seats of a cell on all tickets follow from
everybody's chance, and a cell with a seat on every fifth ticket is empty on the others.

The peer looks for one panel, and stops at a tenth from the best or after 30 s. It has no lottery:
whoever is not on that panel has no chance.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import partial
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pools import instance_of, standard

import sortition.bench
from sortition.core.progress import Silent
from sortition.model import COMBINATION, Instance
from sortition.selection.preparation import Rules, prepare

DRIVER = Path(sortition.bench.__file__).with_name("peer_driver.py")
SECONDS = 30
POOLS = ("sample", "fixture-150", "skew-400")

Cell = tuple[str, str, str, str]


class Cells:
    """The cells of all pairs of features that have quotas."""

    def __init__(self, instance: Instance) -> None:
        place = {feature: number for number, feature in enumerate(instance.pool.features)}
        features = [name for name in instance.quotas.features if name != COMBINATION]
        self._of: dict[str, list[Cell]] = {
            member.id: [
                (one, member.values[place[one]], other, member.values[place[other]])
                for one, other in combinations(features, 2)
            ]
            for member in instance.pool.members
        }
        cells = sorted({cell for own in self._of.values() for cell in own})
        self._number = {cell: number for number, cell in enumerate(cells)}

    def __len__(self) -> int:
        return len(self._number)

    def seats(self, members: Iterable[str]) -> list[int]:
        """How many members of a panel are in each cell."""
        seats = [0] * len(self)
        for member in members:
            for cell in self._of[member]:
                seats[self._number[cell]] += 1
        return seats


def ours(instance: Instance, cells: Cells, *, mixed: bool) -> list[str]:
    """The lowest chance; cells filled, and how many the chances allow; how far off; seconds."""
    features = [name for name in instance.quotas.features if name != COMBINATION]
    pairs = tuple(combinations(features, 2)) if mixed else ()
    began = time.process_time()
    prepared = prepare(instance, Rules(mixed=pairs), Silent())
    seconds = time.process_time() - began
    panels = prepared.lottery.panels
    seats = np.array([cells.seats(panel.members) for panel in panels for _ in range(panel.weight)])
    filled = (seats > 0).sum(axis=1)
    off = ((seats - seats.mean(axis=0)) ** 2).mean()
    lowest = min(chance for chance in prepared.probabilities.values() if chance > 0)
    held = f"{filled.mean():.1f} ({filled.min()}–{filled.max()})"
    # a cell of so many seats on average is filled on no larger share of the tickets
    allowed = np.minimum(seats.mean(axis=0), 1).sum()
    return [f"{lowest:.4%}", held, f"{allowed:.1f}", f"{off:.2f}", f"{seconds:.1f}"]


def peers(instance: Instance, cells: Cells, python: str) -> list[str]:
    """The same of the peer's panel, which has no lowest chance and no mean."""
    with TemporaryDirectory() as folder:
        pool, quotas = Path(folder) / "pool.csv", Path(folder) / "quotas.csv"
        lives = any(member.household is not None for member in instance.pool.members)
        with pool.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", *instance.pool.features, *["home"] * lives])
            for number, member in enumerate(instance.pool.members):
                home = [str(member.household or f"alone {number}")] * lives
                writer.writerow([member.id, *member.values, *home])
        with quotas.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["feature", "value", "min", "max"])
            for quota in instance.quotas.rows:
                writer.writerow([quota.feature, quota.value, quota.lower, quota.upper])
        size = str(instance.panel_size)
        asked = [str(pool), str(quotas), size, "id", folder, "diversimax", str(SECONDS)]
        began = time.monotonic()
        done = subprocess.run(
            [python, "-I", str(DRIVER), *asked, *["home"] * lives],
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - began
        if done.returncode:
            sys.exit(done.stderr)
        with (Path(folder) / "selected.csv").open(encoding="utf-8", newline="") as file:
            panel = [row["id"] for row in csv.DictReader(file)]
    filled = sum(number > 0 for number in cells.seats(panel))
    return ["0 %", str(filled), "", "", f"{seconds:.0f} by the clock"]


def main() -> None:
    python, *names = sys.argv[1:]
    print(
        "| pool | cells | tickets | lowest chance | filled (fewest–most) | allowed | off | CPU-s |"
    )
    print("|---|---:|---|---:|---:|---:|---:|---:|")
    with TemporaryDirectory() as home:
        pools = {pool.name: instance_of(pool) for pool in standard(Path(home))}
    for name in names or POOLS:
        instance = pools[name]
        cells = Cells(instance)
        for kind, figures in (
            ("as they are", partial(ours, instance, cells, mixed=False)),
            ("`--mix all`", partial(ours, instance, cells, mixed=True)),
            ("the peer's panel", partial(peers, instance, cells, python)),
        ):
            print(f"| {name} | {len(cells)} | {kind} | {' | '.join(figures())} |", flush=True)


if __name__ == "__main__":
    main()
