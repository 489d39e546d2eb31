"""How random the tickets are, with and without --spread, against independent draws.

python benchmarks/spread.py
"""

from __future__ import annotations

import time

import numpy as np
from sameness import instances

from sortition.bench.spread import Spread, spread_of
from sortition.core.progress import Silent
from sortition.core.types import types_of
from sortition.model import Instance
from sortition.selection.preparation import Rules, prepare


def measured(instance: Instance, *, spread: bool) -> tuple[Spread, float]:
    """The figures of a lottery, and the seconds it took to prepare."""
    began = time.perf_counter()
    prepared = prepare(instance, Rules(spread=spread), Silent())
    seconds = time.perf_counter() - began
    position = {member.id: number for number, member in enumerate(instance.pool.members)}
    seats = np.array(
        [
            [position[id] for id in panel.members]
            for panel in prepared.lottery.panels
            for _ in range(panel.weight)
        ]
    )
    type_of = np.empty(len(position), dtype=np.int64)
    for number, members in enumerate(types_of(instance).members):
        type_of[list(members)] = number
    return spread_of(seats, type_of), seconds


def main() -> None:
    print(
        "| pool | --spread | compositions | never together | if independent | closest | seconds |"
    )
    print("|---|---|---:|---:|---:|---:|---:|")
    for name, instance in instances():
        for spread in (False, True):
            found, seconds = measured(instance, spread=spread)
            print(
                f"| {name} | {'yes' if spread else 'no'} | {found.compositions} "
                f"| {found.never:.1%} | {found.never_independent:.1%} | {found.closest:.0%} "
                f"| {seconds:.1f} |"
            )


if __name__ == "__main__":
    main()
