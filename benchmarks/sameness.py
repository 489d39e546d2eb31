"""What another version of the solver, of NumPy or of Python changes: chances and tickets.

    python benchmarks/sameness.py measure here.json [cbc]      with what is installed
    python benchmarks/sameness.py table here.json other.json …

The table says how far anybody's chance is from the one in the first file, and what the digest of
each lottery begins with.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from sortition.bench.subjects import standard_pools, written
from sortition.core.programs.solver import solver_version
from sortition.core.progress import Silent
from sortition.instance.reading import read_instance
from sortition.model import Instance, ObjectiveName, SolverName
from sortition.selection.preparation import Rules, prepare

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
POOLS = ("fixture-150", "small", "skew-400")


def instances() -> Iterator[tuple[str, Instance]]:
    """The sample with its households, then three invented pools."""
    sample = read_instance(
        SAMPLES / "pool.csv",
        SAMPLES / "quotas.csv",
        panel_size=36,
        id_column=None,
        household_columns=("adresse", "postnummer"),
    )
    yield "sample", sample.instance
    with TemporaryDirectory() as folder:
        for named in standard_pools(POOLS):
            subject = written(named, Path(folder))
            reading = read_instance(
                subject.pool,
                subject.quotas,
                panel_size=subject.size,
                id_column=subject.id_column,
                household_columns=subject.household_columns,
            )
            yield named.name, reading.instance


def measure(solver: SolverName) -> dict[str, Any]:
    return {
        "versions": {
            "solver": solver_version(solver),
            "numpy": version("numpy"),
            "python": platform.python_version(),
            "processor": platform.machine(),
        },
        "lotteries": {
            f"{name}, {objective}": prepared(instance, objective, solver)
            for name, instance in instances()
            for objective in get_args(ObjectiveName)
        },
    }


def prepared(instance: Instance, objective: Any, solver: SolverName) -> dict[str, Any]:
    aims = uneven(instance) if objective == "population" else None
    rules = Rules(objective=objective, solver=solver, aims=aims)
    lottery = prepare(instance, rules, Silent())
    proof = lottery.certificate.proofs[0]
    return {
        "digest": lottery.digest,
        "bound": lottery.certificate.proven(proof),
        "chances": lottery.probabilities,
    }


def uneven(instance: Instance) -> dict[str, Fraction]:
    """Aims that grow with the place of a person's first value, for an average of equal chances."""
    values = sorted({member.values[0] for member in instance.pool.members})
    parts = {member.id: values.index(member.values[0]) + 2 for member in instance.pool.members}
    whole = sum(parts.values())
    return {id: Fraction(part * instance.panel_size, whole) for id, part in parts.items()}


def table(first: Any, others: list[Any]) -> Iterator[str]:
    names = [one["versions"]["solver"] for one in (first, *others)]
    yield f"| pool, objective | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    furthest = 0.0
    for name, lottery in first["lotteries"].items():
        cells = [f"`{lottery['digest'][:8]}`"]
        for other in others:
            there = other["lotteries"][name]
            apart = max(abs(there["chances"][id] - p) for id, p in lottery["chances"].items())
            furthest = max(furthest, abs(lottery["bound"] - there["bound"]))
            cells.append(f"{apart:.0e}, `{there['digest'][:8]}`")
        yield f"| {name} | {' | '.join(cells)} |"
    yield f"\nNo two optima are further apart than {furthest:.0e}."


def main() -> None:
    if sys.argv[1] == "measure":
        solver: Any = sys.argv[3] if len(sys.argv) > 3 else "highs"
        Path(sys.argv[2]).write_text(json.dumps(measure(solver), indent=1), encoding="utf-8")
    else:
        first, *others = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[2:])
        print("\n".join(table(first, others)))


if __name__ == "__main__":
    main()
