"""Trials of the whole chain: by number alone, and with the right chances."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from scipy.stats import binomtest

from sortition.core.types import Types
from sortition.model import Quota
from sortition.model.choices import Method
from sortition.steps.plan.outlook import QUANTILES, outlook, quantiles, wilson
from sortition.steps.plan.planning import Aim
from sortition.steps.plan.response import Belief, Response
from sortition.steps.plan.simulation import PARTS, PLANNED, Chain, Trial, chain_of, trials
from sortition.steps.plan.strata import Plan, StratumPlan
from tests.budgets import in_large

QUOTAS = (
    Quota(feature="sex", value="f", lower=2, upper=2),
    Quota(feature="sex", value="m", lower=2, upper=2),
    Quota(feature="age", value="young", lower=2, upper=2),
    Quota(feature="age", value="old", lower=2, upper=2),
)
# young women, old women, young men, old men; rows are the panel, then the quotas
ROWS = np.array([[0, 1, 3], [0, 1, 4], [0, 2, 3], [0, 2, 4]])


def groups(*people: int) -> Types:
    return Types(
        members=((),) * 4,
        sizes=np.array(people),
        rows_of=ROWS,
        lower=np.array([4, 2, 2, 2, 2]),
        upper=np.array([4, 2, 2, 2, 2]),
        quotas=QUOTAS,
        households=(),
    )


def chain(
    *letters: int,
    people: tuple[int, ...] = (100, 100, 100, 100),
    rate: str = "0.1",
    method: Method = "guaranteed",
    before: tuple[int, int] = (0, 0),
    worth: int = 200,
) -> Chain:
    """Women are the first stratum, men the second."""
    invited, answered = before
    strata = tuple(
        StratumPlan(
            stratum=Response(values=(sex,), invited=invited, answered=answered),
            belief=Belief.given(Fraction(rate), worth),
            seats=2.0,
            needed=2,
            wanted=count,
            invitations=count,
            chance=0.5,
        )
        for sex, count in zip("fm", letters, strict=True)
    )
    plan = Plan(
        features=("sex",),
        strata=strata,
        aim=Aim(method=method, confidence=Fraction("0.95")),
        panel_size=4,
        pool_factor=Fraction(1),
        overall=None,
        further=before != (0, 0),
    )
    return chain_of(plan, groups(*people), np.array([0, 0, 1, 1]), seed="s")


def can_be_filled(pool: list[int]) -> bool:
    """All panels tried: x young women make 2 - x old ones, 2 - x young men and x old men."""
    return any(
        x <= pool[0] and 2 - x <= pool[1] and 2 - x <= pool[2] and x <= pool[3] for x in range(3)
    )


@pytest.mark.parametrize("chunk", [1, 7, 50])
def test_the_number_of_a_trial_decides(chunk: int) -> None:
    link = chain(40, 40)
    whole = trials(link, range(50))
    parts = [trials(link, range(s, min(s + chunk, 50))) for s in range(0, 50, chunk)]
    assert tuple(trial for part in parts for trial in part) == whole
    shuffled = [trial for part in reversed(parts) for trial in reversed(part)]
    assert outlook(link, shuffled) == outlook(link, whole)
    sent = pickle.loads(pickle.dumps(link))
    assert trials(sent, [49, 3]) == (whole[49], whole[3])


def test_another_seed_is_another_chance() -> None:
    link = chain(40, 40)
    assert trials(link, range(20)) != trials(replace(link, seed="other"), range(20))


def test_everybody_is_invited_and_everybody_answers() -> None:
    (trial,) = trials(chain(8, 8, people=(4, 4, 4, 4), rate="1"), [0])
    assert trial == Trial(number=0, answers=16, enough=trial.enough, lowest=0.25, short=())
    assert trial.enough is not None
    assert trial.enough <= PLANNED


def test_no_more_people_than_there_are() -> None:
    link = chain(100, 3, people=(4, 4, 4, 4))
    assert link.waves.max() == 8
    assert link.waves[PLANNED].tolist() == [8, 3]
    assert (np.diff(link.waves, axis=0) >= 0).all()


def test_what_is_short_is_named() -> None:
    (trial,) = trials(chain(8, 0, people=(4, 4, 4, 4), rate="1"), [0])
    assert (trial.enough, trial.lowest, trial.short) == (None, None, (1,))


def test_enough_for_each_quota_but_not_for_all_together() -> None:
    """Types 000, 110, 101 and 011, one each, two seats, one of each value: no two fit."""
    types = Types(
        members=((),) * 4,
        sizes=np.ones(4, dtype=np.int64),
        rows_of=np.array([[0, 1, 3, 5], [0, 2, 4, 5], [0, 2, 3, 6], [0, 1, 4, 6]]),
        lower=np.array([2, 1, 1, 1, 1, 1, 1]),
        upper=np.array([2, 1, 1, 1, 1, 1, 1]),
        quotas=tuple(
            Quota(feature=feature, value=value, lower=1, upper=1)
            for feature in "abc"
            for value in "01"
        ),
        households=(),
    )
    link = replace(chain(2, 2, people=(1, 1, 1, 1), rate="1"), groups=types)
    run = trials(link, range(3))
    assert {(t.answers, t.enough, t.lowest, t.short) for t in run} == {(4, None, None, ())}
    assert outlook(link, run).together == 3


def test_the_chance_is_that_of_all_answers_added_up() -> None:
    """Four of each group are all invited, each answers with 1/2: exact by enumeration."""
    exact = sum(
        np.prod([comb(4, n) for n in (a, b, c, d)]) / 2**16
        for a in range(5)
        for b in range(5)
        for c in range(5)
        for d in range(5)
        if can_be_filled([a, b, c, d])
    )
    link = chain(8, 8, people=(4, 4, 4, 4), rate="0.5")
    met = sum(t.enough is not None and t.enough <= PLANNED for t in trials(link, range(300)))
    assert binomtest(met, 300, float(exact)).pvalue > 0.001


def test_letters_go_to_everybody_alike() -> None:
    """A tenth of the women get a letter, so that a tenth of the young women answer."""
    link = chain(100, 100, people=(300, 700, 500, 500), rate="1")
    answers = np.array([t.answers for t in trials(link, range(10))])
    assert (answers == 200).all()


@in_large  # three hundred trials
def test_an_uncertain_rate_varies_more() -> None:
    sure = [t.answers for t in trials(chain(150, 150, rate="0.1"), range(150))]
    unsure = [
        t.answers
        for t in trials(chain(150, 150, rate="0.1", method="beta-binomial", worth=20), range(150))
    ]
    assert np.mean(sure) == pytest.approx(30, abs=2)
    assert np.mean(unsure) == pytest.approx(30, abs=5)
    assert np.std(unsure) > 2 * np.std(sure)


def test_those_who_answered_before_are_in_the_pool() -> None:
    link = chain(0, 0, before=(50, 20))
    assert {t.answers for t in trials(link, range(5))} == {40}
    everybody = chain(500, 500, rate="1", before=(50, 20))
    assert {t.answers for t in trials(everybody, range(5))} == {40 + 300}


def test_the_outlook_adds_up() -> None:
    link = chain(30, 30)
    run = trials(link, range(60))
    seen = outlook(link, run)
    assert seen.trials == 60
    assert [point.part for point in seen.points] == list(PARTS)
    assert seen.planned.invitations == 60
    chances = [point.met.probability for point in seen.points]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]
    failed = round(60 * (1 - seen.planned.met.probability))
    assert failed == sum(t.lowest is None for t in run) > 0
    assert failed - seen.together <= sum(times for _, times in seen.short)
    assert len(seen.lowest) == len(seen.answers) == len(QUANTILES)
    fewest = seen.fewest(Fraction(1, 2))
    assert fewest is not None
    assert fewest.met.lower >= 0.5
    assert seen.fewest(Fraction(999, 1000)) is None


@pytest.mark.parametrize(("successes", "trials_"), [(0, 20), (20, 20), (7, 20), (190, 200)])
def test_wilsons_limits_solve_his_equation(successes: int, trials_: int) -> None:
    """At a limit the share lies as far off as 95 of 100 shares do: 1.96 standard errors."""
    found = wilson(successes, trials_)
    share, z = successes / trials_, 1.959963984540054
    for limit in (found.lower, found.upper):
        assert (share - limit) ** 2 == pytest.approx(
            z**2 * limit * (1 - limit) / trials_, abs=1e-12
        )
    assert 0 <= found.lower <= share <= found.upper <= 1


def test_quantiles_are_numbers_that_occurred() -> None:
    assert quantiles(range(1, 101)) == (5, 25, 50, 75, 95)
    assert quantiles([3]) == (3, 3, 3, 3, 3)
    assert quantiles([]) == ()
