"""What a check says of a pool, checked by listing all panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from hypothesis import event, given, settings

from sortition.core.progress import Silent
from sortition.model import Instance, Quota, Quotas
from sortition.steps.check.excluded import Excluded
from sortition.steps.check.pool import Feasible, check_pool
from tests.budgets import examples
from tests.making import all_panels, blocked, meets, passed_over, triangle, without_mates
from tests.property.instances import about_nobody, about_one_group, in_few_homes
from tests.property.reference import highest_lowest, incidence

CLOSE = 1e-7
Panels = Sequence[tuple[str, ...]]


def test_checks_of_feasible_pools() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=examples(75))
    @given(about_one_group() | about_nobody() | in_few_homes())
    def is_right(problem: Instance) -> None:
        for kind in checked(problem):
            event(kind)
            seen[kind] += 1

    is_right()
    # or the examples would show nothing; how many are rare, Hypothesis’s version decides
    assert seen["excluded"] >= 20
    assert seen["excluded by households"] >= 1
    assert seen["indispensable"] >= 10
    assert seen["a bound holds the lowest chance down"] >= 20


def test_checks_of_pools_that_need_a_cut() -> None:
    for problem in (triangle(), blocked(), passed_over()):
        checked(problem)


def checked(problem: Instance) -> list[str]:
    panels = all_panels(problem)
    check = check_pool(problem, solver="highs", progress=Silent())
    assert isinstance(check.outcome, Feasible) == bool(panels)
    if not isinstance(check.outcome, Feasible):
        return []
    assert_endurance(problem, panels, check.outcome)
    return [
        *exclusions(problem, panels, check.outcome.excluded),
        *loosenings(problem, panels, check.outcome),
        *(["indispensable"] if check.outcome.indispensable else []),
    ]


def assert_endurance(problem: Instance, panels: Panels, found: Feasible) -> None:
    """By trying all sets of people who could withdraw."""
    everybody = [member.id for member in problem.pool.members]
    needed = [id for id in everybody if all(id in panel for panel in panels)]
    assert list(found.indispensable) == needed
    for quota, spare in zip(problem.quotas.rows, found.spare, strict=True):
        group = [id for id, values in values_by_id(problem).items() if quota.counts(values)]
        assert any(left_over(panels, gone) for gone in combinations(group, spare))
        if spare < len(group):
            assert not any(left_over(panels, gone) for gone in combinations(group, spare + 1))


def left_over(panels: Panels, gone: tuple[str, ...]) -> bool:
    return any(not set(gone) & set(panel) for panel in panels)


def exclusions(problem: Instance, panels: Panels, found: tuple[Excluded, ...]) -> list[str]:
    """Everybody on no panel is named once, with bounds of which each is needed."""
    never = {member.id for member in problem.pool.members} - {id for one in panels for id in one}
    named = [id for one in found for id in one.ids]
    assert sorted(named) == sorted(never)
    size = problem.panel_size
    everybody = list(combinations([one.id for one in problem.pool.members], size))
    for one in found:
        groups = without_mates(problem) if one.households else everybody
        for id in one.ids:
            own = values_by_id(problem)[id]
            assert all(own[feature] == value for feature, value in one.in_common)
            assert not possible(problem, groups, one.conflict, id)
            if one.households:
                assert possible(problem, everybody, one.conflict, id)
            for number, quota in enumerate(one.conflict):
                spared = [replace(quota, lower=0)] * (quota.lower > 0)
                spared += [replace(quota, upper=size)] * (quota.upper < size)
                assert spared
                for less in spared:
                    fewer = [*one.conflict[:number], less, *one.conflict[number + 1 :]]
                    assert possible(problem, groups, fewer, id)
    kinds = ["excluded"] if found else []
    return kinds + ["excluded by households"] * any(one.households for one in found)


def possible(problem: Instance, groups: Panels, quotas: Sequence[Quota], id: str) -> bool:
    return any(id in group and meets(problem, group, quotas) for group in groups)


def values_by_id(problem: Instance) -> dict[str, dict[str, str]]:
    return {
        member.id: dict(zip(problem.pool.features, member.values, strict=True))
        for member in problem.pool.members
    }


def loosenings(problem: Instance, panels: Panels, found: Feasible) -> list[str]:
    """Every bound is really moved by one seat and the fairest lottery found again."""
    asked = sorted({id for panel in panels for id in panel})
    lowest = highest_lowest(incidence(panels, asked))
    chances = found.chances
    assert chances.lowest is not None
    assert abs(chances.lowest - lowest) < CLOSE
    assert chances.bound >= lowest - CLOSE
    kinds = []
    for number, quota in enumerate(problem.quotas.rows):
        told = chances.loosenings[number]
        sides: tuple[Literal["lower", "upper"], ...] = ("lower", "upper")
        for side in sides:
            seats = quota.lower - 1 if side == "lower" else quota.upper + 1
            if seats < 0:
                continue
            moved = replace(quota, lower=seats) if side == "lower" else replace(quota, upper=seats)
            looser = all_panels(with_quota(problem, number, moved))
            reached = highest_lowest(incidence(looser, asked))  # others may sit as well
            if told is not None and told.bound == side:
                assert told.seats == seats
                assert reached <= told.at_most + CLOSE
                kinds.append("a bound holds the lowest chance down")
            else:
                assert reached <= chances.bound + CLOSE
    return kinds


def with_quota(problem: Instance, number: int, quota: Quota) -> Instance:
    rows = list(problem.quotas.rows)
    rows[number] = quota
    return replace(problem, quotas=Quotas(rows=tuple(rows)))
