"""How random the tickets are, against independent draws.

python benchmarks/spread.py
"""

from __future__ import annotations

import time

from sameness import instances

from sortition.core.progress import Silent
from sortition.model import Instance
from sortition.model.dispersion import Dispersion
from sortition.selection.preparation import Rules, prepare
from sortition.selection.select import dispersion_of


def measured(instance: Instance) -> tuple[Dispersion, float]:
    """The figures of a lottery, and the seconds of a processor that it took to prepare."""
    began = time.process_time()
    prepared = prepare(instance, Rules(), Silent())
    seconds = time.process_time() - began
    return dispersion_of(prepared), seconds


def main() -> None:
    print(
        "| pool | compositions | never together | if independent | closest | pairs ≥ 90% | CPU-s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, instance in instances():
        found, seconds = measured(instance)
        them = found.company
        print(
            f"| {name} | {found.compositions} | {them.never:.1%} | {them.never_independent:.1%} "
            f"| {them.closest:.0%} | {them.nearly_always - them.forced} | {seconds:.1f} |"
        )


if __name__ == "__main__":
    main()
