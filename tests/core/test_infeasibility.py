from __future__ import annotations

import pytest

from sortition.core.infeasibility import explain
from sortition.core.types import types_of
from sortition.errors import InfeasibleQuotas
from sortition.model import Instance, Quota, SolverName
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
