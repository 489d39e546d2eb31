from __future__ import annotations

from dataclasses import replace

import pytest

from sortition.core.feasibility.conflict import explain
from sortition.core.types import types_of
from sortition.model import InfeasibleQuotas, Instance, Quota, Quotas, SolverName
from tests.making import instance, parity


def quota(feature: str, value: str, lower: int, upper: int) -> Quota:
    return Quota(feature=feature, value=value, lower=lower, upper=upper)


def explained(problem: Instance, solver: SolverName = "highs") -> InfeasibleQuotas:
    return explain(types_of(problem), solver=solver)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_parity_names_a_bound_of_every_quota_that_is_needed(solver: SolverName) -> None:
    found = explained(parity(), solver)
    # each quota of 0 has one bound that matters, and that of 1 the other
    assert {one.feature for one in found.conflict} == {"a", "b", "c"}
    bounds = sum((one.lower > 0) + (one.upper < 2) for one in found.conflict)
    assert bounds == 6
    assert not found.households
    # any two agree in one feature: one more of this value, and one fewer of the other
    assert change(parity(), found.relaxations) == 2


def change(problem: Instance, relaxations: tuple[Quota, ...]) -> int:
    before = {(one.feature, one.value): one for one in problem.quotas.rows}
    return sum(
        before[one.feature, one.value].lower
        - one.lower
        + one.upper
        - before[one.feature, one.value].upper
        for one in relaxations
    )


def test_more_asked_for_than_there_are() -> None:
    problem = instance(["f", "m", "m", "m"], {"sex": {"f": (2, 3), "m": (0, 3)}}, 3)
    found = explained(problem)
    assert found.conflict == (quota("sex", "f", 2, 3),)
    assert found.relaxations == (quota("sex", "f", 1, 3),)


def test_fewer_allowed_than_are_left() -> None:
    problem = instance(["f", "m", "m", "m"], {"sex": {"f": (0, 2), "m": (1, 1)}}, 3)
    found = explained(problem)
    assert found.conflict == (quota("sex", "m", 0, 1),)
    assert found.relaxations == (quota("sex", "m", 1, 2),)


def test_two_features_clash_and_a_third_is_left_alone() -> None:
    # all women are old, but two women and one old person are asked for
    problem = instance(
        ["f old x", "f old y", "m young x", "m old y"],
        {
            "sex": {"f": (2, 2), "m": (0, 2)},
            "age": {"old": (0, 1), "young": (0, 2)},
            "more": {"x": (0, 2), "y": (0, 2)},
        },
        2,
    )
    found = explained(problem)
    assert set(found.conflict) == {quota("sex", "f", 2, 2), quota("age", "old", 0, 1)}
    assert change(problem, found.relaxations) == 1
    assert not found.households


def test_households_take_part() -> None:
    problem = instance(
        ["f", "f", "m"], {"sex": {"f": (2, 2), "m": (0, 1)}}, 2, households=[1, 1, None]
    )
    found = explained(problem)
    assert found.households
    assert found.conflict == (quota("sex", "f", 2, 2),)
    assert set(found.relaxations) == {quota("sex", "f", 1, 2)}


def test_households_alone() -> None:
    problem = instance(["f", "f", "f"], {"sex": {"f": (0, 2)}}, 2, households=[1, 1, 1])
    found = explained(problem)
    assert found.households
    assert found.conflict == ()
    assert found.relaxations == ()


def test_households_that_are_not_to_blame() -> None:
    problem = instance(
        ["f", "m", "m", "m"], {"sex": {"f": (2, 2), "m": (0, 1)}}, 2, households=[None, 1, 1, None]
    )
    assert not explained(problem).households


def housemates() -> Instance:
    """Without the one person who is s, or the one who is v, all seats but one are left.

    The two share a home, so that either `z` gives way, which asks for the only s, or `a`, which
    allows ten u.
    """
    people = ["u s", *["u n"] * 10, "v n"]
    bounds = {"a": {"u": (0, 10), "v": (0, 11)}, "z": {"s": (1, 1), "n": (0, 11)}}
    homes = [1, *[None] * 10, 1]
    return instance(people, bounds, 11, households=homes)


def with_flex(problem: Instance, value: str, least: int | None, most: int | None) -> Instance:
    rows = tuple(
        replace(one, min_flex=least, max_flex=most) if one.value == value else one
        for one in problem.quotas.rows
    )
    return replace(problem, quotas=Quotas(rows=rows))


def bounds_of(quotas: tuple[Quota, ...]) -> list[tuple[str, int, int]]:
    return [(one.value, one.lower, one.upper) for one in quotas]


def test_the_only_seat_of_a_small_group_is_not_the_first_to_go() -> None:
    # the one seat costs 2, the eleventh of a large group 1.1
    assert bounds_of(explained(housemates()).relaxations) == [("u", 0, 11)]


def test_flex_bounds_are_kept_if_another_change_helps() -> None:
    found = explained(with_flex(housemates(), "u", 0, 10))
    assert bounds_of(found.relaxations) == [("s", 0, 1)]
    assert not found.beyond_flex


def test_flex_bounds_are_overstepped_only_if_nothing_within_them_helps() -> None:
    found = explained(with_flex(with_flex(housemates(), "u", 0, 10), "s", 1, 1))
    assert bounds_of(found.relaxations) == [("u", 0, 11)]
    assert found.beyond_flex


def test_among_equal_prices_the_later_quota_gives_way() -> None:
    problem = instance(
        ["u s", "u n", "v n"],
        {"a": {"u": (0, 1), "v": (0, 2)}, "b": {"s": (1, 1), "n": (0, 2)}},
        2,
        households=[1, None, 1],
    )
    assert bounds_of(explained(problem).relaxations) == [("s", 0, 1)]
    swapped = instance(
        ["s u", "n u", "n v"],
        {"a": {"s": (1, 1), "n": (0, 2)}, "b": {"u": (0, 1), "v": (0, 2)}},
        2,
        households=[1, None, 1],
    )
    assert bounds_of(explained(swapped).relaxations) == [("u", 0, 2)]


def test_a_soft_quota_is_not_to_blame() -> None:
    problem = instance(["f", "m", "m", "m"], {"sex": {"f": (2, 3), "m": (0, 2)}}, 3)
    rows = tuple(
        replace(one, penalty=1 if one.value == "m" else None) for one in problem.quotas.rows
    )
    found = explained(replace(problem, quotas=Quotas(rows=rows)))
    assert found.conflict == (quota("sex", "f", 2, 3),)
    assert bounds_of(found.relaxations) == [("f", 1, 3)]


def test_the_supply_of_the_clashing_groups_is_told() -> None:
    problem = instance(["f", "m", "m", "m"], {"sex": {"f": (2, 3), "m": (0, 3)}}, 3)
    assert explained(problem).supply == (1,)
