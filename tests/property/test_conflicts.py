"""Why there is no panel, checked by trying all groups of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import event, given, settings

from sortition.errors import InfeasibleQuotas
from sortition.model import Instance, Quota
from sortition.selection import select
from tests.making import all_panels, meets, without_mates
from tests.property.instances import about_nobody, in_few_homes


def test_conflicts_and_remedies() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=200)
    @given(about_nobody() | in_few_homes())
    def explained(problem: Instance) -> None:
        kind = checked(problem)
        event(kind)
        seen[kind] += 1

    explained()
    # or the examples would show nothing
    assert seen["quotas alone"] >= 40
    assert seen["with the household rule"] >= 10


def checked(problem: Instance) -> str:
    try:
        select(problem, seed="1", tickets=1)
    except InfeasibleQuotas as error:
        assert not all_panels(problem)
        assert_clash(problem, error)
        assert_smallest(problem, error.relaxations)
        return "with the household rule" if error.households else "quotas alone"
    assert all_panels(problem)
    return "no conflict"


def assert_clash(problem: Instance, error: InfeasibleQuotas) -> None:
    """The bounds that are named have no panel, and would have one without any one of them."""
    size = problem.panel_size
    everybody = list(combinations([one.id for one in problem.pool.members], size))
    groups = without_mates(problem) if error.households else everybody
    conflict = error.conflict

    def possible(among: Sequence[tuple[str, ...]], quotas: Sequence[Quota]) -> bool:
        return any(meets(problem, group, quotas) for group in among)

    assert not possible(groups, conflict)
    if error.households:
        assert possible(everybody, conflict)
    asked = {(one.feature, one.value): one for one in problem.quotas.rows}
    for number, one in enumerate(conflict):
        original = asked[one.feature, one.value]
        assert one.lower in {0, original.lower}
        assert one.upper in {size, original.upper}
        spared = [replace(one, lower=0)] * (one.lower > 0) + [replace(one, upper=size)] * (
            one.upper < size
        )
        assert spared
        for less in spared:
            assert possible(groups, [*conflict[:number], less, *conflict[number + 1 :]])


def assert_smallest(problem: Instance, relaxations: Sequence[Quota]) -> None:
    """The new bounds have a panel, and no others that differ by fewer seats do."""
    groups = without_mates(problem)
    if not groups:
        assert not relaxations
        return
    asked = {(one.feature, one.value): one for one in problem.quotas.rows}
    changed = asked | {(one.feature, one.value): one for one in relaxations}
    assert any(meets(problem, group, list(changed.values())) for group in groups)
    seats = 0
    for one in relaxations:
        original = asked[one.feature, one.value]
        assert 0 <= one.lower <= original.lower
        assert original.upper <= one.upper
        assert one != original
        seats += original.lower - one.lower + one.upper - original.upper
    assert seats == min(seats_outside(problem, group) for group in groups)


def seats_outside(problem: Instance, group: Sequence[str]) -> int:
    """By how many seats a group misses the bounds in all, which is what they must give."""
    values = {
        member.id: dict(zip(problem.pool.features, member.values, strict=True))
        for member in problem.pool.members
    }
    outside = 0
    for one in problem.quotas.rows:
        held = sum(values[id][one.feature] == one.value for id in group)
        outside += max(0, one.lower - held, held - one.upper)
    return outside
