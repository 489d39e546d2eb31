"""The tails against scipy, against whole-number sums, and where floats would give out."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb

import pytest
from scipy.special import gammaln
from scipy.stats import betabinom, binom

from sortition.steps.plan.tails import (
    CONTEXT,
    beta_binomial_shortfall,
    binomial_shortfall,
    log_gamma,
)


@pytest.mark.parametrize(
    ("n", "rate", "needed"),
    [(1, "0.5", 1), (10, "1/3", 4), (1313, "0.03", 30), (40_000, "0.001", 55), (7, "1", 7)],
)
def test_binomial_agrees_with_scipy(n: int, rate: str, needed: int) -> None:
    expected = float(binom.cdf(needed - 1, n, float(Fraction(rate))))
    assert float(binomial_shortfall(n, Fraction(rate), needed)) == pytest.approx(expected)


def test_binomial_agrees_with_whole_numbers_to_forty_digits() -> None:
    n, needed = 1313, 30
    exact = Fraction(
        sum(comb(n, k) * 3**k * 97 ** (n - k) for k in range(needed)),
        100**n,
    )
    found = Fraction(binomial_shortfall(n, Fraction(3, 100), needed))
    assert abs(found / exact - 1) < Fraction(1, 10**40)


@pytest.mark.parametrize(
    ("n", "answered", "silent", "needed"),
    [
        (100, "6", "194", 3),
        (2357, "6", "194", 30),
        (5, "1", "1", 2),
        (1000, "0.7", "12.25", 40),
        (1, "2", "3", 1),
    ],
)
def test_beta_binomial_agrees_with_scipy(n: int, answered: str, silent: str, needed: int) -> None:
    a, b = Fraction(answered), Fraction(silent)
    expected = float(betabinom.cdf(needed - 1, n, float(a), float(b)))
    assert float(beta_binomial_shortfall(n, a, b, needed)) == pytest.approx(expected, rel=1e-8)


def test_a_uniform_rate_makes_every_count_equally_likely() -> None:
    found = beta_binomial_shortfall(9_999, Fraction(1), Fraction(1), 2_500)
    assert abs(found - Decimal("0.25")) < Decimal("1e-40")


def test_a_sure_answer_never_falls_short() -> None:
    assert beta_binomial_shortfall(5, Fraction(200), Fraction(0), 5) == 0
    assert binomial_shortfall(5, Fraction(1), 5) == 0


def test_fewer_letters_than_answers_always_fall_short() -> None:
    assert binomial_shortfall(4, Fraction(1), 5) == 1
    assert beta_binomial_shortfall(4, Fraction(200), Fraction(0), 5) == 1


def test_waves_beyond_what_floats_hold() -> None:
    """Nobody answers with a chance of 0.97 ** 100,000, which is below the smallest float."""
    shortfall = binomial_shortfall(100_000, Fraction(3, 100), 1)
    assert shortfall == pytest.approx(Decimal(0), abs=Decimal("1e-1300"))
    assert shortfall > 0


@pytest.mark.parametrize("x", ["0.001", "0.5", "1", "2", "39.5", "40", "12345.678"])
def test_log_gamma(x: str) -> None:
    with localcontext(CONTEXT):
        assert float(log_gamma(Decimal(x))) == pytest.approx(
            float(gammaln(float(x))), rel=1e-12, abs=1e-14
        )


def test_log_gamma_of_whole_numbers_is_a_factorial() -> None:
    with localcontext(CONTEXT):
        factorial = Decimal(comb(1, 1))
        for k in range(1, 60):
            factorial *= k
            assert abs(log_gamma(Decimal(k + 1)).exp() / factorial - 1) < Decimal("1e-44")
