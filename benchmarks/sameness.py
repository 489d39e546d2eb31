"""What another version of the solver, of NumPy or of Python changes: chances and tickets.

    python benchmarks/sameness.py measure here.json [--solver cbc] [--folder FOLDER] [OBJECTIVE …]
    python benchmarks/sameness.py table here.json other.json …

FOLDER holds further instances, see `pools.py`. `measure` takes what is installed, and adds to the
file what is not there yet. The table says how far anybody's chance is from the one in the first
file, and what the digest of each lottery begins with; a star is at those that the manifest says
could come out otherwise, as some tickets were dealt by a solver.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.metadata import version
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from pools import instance_of, kept, standard

from sortition.core.programs.solver import solver_version
from sortition.core.progress import Silent
from sortition.model import Instance, ObjectiveName, SolverName
from sortition.selection.preparation import Rules, prepare


def measure(file: Path, solver: SolverName, folder: Path | None, objectives: Sequence[str]) -> None:
    found: dict[str, Any] = json.loads(file.read_bytes()) if file.exists() else {"lotteries": {}}
    found["versions"] = {
        "solver": solver_version(solver),
        "numpy": version("numpy"),
        "python": platform.python_version(),
        "processor": platform.machine(),
    }
    with TemporaryDirectory() as home:
        subjects = [*standard(Path(home)), *(kept(folder) if folder else ())]
        instances = {subject.name: instance_of(subject) for subject in subjects}
    for objective, (name, instance) in product(objectives, instances.items()):
        if f"{name}, {objective}" not in found["lotteries"]:
            found["lotteries"][f"{name}, {objective}"] = prepared(instance, objective, solver)
            file.write_text(json.dumps(found, indent=1), encoding="utf-8")


def prepared(instance: Instance, objective: Any, solver: SolverName) -> dict[str, Any]:
    aims = uneven(instance) if objective == "population" else None
    rules = Rules(objective=objective, solver=solver, aims=aims)
    lottery = prepare(instance, rules, Silent())
    proof = lottery.certificate.proofs[0]
    return {
        "digest": lottery.digest,
        "settled": lottery.settled,
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
    names = [_named(one["versions"]) for one in (first, *others)]
    yield f"| pool, objective | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    furthest = 0.0
    for name, lottery in first["lotteries"].items():
        cells = [_digest(lottery)]
        for other in others:
            there = other["lotteries"].get(name)
            if there is None:
                cells.append("not measured")
                continue
            apart = max(abs(there["chances"][id] - p) for id, p in lottery["chances"].items())
            furthest = max(furthest, abs(lottery["bound"] - there["bound"]))
            cells.append(f"{apart:.0e}, {_digest(there)}")
        yield f"| {name} | {' | '.join(cells)} |"
    yield f"\nNo two optima are further apart than {furthest:.0e}."


def _named(versions: dict[str, str]) -> str:
    return f"{versions['solver']}, NumPy {versions['numpy']}, Python {versions['python']}"


def _digest(lottery: dict[str, Any]) -> str:
    return f"`{lottery['digest'][:8]}`" + "*" * (not lottery["settled"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("measure", "table"))
    parser.add_argument("file", type=Path)
    parser.add_argument("more", nargs="*")
    parser.add_argument("--solver", choices=get_args(SolverName), default="highs")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_intermixed_args()
    if asked.what == "measure":
        objectives = asked.more or get_args(ObjectiveName)
        measure(asked.file, asked.solver, asked.folder, objectives)
    else:
        first, *others = (json.loads(Path(name).read_bytes()) for name in (asked.file, *asked.more))
        print("\n".join(table(first, others)))


if __name__ == "__main__":
    main()
