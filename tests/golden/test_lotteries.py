"""What is the same everywhere, and what is in the environment that the lock file pins."""

from __future__ import annotations

import csv
import platform
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sortition.bench.subjects import standard_pools, written
from sortition.core.progress import Silent
from sortition.instance.reading import read_instance
from sortition.model import Instance, SolverName
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from tests.cli.running import SAMPLES

CHANCES = Path(__file__).parent / "sample_chances.csv"
LOCKED = {"highspy": "1.16.0", "numpy": "2.4.6", "python": "3.11", "processor": "x86_64"}
DIGESTS = {
    "sample": "4ee24d061f5cace3cb36a8cce55bd0d1fa8931fea9f4c6b6cafdbdaba154e8be",
    "fixture-150": "356fa70637b947dc8e9d7d21b1f553ce5f16d4437567e0066304e62ccaefb1cf",
    "small": "c8f04bef066650683036262b4e19f0c35d8bc3b70a163c46191213f30376e9f7",
    "skew-400": "e001f1df476e483f5a4781f6938b7e369b9ceff9875987e915c27658fd4e9fa1",
}

DEALT = "48bf1e0a20b573ed17055fd34808b09ac67ac801d33da73e49525982322fe1e4"


def installed() -> dict[str, str]:
    return {
        "highspy": version("highspy"),
        "numpy": version("numpy"),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "processor": platform.machine(),
    }


def instance_called(name: str) -> Instance:
    if name == "sample":
        return read_instance(
            SAMPLES / "pool.csv",
            SAMPLES / "quotas.csv",
            panel_size=36,
            id_column=None,
            household_columns=("adresse", "postnummer"),
        ).instance
    with TemporaryDirectory() as folder:
        (named,) = standard_pools([name])
        subject = written(named, Path(folder))
        return read_instance(
            subject.pool,
            subject.quotas,
            panel_size=subject.size,
            id_column=subject.id_column,
            household_columns=subject.household_columns,
        ).instance


@cache
def lottery(name: str, solver: SolverName = "highs") -> PreparedLottery:
    return prepare(instance_called(name), Rules(solver=solver), Silent())


locked = pytest.mark.skipif(
    installed() != LOCKED,
    reason=f"digests hold in the locked environment: {LOCKED}, but here is {installed()}",
)


@locked
@pytest.mark.parametrize("name", DIGESTS)
def test_digests_in_the_locked_environment(name: str) -> None:
    assert lottery(name).digest == DIGESTS[name]


@locked
def test_the_sample_dealt_at_random_in_the_locked_environment() -> None:
    dealt = prepare(instance_called("sample"), Rules(spread=True), Silent())
    assert dealt.digest == DEALT


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_chances_of_the_sample_with_every_version(solver: SolverName) -> None:
    with CHANCES.open(encoding="utf-8") as file:
        known = {row["id"]: float(row["chance"]) for row in csv.DictReader(file)}
    chances = lottery("sample", solver).probabilities
    assert chances.keys() == known.keys()
    assert [id for id, chance in chances.items() if not abs(chance - known[id]) <= 1e-9] == []


def test_the_chances_that_are_known_add_up() -> None:
    with CHANCES.open(encoding="utf-8") as file:
        groups = defaultdict(list)
        for row in csv.DictReader(file):
            groups[row["chance"]].append(row["id"])
    assert sum(float(chance) * len(ids) for chance, ids in groups.items()) == pytest.approx(36)
    # the most abundant share the fewest seats that their quota leaves them
    (lowest, abundant), (second, others), *_ = sorted(groups.items())
    assert float(lowest) == pytest.approx(5 / 137, abs=1e-9)
    assert float(second) == pytest.approx(8 / 147, abs=1e-9)
    assert (len(abundant), len(others)) == (137, 147)


@pytest.mark.parametrize("name", ["fixture-150", "skew-400"])
def test_chances_do_not_depend_on_the_solver(name: str) -> None:
    one, other = lottery(name, "highs").probabilities, lottery(name, "cbc").probabilities
    assert [id for id in one if not abs(one[id] - other[id]) <= 1e-9] == []
