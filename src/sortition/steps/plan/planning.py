"""How many invitations are needed for so many answers.

Three methods, from the bold to the careful:

- plain: ``ceil(T / r)``. As many as needed on average, so that every other wave falls short.
- guaranteed: the fewest `n` with ``P(Bin(n, r) >= T) >= confidence``. Who answers is chance.
- beta-binomial: the same where the rate itself is uncertain, ``r ~ Beta(answered, silent)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil

from sortition.errors import Finding, InputErrors
from sortition.model.choices import Method
from sortition.steps.plan.response import Belief
from sortition.steps.plan.tails import (
    CONTEXT,
    as_decimal,
    beta_binomial_shortfall,
    binomial_shortfall,
)

MOST_INVITATIONS = 10**10  # more than there are people
MOST_NEEDED = 10**6  # what takes seconds to add up
# A chance that is equal to the confidence in all but the last digits is equal to it.
DUST = Decimal("1e-40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """How sure a plan is to be.

    Attributes
    ----------
    method : {"plain", "guaranteed", "beta-binomial"}
    confidence : Fraction
        With which chance enough answer; above 0 and below 1. The plain method has no use for it.
    """

    method: Method
    confidence: Fraction


def invitations(needed: int, belief: Belief, aim: Aim) -> int:
    """The fewest invitations that bring in what is needed.

    Parameters
    ----------
    needed : int
        Answers; none if it is not positive.

    Raises
    ------
    InputErrors
        If not even ten thousand million invitations would do, or more than a million answers are
        needed.
    """
    if needed <= 0:
        return 0
    if needed > MOST_NEEDED:
        raise InputErrors((out_of_range(needed),))
    if aim.method == "plain":
        return _within_reach(ceil(needed / belief.rate))
    with localcontext(CONTEXT):
        allowed = as_decimal(1 - aim.confidence) + DUST
        return _fewest(needed, lambda n: shortfall(n, needed, belief, aim.method) <= allowed)


def out_of_range(needed: int) -> Finding:
    """What is said of answers that cannot be planned for."""
    facts = {"most": MOST_NEEDED}
    return Finding(code="plan-needed-out-of-range", value=str(needed), facts=facts)


def shortfall(n: int, needed: int, belief: Belief, method: Method) -> Decimal:
    """The chance that fewer than `needed` of `n` answer, as a method sees it.

    Plain and guaranteed take the rate as known.
    """
    if needed <= 0:
        return Decimal(0)
    if method == "beta-binomial":
        return beta_binomial_shortfall(n, belief.answered, belief.silent, needed)
    return binomial_shortfall(n, belief.rate, needed)


def chance(n: int, needed: int, belief: Belief, method: Method) -> float:
    """The chance that enough of `n` answer."""
    return float(1 - shortfall(n, needed, belief, method))


def _fewest(needed: int, enough: Callable[[int], bool]) -> int:
    """The smallest number that is enough, from `needed` on; larger ones are enough too."""
    low, high = needed - 1, needed
    while not enough(high):
        low, high = high, 2 * _within_reach(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return _within_reach(high)


def _within_reach(n: int) -> int:
    if n > MOST_INVITATIONS:
        raise InputErrors((Finding(code="plan-out-of-reach"),))
    return n
