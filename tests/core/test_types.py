from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sortition.core.types import types_of
from sortition.model import Instance, Pool, PoolMember, Quota
from tests.making import quotas_of, types

SEX = {"sex": {"f": (1, 2), "m": (0, 3)}}


def test_people_with_the_same_values_are_one_type() -> None:
    found = types(["m", "f", "m", "f", "m"], SEX, 3)
    assert found.members == ((1, 3), (0, 2, 4))
    assert found.sizes.tolist() == [2, 3]
    assert len(found) == 2


def test_rows_are_the_size_then_quotas_then_households() -> None:
    found = types(
        ["f a", "m b", "f b"],
        {"sex": {"m": (0, 1), "f": (1, 2)}, "age": {"a": (0, 1), "b": (1, 1)}},
        2,
        households=[5, None, 5],
    )
    assert found.quotas == (
        Quota(feature="age", value="a", lower=0, upper=1),
        Quota(feature="age", value="b", lower=1, upper=1),
        Quota(feature="sex", value="f", lower=1, upper=2),
        Quota(feature="sex", value="m", lower=0, upper=1),
    )
    assert found.lower.tolist() == [2, 0, 1, 1, 0, 0]
    assert found.upper.tolist() == [2, 1, 1, 2, 1, 1]
    assert found.panel_size == 2
    rows = {
        members: sorted(row for row in rows if row < 6)
        for members, rows in zip(found.members, found.rows_of.tolist(), strict=True)
    }
    assert rows == {(0,): [0, 1, 3, 5], (1,): [0, 2, 4], (2,): [0, 2, 3, 5]}


def test_household_mates_are_apart_from_those_who_live_alone() -> None:
    found = types(["f", "f", "m", "f", "f"], SEX, 2, households=[1, None, 1, None, 2])
    assert set(found.members) == {(0,), (2,), (1, 3, 4)}
    assert found.upper.tolist()[-1] == 1
    assert found.households == (1,)


def test_households_that_are_alike_are_counted_together() -> None:
    people = ["m", "f", "f", "f", "m", "m", "f", "f"]
    found = types(people, SEX, 3, households=[1, 1, 2, 2, 3, 4, 3, 4])
    # three couples, each with a woman first in her type where he is first in his
    assert set(found.members) == {(1, 6, 7), (0, 4, 5), (2, 3)}
    assert sorted(zip(found.households, found.upper.tolist()[-2:], strict=True)) == [(1, 1), (3, 3)]


def test_with_room_for_two_households_stay_apart() -> None:
    found = types(["f", "m", "f"] * 2, SEX, 3, households=[1, 1, 1, 2, 2, 2], limit=2)
    assert set(found.members) == {(0, 2), (1,), (3, 5), (4,)}
    assert found.upper.tolist()[-2:] == [2, 2]


def test_a_household_of_one_is_no_household() -> None:
    assert types(["f", "f"], SEX, 1, households=[7, None]).members == ((0, 1),)


def test_order_of_rows_and_numbers_of_households_do_not_matter() -> None:
    people = [
        PoolMember(id="a", values=("f",), household=9),
        PoolMember(id="b", values=("m",), household=2),
        PoolMember(id="c", values=("f",), household=9),
        PoolMember(id="d", values=("m",), household=2),
        PoolMember(id="e", values=("m",)),
    ]
    renumbered = [
        PoolMember(id=one.id, values=one.values, household={9: 0, 2: 1, None: None}[one.household])
        for one in reversed(people)
    ]
    first, second = (
        types_of(
            Instance(
                pool=Pool(features=("sex",), members=tuple(members)),
                quotas=quotas_of(SEX),
                panel_size=2,
            )
        )
        for members in (people, renumbered)
    )
    assert first.members == second.members
    assert first.rows_of.tolist() == second.rows_of.tolist()
    assert first.upper.tolist() == second.upper.tolist()


def test_is_panel_against_counting_people() -> None:
    found = types(
        ["f a", "f a", "f b", "m a", "m b", "m b"],
        {"sex": {"f": (1, 2), "m": (1, 2)}, "age": {"a": (1, 1), "b": (2, 2)}},
        3,
        households=[None, None, 4, None, 4, None],
    )
    kinds = {(0, 1): "fa", (2,): "fb", (3,): "ma", (4,): "mb", (5,): "mb"}
    home = {(2,), (4,)}
    panels = 0
    for counts in product(range(-1, 4), repeat=len(found)):
        taken = dict(zip(found.members, counts, strict=True))
        value = {v: sum(n for m, n in taken.items() if v in kinds[m]) for v in "fmab"}
        right = (
            all(0 <= n <= len(members) for members, n in taken.items())
            and sum(counts) == 3
            and 1 <= value["f"] <= 2
            and 1 <= value["m"] <= 2
            and value["a"] == 1
            and value["b"] == 2
            and sum(taken[members] for members in home) <= 1
        )
        assert found.is_panel(np.array(counts)) == right
        panels += right
    assert panels == 3


def test_activity_adds_up_rows() -> None:
    found = types(["f", "m", "m"], SEX, 2)
    assert found.activity(np.array([0.5, 1.5])).tolist() == [2.0, 0.5, 1.5]


def test_only_drops_types_and_keeps_rows() -> None:
    found = types(["f", "m", "m"], SEX, 2)
    kept = found.only(np.array([False, True]))
    assert kept.members == ((1, 2),)
    assert kept.sizes.tolist() == [2]
    assert kept.activity(np.array([2])).tolist() == [2.0, 0.0, 2.0]


def test_a_value_that_nobody_has_is_an_empty_row() -> None:
    found = types(["f"], {"sex": {"f": (1, 1), "x": (0, 1)}}, 1)
    assert found.activity(np.array([1])).tolist() == [1.0, 1.0, 0.0]


@pytest.mark.parametrize("count", [2, 5])
def test_everybody_in_one_household(count: int) -> None:
    found = types(["f"] * count, SEX, 1, households=[0] * count)
    assert found.members == (tuple(range(count)),)
    assert found.is_panel(np.array([1]))
    assert found.upper.tolist()[-1] == 1
