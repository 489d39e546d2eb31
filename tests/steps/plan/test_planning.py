"""How many invitations: known answers, the boundary itself, and what is out of reach."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from sortition.errors import InputErrors
from sortition.model.choices import Method
from sortition.steps.plan.planning import Aim, chance, invitations
from sortition.steps.plan.response import Belief
from tests.budgets import examples

SURE = Fraction("0.95")


def aim(method: Method, confidence: Fraction = SURE) -> Aim:
    return Aim(method=method, confidence=confidence)


def rate(text: str) -> Belief:
    return Belief.given(Fraction(text))


@pytest.mark.parametrize(
    ("needed", "at", "expected"),
    [
        (30, "0.03", 1313),
        (10, "0.01", 1568),
        (5, "0.02", 456),
        (100, "0.05", 2331),
        (3, "0.03", 208),
    ],
)
def test_guaranteed(needed: int, at: str, expected: int) -> None:
    assert invitations(needed, rate(at), aim("guaranteed")) == expected


@pytest.mark.parametrize(
    ("needed", "at", "expected"),
    [(30, "0.03", 1000), (10, "0.07", 143), (7, "1", 7), (1, "0.3", 4), (3, "0.1", 30)],
)
def test_plain_divides_exactly(needed: int, at: str, expected: int) -> None:
    assert invitations(needed, rate(at), aim("plain")) == expected


@given(
    needed=st.integers(1, 40),
    hundredths=st.integers(2, 100),
    confidence=st.sampled_from(["0.5", "0.8", "0.95", "0.999"]),
)
@settings(max_examples=examples(30))
def test_one_letter_fewer_is_not_enough(needed: int, hundredths: int, confidence: str) -> None:
    belief, sure = Belief.given(Fraction(hundredths, 100)), Fraction(confidence)
    a, b = float(belief.answered), float(belief.silent)
    n = invitations(needed, belief, aim("guaranteed", sure))
    assert binom.sf(needed - 1, n, hundredths / 100) >= float(sure) - 1e-9
    assert n == needed or binom.sf(needed - 1, n - 1, hundredths / 100) <= float(sure) + 1e-9
    n = invitations(needed, belief, aim("beta-binomial", sure))
    if b:
        assert betabinom.sf(needed - 1, n, a, b) >= float(sure) - 1e-7
        assert n == needed or betabinom.sf(needed - 1, n - 1, a, b) <= float(sure) + 1e-7


@pytest.mark.parametrize(("n", "confidence"), [(1, "1/2"), (2, "3/4"), (10, "1023/1024")])
def test_a_chance_that_is_just_the_confidence_is_enough(n: int, confidence: str) -> None:
    assert invitations(1, rate("0.5"), aim("guaranteed", Fraction(confidence))) == n


def test_a_tie_that_no_decimal_hits() -> None:
    """One of two letters at a rate of one third: the chance is 5/9, to the last digit."""
    assert invitations(1, Belief.given(Fraction(1, 3)), aim("guaranteed", Fraction(5, 9))) == 2


def test_more_doubt_takes_more_letters() -> None:
    known = [Belief(answered=Fraction(3) * k, silent=Fraction(97) * k) for k in (1, 10, 100, 10**6)]
    counts = [invitations(30, belief, aim("beta-binomial")) for belief in known]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == pytest.approx(1313, abs=2)


def test_nothing_is_needed() -> None:
    methods: tuple[Method, ...] = ("plain", "guaranteed", "beta-binomial")
    for method in methods:
        assert invitations(0, rate("0.03"), aim(method)) == 0
        assert chance(0, 0, rate("0.03"), method) == 1


@pytest.mark.parametrize("method", ["plain", "guaranteed"])
def test_out_of_reach(method: Method) -> None:
    with pytest.raises(InputErrors) as caught:
        invitations(100, rate("0.000000001"), aim(method))
    assert [fault.code for fault in caught.value.faults] == ["plan-out-of-reach"]


def test_a_rate_that_may_be_almost_nought_is_out_of_reach() -> None:
    belief = Belief(answered=Fraction("0.01"), silent=Fraction(1))
    with pytest.raises(InputErrors):
        invitations(1, belief, aim("beta-binomial", Fraction("0.999")))


def test_more_answers_than_can_be_added_up() -> None:
    with pytest.raises(InputErrors) as caught:
        invitations(10**6 + 1, rate("0.5"), aim("plain"))
    assert [fault.code for fault in caught.value.faults] == ["plan-needed-out-of-range"]
