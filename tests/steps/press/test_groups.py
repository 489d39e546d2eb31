"""No small cell is told, nor can one be worked out from the others."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sortition.model import Instance, Pool, PoolMember, Quota, Quotas
from sortition.steps.members import QuotaNow
from sortition.steps.press.groups import SMALLEST, features_of

COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), min_size=2, max_size=8)


def instance_of(counts: list[tuple[int, int]]) -> tuple[Instance, list[QuotaNow]]:
    """So many volunteers and so many of them on the panel, value by value."""
    pool = [max(people, seats) for people, seats in counts]
    members = tuple(
        PoolMember(id=f"{number}-{one}", values=(str(number),))
        for number, people in enumerate(pool)
        for one in range(people)
    )
    seats = [on for _, on in counts]
    rows = tuple(
        Quota(feature="area", value=str(n), lower=on, upper=on) for n, on in enumerate(seats)
    )
    instance = Instance(
        pool=Pool(features=("area",), members=members),
        quotas=Quotas(rows=rows),
        panel_size=sum(seats),
    )
    now = [
        QuotaNow(feature="area", value=str(n), lower=on, upper=on, seats=on)
        for n, on in enumerate(seats)
    ]
    return instance, now


@given(COUNTS.filter(lambda counts: sum(on for _, on in counts) > 0))
def test_no_group_is_small_and_nobody_is_lost(counts: list[tuple[int, int]]) -> None:
    instance, now = instance_of(counts)
    for feature in features_of(instance, now, {}):
        assert all(min(group.seats, group.pool) >= SMALLEST for group in feature.groups)
        assert sum(group.seats for group in feature.groups) == sum(on for _, on in counts)
        assert sum(group.pool for group in feature.groups) == len(instance.pool.members)
        values = [value for group in feature.groups for value in group.values]
        assert sorted(values, key=int) == [str(n) for n in range(len(counts))]


def test_a_single_small_group_takes_another_along() -> None:
    instance, now = instance_of([(20, 9), (20, 8), (20, 6), (20, 4)])
    shares = {("area", str(n)): Fraction(1, 4) for n in range(4)}
    (feature,) = features_of(instance, now, shares)
    assert [group.values for group in feature.groups] == [("0",), ("1",), ("2", "3")]
    assert feature.groups[-1].population == Fraction(1, 2)


def test_a_feature_of_small_groups_alone_is_left_out() -> None:
    assert features_of(*instance_of([(20, 4), (20, 3)]), {}) == ()
