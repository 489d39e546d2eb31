"""The chance of too few answers, to forty digits, so that no plan is off by one letter.

All terms of a sum are positive and each follows from the one before, so that the relative error
of a sum stays near that of a single term. Decimals have no smallest number for a term to fall
below, as floats have.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import comb

CONTEXT = Context(prec=50, Emin=MIN_EMIN, Emax=MAX_EMAX)
LARGE, TERMS = 40, 20  # Stirling's series is then good for more digits than are carried


def binomial_shortfall(n: int, rate: Fraction, needed: int) -> Decimal:
    """``P(Bin(n, rate) < needed)``: fewer than `needed` of `n` answer, each at this rate.

    Parameters
    ----------
    n, needed : int
        At least 0.
    rate : Fraction
        Above 0 and at most 1.
    """
    if n < needed:
        return Decimal(1)
    with localcontext(CONTEXT):
        silent = as_decimal(1 - rate)
        if not silent:
            return Decimal(0)
        odds, term, total = as_decimal(rate / (1 - rate)), silent**n, Decimal(0)
        for k in range(needed):
            total += term
            term = term * (n - k) / (k + 1) * odds
        return total


def beta_binomial_shortfall(n: int, answered: Fraction, silent: Fraction, needed: int) -> Decimal:
    """``P(BetaBin(n, answered, silent) < needed)``: as above, at a rate that is Beta-distributed.

    Parameters
    ----------
    n, needed : int
        At least 0.
    answered, silent : Fraction
        The parameters of the Beta distribution; `answered` is above 0. No `silent` means that
        everybody answers.
    """
    if n < needed:
        return Decimal(1)
    if not silent:
        return Decimal(0)
    with localcontext(CONTEXT):
        a, b = as_decimal(answered), as_decimal(silent)
        nobody = log_gamma(n + b) - log_gamma(n + a + b) + log_gamma(a + b) - log_gamma(b)
        term, total = nobody.exp(), Decimal(0)
        for k in range(needed):
            total += term
            if k < n:
                term = term * (n - k) / (k + 1) * (a + k) / (b + n - k - 1)
        return total


def log_gamma(x: Decimal) -> Decimal:
    """The logarithm of the gamma function for ``x > 0``, by Stirling's series."""
    below = Decimal(1)
    while x < LARGE:
        below *= x
        x += 1
    series = (x - Decimal("0.5")) * x.ln() - x + half_log_of_two_pi()
    square, power = x * x, x
    for number, bernoulli in enumerate(bernoulli_numbers(), start=1):
        series += as_decimal(bernoulli / (2 * number * (2 * number - 1))) / power
        power *= square
    return series - below.ln()


@cache
def bernoulli_numbers() -> tuple[Fraction, ...]:
    """``B_2, B_4, …``: as many as Stirling's series needs."""
    numbers = [Fraction(1)]
    for m in range(1, 2 * TERMS + 1):
        numbers.append(-sum(comb(m + 1, k) * numbers[k] for k in range(m)) / Fraction(m + 1))
    return tuple(numbers[2::2])


@cache
def half_log_of_two_pi() -> Decimal:
    """``log(2π) / 2``, with pi from Machin's formula."""
    with localcontext(CONTEXT):
        pi = 16 * _arctan_of_inverse(5) - 4 * _arctan_of_inverse(239)
        return (2 * pi).ln() / 2


def _arctan_of_inverse(n: int) -> Decimal:
    power, total, k = Decimal(1) / n, Decimal(0), 0
    while total + power / (2 * k + 1) != total:
        total += power / (2 * k + 1) * (-1) ** k
        power /= n * n
        k += 1
    return total


def as_decimal(x: Fraction) -> Decimal:
    """A fraction with the digits of the context."""
    return Decimal(x.numerator) / Decimal(x.denominator)
