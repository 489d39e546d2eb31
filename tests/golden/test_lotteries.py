"""What is the same everywhere: with every solver, NumPy and Python, and every version of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sortition.bench.subjects import standard_pools, written
from sortition.core.progress import Silent
from sortition.instance.reading import read_instance
from sortition.model import Instance, SolverName
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from tests.budgets import LARGE, in_large
from tests.cli.running import SAMPLES

CHANCES = Path(__file__).parent / "sample_chances.csv"
DIGESTS = {
    "sample": "65baa32baef30547840823b53e3b60a19fb5183c7e02427b333d6d589fbf27bc",
    "fixture-150": "83062ddb48cf806c9807e0c77b8badb637d7305717810158a9b37427adc9cdd9",
    "small": "a9e10c3ba0e635d03b3f913e503e762279e35cae353ccda4d40ce51ab5b221a6",
    "skew-400": "cf938b3d35bb88b906d87f827e5c3faf34c6d037538df9d75e9a3297a90ddc46",
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


@pytest.mark.parametrize("name", DIGESTS)
def test_the_digests_of_lotteries(name: str) -> None:
    assert lottery(name).digest == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS if LARGE else ["sample", "small"])
def test_the_other_solver_gives_the_same_digest(name: str) -> None:
    assert lottery(name, "cbc").digest == DIGESTS[name]


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


@in_large  # those of the sample are known, with each solver
@pytest.mark.parametrize("name", ["fixture-150", "skew-400"])
def test_chances_do_not_depend_on_the_solver(name: str) -> None:
    one, other = lottery(name, "highs").probabilities, lottery(name, "cbc").probabilities
    assert [id for id in one if not abs(one[id] - other[id]) <= 1e-9] == []


def test_nobodys_numbers_on_the_sample_stand_side_by_side() -> None:
    first_digits: defaultdict[str, set[str]] = defaultdict(set)
    tickets = lottery("sample").lottery
    for number in range(tickets.ticket_count):
        for id in tickets.panel(number).members:
            first_digits[id].add(f"{number:03d}"[0])
    assert len(first_digits) == 500
    assert sum(len(digits) == 10 for digits in first_digits.values()) >= 460
    assert min(map(len, first_digits.values())) >= 7
