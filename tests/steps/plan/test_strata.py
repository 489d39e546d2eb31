"""Seats by raking, answers, and strata that run out of people."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sortition.model import Quota, Quotas
from sortition.steps.plan.planning import Aim
from sortition.steps.plan.response import Response, ResponseTable
from sortition.steps.plan.seats import seats_of
from sortition.steps.plan.strata import Plan, plan_strata

GUARANTEED = Aim(method="guaranteed", confidence=Fraction("0.95"))
QUOTAS = Quotas(
    rows=(
        Quota(feature="sex", value="f", lower=4, upper=6),
        Quota(feature="sex", value="m", lower=4, upper=6),
        Quota(feature="age", value="young", lower=2, upper=4),
        Quota(feature="age", value="old", lower=6, upper=8),
    )
)
CROSS = (("f", "young"), ("f", "old"), ("m", "young"), ("m", "old"))


def crossed(*people: int, rate: str = "0.1") -> ResponseTable:
    return ResponseTable(
        features=("sex", "age"),
        strata=tuple(
            Response(values=values, population=count, rate=Fraction(rate))
            for values, count in zip(CROSS, people, strict=True)
        ),
    )


def by_age(**facts: int) -> ResponseTable:
    return ResponseTable(
        features=("age",),
        strata=tuple(
            Response(values=(age,), rate=Fraction("0.1"), **facts) for age in ("old", "young")
        ),
    )


def planned(table: ResponseTable, *, further: bool = False, factor: str = "3") -> Plan:
    return plan_strata(
        table, QUOTAS, 10, aim=GUARANTEED, pool_factor=Fraction(factor), further=further
    )


def test_one_feature_gets_the_seats_of_its_quotas() -> None:
    assert seats_of(by_age(), QUOTAS, 10) == (7.0, 3.0)


def test_independent_features_multiply() -> None:
    assert seats_of(crossed(100, 100, 100, 100), QUOTAS, 10) == (1.5, 3.5, 1.5, 3.5)


def test_raking_keeps_the_odds_of_the_population() -> None:
    seats = seats_of(crossed(300, 100, 100, 200), QUOTAS, 10)
    assert seats[0] + seats[1] == pytest.approx(5)
    assert seats[0] + seats[2] == pytest.approx(3)
    assert seats[0] * seats[3] / (seats[1] * seats[2]) == pytest.approx(6, rel=1e-4)


def test_without_features_everybody_has_all_seats() -> None:
    everybody = ResponseTable(features=(), strata=(Response(values=(), rate=Fraction(1, 2)),))
    assert seats_of(everybody, QUOTAS, 10) == (10.0,)


def test_seats_that_lie_a_hair_above_a_whole_number_take_no_further_answer() -> None:
    plan = planned(crossed(100_000, 100_000, 100_000, 100_000), factor="2")
    assert [stratum.needed for stratum in plan.strata] == [3, 7, 3, 7]
    assert plan.strata[0].invitations == 61  # P(Bin(61, 0.1) >= 3) is 0.951


def test_a_stratum_without_enough_people() -> None:
    plan = planned(crossed(20, 2000, 1000, 2000))
    small = plan.strata[0]
    assert small.wanted > small.invitations == 20
    assert small.chance < 0.95
    assert plan.invitations == sum(stratum.invitations for stratum in plan.strata)


def test_a_next_wave_counts_who_answered_and_invites_nobody_twice() -> None:
    first = planned(by_age(population=400, invited=100, answered=12))
    then = planned(by_age(population=400, invited=100, answered=12), further=True)
    assert [s.needed for s in first.strata] == [21, 9]
    assert [s.needed for s in then.strata] == [9, 0]
    assert then.strata[1].invitations == 0
    almost = planned(by_age(population=110, invited=100, answered=12), further=True)
    assert almost.strata[0].invitations == 10
