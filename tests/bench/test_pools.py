"""Invented pools are the same everywhere, biased as volunteers are, and can be drawn from."""

from __future__ import annotations

import csv
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from sortition.bench.pools import InventedPool, two_features, volunteers, write_pool
from sortition.bench.standard import POOLS, QUICK, SERIES

SMALL_ENOUGH = [name for name in POOLS if name not in {"20k", "100k"}]
ALL_SERIES = {name: make for pools in SERIES.values() for name, make in pools.items()}


def share(pool: InventedPool, feature: str, value: str) -> float:
    return sum(person[feature] == value for person in pool.people) / len(pool.people)


def bounds(pool: InventedPool, feature: str) -> dict[str, tuple[int, int]]:
    return {row.value: (row.min, row.max) for row in pool.quotas if row.feature == feature}


def address(person: dict[str, str]) -> tuple[str, str]:
    return person["address"], person["postcode"]


@pytest.mark.parametrize(
    ("name", "digests"),
    [
        ("fixture-150", ("17abe7536632", "3e644151e194")),
        ("small", ("20c0d0526506", "535bfc0de639")),
        ("skew-400", ("983fe0945549", "662bffc89137")),
        ("skew-1000", ("d0b1c9bd6eb3", "57e07b7815ea")),
    ],
)
def test_bytes_are_the_same_everywhere(name: str, digests: tuple[str, str], tmp_path: Path) -> None:
    paths = write_pool(POOLS[name](), tmp_path)
    assert tuple(sha256(path.read_bytes()).hexdigest()[:12] for path in paths) == digests


def test_files_are_tables_that_people_have(tmp_path: Path) -> None:
    made = volunteers(people=3, seats=2, features=2, width=1)
    pool, quotas = write_pool(made, tmp_path)
    with pool.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "gender", "age", "address", "postcode"]
    assert [row["id"] for row in rows] == ["v000000", "v000001", "v000002"]
    assert quotas.read_text(encoding="utf-8").splitlines()[:2] == [
        "feature,value,min,max",
        "gender,Woman,1,2",
    ]


def test_another_seed_is_another_pool_with_the_same_quotas() -> None:
    first, second = (volunteers(people=500, seats=20, features=5, width=2, seed=s) for s in (1, 2))
    assert first.people != second.people
    assert first.quotas == second.quotas


@pytest.mark.parametrize(
    ("feature", "value", "of_population", "expected"),
    [  # share times eagerness, over the sum of these
        ("education", "Primary", 0.2, 0.060),
        ("education", "Degree", 0.19, 0.385),
        ("age", "16-29", 0.22, 0.088),
        ("age", "60+", 0.29, 0.466),
        ("concern", "Not", 0.09, 0.022),
        ("concern", "Very", 0.33, 0.559),
    ],
)
def test_the_pool_is_not_the_population(
    feature: str, value: str, of_population: float, expected: float
) -> None:
    pool = volunteers(people=20_000, seats=100, features=5, width=2)
    assert share(pool, feature, value) == pytest.approx(expected, abs=0.015)
    assert abs(expected - of_population) > 0.05


@pytest.mark.parametrize(
    ("seats", "feature", "expected"),
    [
        (22, "gender", [11, 11, 0]),  # 11, 10.56, 0.44
        (60, "region", [12, 10, 9, 9, 7, 6, 4, 3]),  # 12, 10.2, 9, 8.4, 7.2, 6, 4.2, 3
        (10, "age", [2, 2, 3, 3]),  # 2.2, 2.4, 2.5, 2.9
    ],
)
def test_seats_are_apportioned_by_largest_remainders(
    seats: int, feature: str, expected: list[int]
) -> None:
    pool = volunteers(people=2000, seats=seats, features=4, width=0)
    assert bounds(pool, feature) == dict(
        zip(bounds(pool, feature), [(n, n) for n in expected], strict=True)
    )


def test_quotas_are_as_wide_as_asked() -> None:
    pool = volunteers(people=2000, seats=100, features=2, width=3)
    assert bounds(pool, "age") == {
        "16-29": (21, 24),
        "30-44": (23, 26),
        "45-59": (24, 27),
        "60+": (28, 31),
    }


def test_no_quota_asks_for_people_who_are_not_there() -> None:
    pool = volunteers(people=60, seats=50, features=7, width=4)
    in_pool = {key: Counter(p[key] for p in pool.people) for key in ("concern", "education")}
    assert bounds(pool, "education")["Primary"][0] == in_pool["education"]["Primary"] < 8
    assert all(row.min <= row.max for row in pool.quotas)


@pytest.mark.parametrize(("asked", "people"), [(0.1, 40), (0.5, 200), (1.0, 400)])
def test_households_are_pairs(asked: float, people: int) -> None:
    pool = volunteers(people=400, seats=20, features=1, width=2, household_share=asked)
    sizes = Counter(map(address, pool.people))
    assert Counter(sizes.values()) == Counter({2: people // 2, 1: 400 - people}) - Counter({1: 0})
    assert pool.household_columns == ("address", "postcode")


def test_without_a_share_everybody_lives_alone_and_there_is_no_rule() -> None:
    pool = volunteers(people=400, seats=20, features=1, width=2)
    assert len(set(map(address, pool.people))) == 400
    assert pool.household_columns == ()


@pytest.mark.parametrize("features", [0, 8])
def test_there_are_one_to_seven_features(features: int) -> None:
    with pytest.raises(ValueError, match="1 to 7"):
        volunteers(people=10, seats=2, features=features, width=1)


def test_two_features_have_one_lone_person() -> None:
    pool = two_features(people=200, seats=20)
    assert Counter((p["gender"], p["leaning"]) for p in pool.people) == {
        ("female", "liberal"): 99,
        ("female", "conservative"): 1,
        ("male", "conservative"): 100,
    }
    assert {(row.min, row.max) for row in pool.quotas} == {(9, 20)}


@pytest.mark.parametrize("name", SMALL_ENOUGH)
def test_a_panel_exists(name: str) -> None:
    assert_a_panel_exists(POOLS[name]())


@pytest.mark.parametrize("name", [name for name in ALL_SERIES if "0000" not in name])
def test_a_panel_exists_all_along_a_series(name: str) -> None:
    assert_a_panel_exists(ALL_SERIES[name]())


def test_what_is_measured_by_default_is_there() -> None:
    assert set(QUICK) <= set(POOLS)


def assert_a_panel_exists(pool: InventedPool) -> None:
    rows = [np.ones(len(pool.people))]
    rows += [np.array([p[q.feature] == q.value for p in pool.people], float) for q in pool.quotas]
    lower = [pool.seats, *(quota.min for quota in pool.quotas)]
    upper = [pool.seats, *(quota.max for quota in pool.quotas)]
    if pool.household_columns:
        homes = [home for home, n in Counter(map(address, pool.people)).items() if n > 1]
        rows += [np.array([address(p) == home for p in pool.people], float) for home in homes]
        lower += [0] * len(homes)
        upper += [1] * len(homes)
    found = milp(
        np.zeros(len(pool.people)),
        integrality=np.ones(len(pool.people), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows), lower, upper),
        options={"time_limit": 60},
    )
    assert found.status == 0, found.message
