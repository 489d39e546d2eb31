from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sortition.model import SolverName
from sortition.selection.reserve.alternates import best_reserve, grown_reserve, ordered
from sortition.selection.reserve.damage import WAYS, damage_of, total_of
from sortition.selection.reserve.programs import optimum
from sortition.selection.reserve.rules import by_quota_shares, look_alikes, second_draw
from sortition.selection.reserve.scenarios import UNIT, drawn_words, scenarios_of
from tests.selection.reserve.brute import (
    after_best_replacement,
    every_reserve,
    every_scenario,
    vacancies,
)

ROUNDING = 1e-5  # of the weights, in units


def value(reserve: tuple[int, ...]) -> float:
    v = vacancies()
    return after_best_replacement(v, every_scenario(v), reserve)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_damage_is_that_of_the_best_replacement(count: int) -> None:
    v = vacancies()
    for reserve in every_reserve(v, count):
        found = damage_of(v, every_scenario(v), np.array(reserve, dtype=np.int64))
        assert found.mean == pytest.approx(value(reserve), abs=ROUNDING)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_reserve_is_better(count: int) -> None:
    v = vacancies()
    found = best_reserve(v, every_scenario(v), count)
    best = min(value(reserve) for reserve in every_reserve(v, count))
    assert value(tuple(found.tolist())) == pytest.approx(best, abs=ROUNDING)
    assert all(found.tolist().count(kind) <= v.supply[kind] for kind in range(4))


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_exact_program_finds_the_best_reserve(count: int, solver: SolverName) -> None:
    v, scenarios = vacancies(), every_scenario(vacancies())
    bad = np.array(max(every_reserve(v, count), key=value), dtype=np.int64)
    left = total_of(v, scenarios, bad) / UNIT / len(scenarios)
    found = optimum(v, scenarios, bad, left, solver=solver, largest=10**6)
    best = min(value(reserve) for reserve in every_reserve(v, count))
    assert found.value == pytest.approx(best, abs=ROUNDING)
    assert found.bound <= best + ROUNDING
    assert value(tuple(found.reserve.tolist())) == pytest.approx(best, abs=ROUNDING)


def test_a_program_that_is_too_large_gives_a_bound_alone() -> None:
    v, scenarios = vacancies(), every_scenario(vacancies())
    known = np.array([1, 3])
    left = total_of(v, scenarios, known) / UNIT / len(scenarios)
    found = optimum(v, scenarios, known, left, solver="highs", largest=0)
    assert found.value is None
    assert found.bound <= min(value(reserve) for reserve in every_reserve(v, 2)) + ROUNDING


def test_who_is_called_first_helps_most() -> None:
    v, scenarios = vacancies(), every_scenario(vacancies())
    found = ordered(v, scenarios, np.array([0, 2, 3])).tolist()
    assert sorted(found) == [0, 2, 3]
    assert value((found[0],)) == min(value((kind,)) for kind in (0, 2, 3))
    assert value(tuple(sorted(found[:2]))) == min(
        value(tuple(sorted((found[0], kind)))) for kind in found[1:]
    )


def test_the_order_of_kinds_that_serve_alike_is_that_of_their_rank() -> None:
    v = vacancies(chance=0.0)  # nobody is gone, so that nobody helps
    scenarios = scenarios_of(v, drawn_words((10, 5), seed="1", domain="t"))
    assert grown_reserve(v, scenarios, 3).tolist() == [0, 1, 1]


def test_a_reserve_grows_without_changing_what_is_there() -> None:
    v, scenarios = vacancies(), every_scenario(vacancies())
    assert grown_reserve(v, scenarios, 4).tolist()[:2] == grown_reserve(v, scenarios, 2).tolist()


def test_a_large_reserve_counts_for_no_more_than_it_can_do() -> None:
    v = vacancies(seats=(0, 1, 1, 2, 2, 3, 3, 0), supply=(3, 3, 3, 3))
    scenarios = every_scenario(v)
    reserve = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    assert 2 ** len(reserve) > WAYS
    found = damage_of(v, scenarios, reserve).mean
    exact = after_best_replacement(v, scenarios, tuple(reserve.tolist()))
    assert found >= exact - ROUNDING
    # calling a part of them is one of the ways
    fewer = min(after_best_replacement(v, scenarios, part) for part in [(0, 1, 2, 3), (1, 1, 2, 3)])
    assert found <= fewer + ROUNDING


def test_simpler_rules_stay_within_what_there_is() -> None:
    v = vacancies()
    for count in range(1, 7):
        for reserve in (by_quota_shares(v, count), look_alikes(v, count)):
            assert len(reserve) == count
            assert all(reserve.tolist().count(kind) <= v.supply[kind] for kind in range(4))
    assert second_draw(v, [3, 0, 1], 2).tolist() == [3, 0]


def test_look_alikes_are_of_those_most_likely_to_leave() -> None:
    v = vacancies()
    v.leaving[3], v.leaving[1] = 2**31, 2**30 * 3
    assert look_alikes(v, 2).tolist() == [1, 2]  # a young man, then a woman who is not young


def test_the_reserve_does_not_depend_on_the_order_of_members() -> None:
    scenarios = every_scenario(vacancies())
    found = {
        tuple(best_reserve(vacancies(seats=seats), every_scenario(vacancies(seats=seats)), 3))
        for seats in list(permutations((0, 1, 2, 2, 3)))[::30]
    }
    assert len(found) == 1
    assert len(scenarios) == 32
