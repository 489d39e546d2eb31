"""Why there is no panel, checked by trying all groups of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hypothesis import event, given, settings
from hypothesis import strategies as st

from sortition.model import InfeasibleQuotas, Instance, Quota, Quotas
from sortition.selection.select import select
from tests.budgets import examples
from tests.making import all_panels, meets, without_mates
from tests.property.instances import about_nobody, in_few_homes


def test_conflicts_and_remedies() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=examples(150))
    @given(about_nobody() | in_few_homes() | with_flex())
    def explained(problem: Instance) -> None:
        for kind in checked(problem):
            event(kind)
            seen[kind] += 1

    explained()
    # or the examples would show nothing; how many are rare, Hypothesis’s version decides
    assert seen["quotas alone"] >= 20
    assert seen["with the household rule"] >= 1
    assert seen["flex bounds overstepped"] >= 1
    assert seen["flex bounds kept where a cheaper change would not"] >= 1


@st.composite
def with_flex(draw: st.DrawFn) -> Instance:
    """Bounds of which some may not move, and others by one seat only."""
    problem = draw(about_nobody())
    room = st.sampled_from([None, None, None, None, 0, 1])

    def flexible(quota: Quota) -> Quota:
        down, up = draw(room), draw(room)
        return replace(
            quota,
            min_flex=None if down is None else max(0, quota.lower - down),
            max_flex=None if up is None else quota.upper + up,
        )

    return replace(problem, quotas=Quotas(rows=tuple(map(flexible, problem.quotas.rows))))


def checked(problem: Instance) -> Iterator[str]:
    try:
        select(problem, seed="1", tickets=1)
    except InfeasibleQuotas as error:
        assert not all_panels(problem)
        assert_clash(problem, error)
        yield from assert_least(problem, error)
        yield "with the household rule" if error.households else "quotas alone"
    else:
        assert all_panels(problem)


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


def assert_least(problem: Instance, error: InfeasibleQuotas) -> Iterator[str]:
    """The new bounds have a panel, and no others that may be proposed cost less."""
    groups = without_mates(problem)
    if not groups:
        assert not error.relaxations
        return
    asked = {(one.feature, one.value): one for one in problem.quotas.rows}
    changed = asked | {(one.feature, one.value): one for one in error.relaxations}
    assert any(meets(problem, group, list(changed.values())) for group in groups)
    price = 0
    for one in error.relaxations:
        original = asked[one.feature, one.value]
        assert 0 <= one.lower <= original.lower
        assert original.upper <= one.upper
        assert (one.lower, one.upper) != (original.lower, original.upper)
        price += (original.lower - one.lower) * price_of(original.lower)
        price += (one.upper - original.upper) * price_of(original.upper)
    # the bounds that let a group be a panel are those that it misses, and no fewer
    misses = [missed(problem, group) for group in groups]
    within = [one for one in misses if one.within_flex]
    assert error.beyond_flex == (not within)
    assert price == min(one.price for one in within or misses)
    if error.beyond_flex:
        yield "flex bounds overstepped"
    elif price > min(one.price for one in misses):
        yield "flex bounds kept where a cheaper change would not"


def price_of(bound: int) -> int:
    """A seat, and the share of the bound that it is, in thousandths."""
    return 1000 + (1000 // bound if bound else 1000)


@dataclass(frozen=True, kw_only=True)
class Missed:
    price: int
    within_flex: bool


def missed(problem: Instance, group: Sequence[str]) -> Missed:
    """By how much a group misses the bounds, which is what they must give."""
    values = {
        member.id: dict(zip(problem.pool.features, member.values, strict=True))
        for member in problem.pool.members
    }
    price, within = 0, True
    for one in problem.quotas.rows:
        held = sum(values[id][one.feature] == one.value for id in group)
        low, high = max(0, one.lower - held), max(0, held - one.upper)
        price += low * price_of(one.lower) + high * price_of(one.upper)
        within &= one.min_flex is None or held >= one.min_flex
        within &= one.max_flex is None or held <= one.max_flex
    return Missed(price=price, within_flex=within)
