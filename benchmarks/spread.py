"""How random the tickets are, against independent draws.

    python benchmarks/spread.py [POOL …]

Companions on nine tenths of somebody's tickets are counted in two parts. *Forced* are those whom
the numbers of everybody's tickets and the quotas force to it, by a linear program for each: of all
ways to share out her tickets so that they, and all others, keep the quotas on average, that with
the fewest tickets of the other. *Free* are the rest, and *by chance* is how many there would be
without any quota, of those whom the numbers do not force: who has many tickets is often on nearly
all of the few that somebody else has.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sameness import instances
from scipy.stats import hypergeom

from sortition.bench.pools import volunteers
from sortition.bench.subjects import Named, written
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.progress import Silent
from sortition.core.spread.people import people_of
from sortition.core.types import Floats, Ints
from sortition.instance.reading import read_instance
from sortition.model import Instance
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.selection.select import dispersion_of

# Generated pools: people, seats and the width of the quotas on seven features.
GENERATED = ((1727, 110, 0), (1727, 110, 1), (1727, 110, 3), (360, 30, 0))
DUST = 1e-6


def generated(people: int, seats: int, width: int) -> Instance:
    pool = Named(
        name="pool",
        series=None,
        make=lambda: volunteers(people=people, seats=seats, features=7, width=width),
    )
    with TemporaryDirectory() as folder:
        subject = written(pool, Path(folder))
        return read_instance(
            subject.pool,
            subject.quotas,
            panel_size=subject.size,
            id_column=subject.id_column,
            household_columns=subject.household_columns,
        ).instance


def pools() -> Iterator[tuple[str, Instance]]:
    yield from instances()
    for people, seats, width in GENERATED:
        yield f"{people}/{seats}, width {width}", generated(people, seats, width)


def close_companions(prepared: PreparedLottery) -> tuple[int, int, float]:
    """Companions on nine tenths of somebody's tickets: forced, free, and how many by chance."""
    position = {member.id: n for n, member in enumerate(prepared.instance.pool.members)}
    tickets = prepared.lottery.ticket_count
    on = np.zeros((tickets, len(position)), dtype=np.float32)
    panels = (panel for panel in prepared.lottery.panels for _ in range(panel.weight))
    for number, panel in enumerate(panels):
        on[number, [position[id] for id in panel.members]] = 1
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
    least = _least_shared(prepared.instance, held, tickets)
    forced = sum(
        10 * ceil(least(int(one), int(other)) - DUST) >= 9 * held[one]
        for one, other in np.argwhere(close & ~by_number)
    )
    free = int((close & ~by_number).sum()) - forced
    return int(by_number.sum()) + forced, free, float(by_chance)


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


def main() -> None:
    print(
        "| pool | compositions | never | if independent | closest | forced | free "
        "| by chance | CPU-s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name, instance in pools():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        began = time.process_time()
        prepared = prepare(instance, Rules(), Silent())
        seconds = time.process_time() - began
        found = dispersion_of(prepared)
        them = found.company
        forced, free, by_chance = close_companions(prepared)
        print(
            f"| {name} | {found.compositions} | {them.never:.1%} | {them.never_independent:.1%} "
            f"| {them.closest:.0%} | {forced:,} | {free:,} | {by_chance:,.0f} | {seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
