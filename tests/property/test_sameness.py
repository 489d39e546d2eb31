"""The same instance has the same lottery, to the byte, whatever it is written like."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.model import InfeasibleQuotas, Instance, Pool, PoolMember, Quota, Quotas
from sortition.selection.select import select
from tests.budgets import examples
from tests.making import instance
from tests.property.instances import about_one_group, about_their_share

SCRIPT = """
from sortition.model import Instance, Pool, PoolMember, Quota, Quotas
from sortition.selection.select import select
from tests.property.test_sameness import volunteers
for objective in ("leximin", "maximin"):
    selection = select(volunteers(), seed="1", objective=objective)
    print(selection.prepared.digest, selection.panel)
"""


def volunteers() -> Instance:
    """Forty people in couples and alone, written by way of sets, whose order differs each time."""
    random = Random(4)
    values = ("fm", "abc", "xyz", "0123")
    people = {
        PoolMember(
            id=f"P{n}",
            values=tuple(random.choice(letters) for letters in values),
            household=n // 2 if n % 5 < 2 else None,
        )
        for n in range(40)
    }
    quotas = {
        Quota(feature=letters, value=letter, lower=12 // len(letters) - 2, upper=8)
        for letters in values
        for letter in letters
    }
    return Instance(
        pool=Pool(features=values, members=tuple(people)),
        quotas=Quotas(rows=tuple(quotas)),
        panel_size=12,
    )


def lottery(problem: Instance) -> bytes | None:
    try:
        return select(problem, seed="1", tickets=50).prepared.document
    except InfeasibleQuotas:
        return None


@settings(max_examples=examples(15))
@given(about_their_share() | about_one_group(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_and_numbers_of_households(
    problem: Instance, random: Random
) -> None:
    members, rows = list(problem.pool.members), list(problem.quotas.rows)
    columns = list(range(len(problem.pool.features)))
    numbers = random.sample(range(100), 10)
    for order in (members, rows, columns):
        random.shuffle(order)
    rewritten = Instance(
        pool=Pool(
            features=tuple(problem.pool.features[column] for column in columns),
            members=tuple(
                PoolMember(
                    id=one.id,
                    values=tuple(one.values[column] for column in columns),
                    household=None if one.household is None else numbers[one.household],
                )
                for one in members
            ),
        ),
        quotas=Quotas(rows=tuple(rows)),
        panel_size=problem.panel_size,
        household_limit=problem.household_limit,
    )
    assert lottery(rewritten) == lottery(problem)


def test_another_process_with_another_hash_seed() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "4242")
    ]
    written = [process.communicate(timeout=120)[0] for process in running]
    assert all(process.returncode == 0 for process in running)
    assert len(written[0].splitlines()) == 2
    assert written[0] == written[1]


@pytest.mark.parametrize("times", [2, 3])
def test_once_more_in_the_same_process(times: int) -> None:
    problem = instance(
        ["a x", "a y", "b x", "b y", "b y"],
        {"f": {"a": (1, 1), "b": (1, 1)}, "g": {"x": (0, 2), "y": (0, 2)}},
        2,
    )
    assert len({lottery(problem) for _ in range(times)}) == 1
