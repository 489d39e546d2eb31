"""Learning rates: by hand, in the limits, and against strata whose true rates are known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from sortition.steps.plan.response import Belief, Overall, Response, belief, overall


def strata(*waves: tuple[int, int]) -> list[Response]:
    return [
        Response(values=(str(number),), invited=invited, answered=answered)
        for number, (invited, answered) in enumerate(waves)
    ]


def test_by_hand() -> None:
    """Two strata of 100, of whom 2 and 10 answered.

    p = 12/200 = 0.06, p(1-p) = 0.0564. S = 100 (0.04² + 0.04²) = 0.32, S/p(1-p) = 5.6738.
    rho = (5.6738 - 1) / (200 - 20000/200 - 1) = 4.6738/99 = 0.047210, M = 1/rho - 1 = 20.18.
    """
    learnt = overall(strata((100, 2), (100, 10)))
    assert learnt == Overall(rate=Fraction(6, 100), worth=20)
    low, high = (belief(s, learnt).rate for s in strata((100, 2), (100, 10)))
    assert low == Fraction(20 * 6 + 2 * 100, 100 * 120)
    assert high == Fraction(20 * 6 + 10 * 100, 100 * 120)


def test_strata_that_do_not_differ_get_the_overall_rate() -> None:
    waves = strata((100, 3), (200, 6), (50, 2))
    learnt = overall(waves)
    assert learnt is not None
    assert learnt.worth == 350
    rates = [float(belief(s, learnt).rate) for s in waves]
    assert rates == pytest.approx([11 / 350] * 3, abs=0.002)


def test_strata_that_differ_much_keep_their_own_rates() -> None:
    waves = strata((1000, 10), (1000, 900), (1000, 300))
    learnt = overall(waves)
    assert learnt is not None
    assert learnt.worth < 5
    rates = [float(belief(s, learnt).rate) for s in waves]
    assert rates == pytest.approx([0.01, 0.9, 0.3], abs=0.003)


def test_nobody_in_a_small_stratum_answered() -> None:
    waves = strata((10, 0), (400, 8), (600, 30))
    learnt = overall(waves)
    assert learnt is not None
    assert 0 < belief(waves[0], learnt).rate < learnt.rate
    unasked = Response(values=("new",))
    assert belief(unasked, learnt).rate == learnt.rate


def test_one_stratum_learns_from_itself() -> None:
    (alone,) = strata((200, 6))
    learnt = overall([alone])
    assert learnt is not None
    assert belief(alone, learnt).rate == Fraction(3, 100)


def test_a_rate_that_was_given_stands() -> None:
    given = Response(values=("a",), rate=Fraction(1, 50), invited=100, answered=30)
    assert belief(given, overall([given])) == Belief.given(Fraction(1, 50))


def test_no_answers_teach_nothing() -> None:
    waves = strata((100, 0), (10, 0))
    assert overall(waves) is None
    with pytest.raises(ValueError, match="no rate"):
        belief(waves[0], None)


def test_everybody_answered() -> None:
    learnt = overall(strata((10, 10), (5, 5)))
    assert learnt == Overall(rate=Fraction(1), worth=15)


def test_shrinking_comes_nearer_to_the_truth() -> None:
    """Over many waves the learnt rates are nearer to the true ones than each stratum's own."""
    chance = np.random.default_rng(7)
    own, learnt = 0.0, 0.0
    for _ in range(200):
        truth = chance.beta(4, 96, size=12)
        invited = chance.integers(30, 300, size=12)
        answered = chance.binomial(invited, truth)
        waves = strata(*zip(invited.tolist(), answered.tolist(), strict=True))
        everywhere = overall(waves)
        rates = np.array([float(belief(s, everywhere).rate) for s in waves])
        own += float(((answered / invited - truth) ** 2).sum())
        learnt += float(((rates - truth) ** 2).sum())
    assert learnt < 0.7 * own


@pytest.mark.parametrize(("answered", "silent"), [("0", "1"), ("-1", "2"), ("1", "-1")])
def test_beliefs_check_themselves(answered: str, silent: str) -> None:
    with pytest.raises(ValueError, match="somebody"):
        Belief(answered=Fraction(answered), silent=Fraction(silent))


def test_more_cannot_answer_than_are_invited() -> None:
    with pytest.raises(ValueError, match="at most"):
        Belief.given(Fraction(1, 2)).after(invited=1, answered=2)
