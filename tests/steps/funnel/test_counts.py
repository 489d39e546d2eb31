from __future__ import annotations

import pytest

from sortition.steps.funnel.counts import Funnel, Stage, StageName, funnel


def stage(name: StageName, **groups: int) -> Stage:
    return Stage(name=name, people=sum(groups.values()), groups={"f": groups})


def through(*stages: Stage, smallest: int = 5) -> Funnel:
    return funnel(stages, ["f"], smallest=smallest)


def test_counts_rates_and_shares() -> None:
    found = through(stage("registry", a=600, b=400), stage("pool", a=30, b=60))
    assert found.people == (1000, 90)
    assert found.rates == (None, 0.09)
    (table,) = found.tables
    a, b = table.groups
    assert (a.value, a.counts, a.rates) == ("a", (600, 30), (None, 0.05))
    assert b.shares == pytest.approx((0.4, 2 / 3))
    assert b.representation == pytest.approx((1, 5 / 3))
    assert found.left_out == 0


def test_who_was_not_reached_though_raised_again() -> None:
    found = through(
        stage("registry", a=500, b=500),
        stage("pool", a=20, b=80),
        stage("selected", a=10, b=10),
    )
    (group,) = found.not_reached
    assert (group.feature, group.value, group.stage) == ("f", "a", "pool")
    assert group.representation == pytest.approx(0.4)


def test_a_count_that_is_left_out_tells_nothing_elsewhere() -> None:
    found = through(stage("registry", a=500, b=400, c=300), stage("selected", a=2, b=10, c=20))
    a, b, c = found.tables[0].groups
    for group in (a, b):
        assert (group.counts[1], group.rates[1]) == (None, None)
        assert (group.shares[1], group.representation[1]) == (None, None)
    assert c.counts == (300, 20)
    assert found.left_out == 2
    assert found.not_reached == ()


def test_a_small_stage_is_not_told() -> None:
    found = through(stage("selected", a=8, b=9), stage("attended", a=2, b=1))
    assert found.people == (17, None)
    assert found.rates == (None, None)
    assert all(group.counts[1] is None for group in found.tables[0].groups)


def test_a_feature_is_followed_where_it_is_known() -> None:
    pool = Stage(name="pool", people=50, groups={"g": {"x": 20, "y": 30}})
    selected = Stage(
        name="selected", people=20, groups={"f": {"a": 10, "b": 10}, "g": {"x": 10, "y": 10}}
    )
    found = funnel([stage("registry", a=50, b=50), pool, selected], ["f", "g"], smallest=5)
    assert [table.stages for table in found.tables] == [
        ("registry", "selected"),
        ("pool", "selected"),
    ]
    assert found.tables[0].groups[0].rates == (None, 0.2)
