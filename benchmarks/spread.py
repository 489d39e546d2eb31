"""How random the tickets are, against independent draws with the same chances.

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


def measured(instance: Instance) -> tuple[Spread, float]:
    """The figures of a lottery, and the seconds of a processor that it took to prepare."""
    began = time.process_time()
    prepared = prepare(instance, Rules(), Silent())
    seconds = time.process_time() - began
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
        "| pool | compositions | never together | if independent | closest | pairs ≥ 90% | CPU-s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, instance in instances():
        found, seconds = measured(instance)
        print(
            f"| {name} | {found.compositions} | {found.never:.1%} | {found.never_independent:.1%} "
            f"| {found.closest:.0%} | {found.always} | {seconds:.1f} |"
        )


if __name__ == "__main__":
    main()
