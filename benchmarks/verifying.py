"""How long it takes to check a published lottery, and to solve it again.

    python benchmarks/verifying.py

Whole processes of `sortition verify`, over the folder with its sealed part, then with
``--resolve``, in seconds of processor time (user and system). The figures stand in
benchmarks/README.md.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from sortition.bench.pools import two_features, volunteers, write_pool

POOLS = {
    "2 features, 200 seats": partial(two_features, people=2000, seats=200),
    "7 features, 100 seats, width 2, households": partial(
        volunteers, people=2000, seats=100, features=7, width=2, household_share=0.1
    ),
    "7 features, 110 seats, width 1": partial(
        volunteers, people=2000, seats=110, features=7, width=1
    ),
}
SORTITION = (sys.executable, "-m", "sortition")


def seconds(*words: str) -> float:
    """Processor time of a command that succeeds."""
    started = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    subprocess.run([*SORTITION, *words], check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - started


def main() -> None:
    """Print a row for each pool."""
    print("| pool of 2,000 people, 1,000 tickets | lottery | verify | verify --resolve |")
    print("|---|---:|---:|---:|")
    for name, make in POOLS.items():
        with tempfile.TemporaryDirectory() as home:
            pool = make()
            files = map(str, write_pool(pool, Path(home)))
            words = ["lottery", *files, "--size", str(pool.seats), "--out", f"{home}/lottery"]
            words += ["--assembly", "A", "--organiser", "B", "--quiet"]
            if pool.household_columns:
                words += ["--household", ",".join(pool.household_columns)]
            made = seconds(*words)
            plain = seconds("verify", f"{home}/lottery")
            again = seconds("verify", f"{home}/lottery", "--resolve")
        print(f"| {name} | {made:.1f} s | {plain:.1f} s | {again:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
