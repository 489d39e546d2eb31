"""The figures that somebody gives on the command line or in a cell, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.model.choices import Method
from sortition.steps.plan.planning import MOST_NEEDED, Aim, out_of_range
from sortition.steps.plan.response import GIVEN_WORTH, Belief
from sortition.steps.plan.waves import Wave, next_wave
from sortition.tables.numbers import share_of

PRIOR = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)/([0-9]{1,9}(?:\.[0-9]{1,9})?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a single wave is asked, as it was written.

    Attributes
    ----------
    needed : int
    rate : str or None
        A share of 1, or per cent with the sign.
    prior : str or None
        In place of a rate, how uncertain it is: ``6/194``, as if 6 had answered and 194 not.
    confidence : float
    method : {"plain", "guaranteed", "beta-binomial"}
    invited, answered : int
        In the waves so far.
    """

    needed: int
    rate: str | None
    prior: str | None
    confidence: float
    method: Method
    invited: int
    answered: int

    def assumed(self) -> Iterator[Finding]:
        """How sure a plain rate is, where that makes a difference."""
        if self.rate is not None and (self.method == "beta-binomial" or self.invited):
            facts = {"worth": GIVEN_WORTH}
            yield Finding(code="plan-worth-assumed", value=self.rate, facts=facts)


def answer(question: Question) -> Wave:
    """How many invitations go out.

    Raises
    ------
    InputErrors
        With every figure that makes no sense.
    """
    faults = [*_belief_faults(question.rate, question.prior), *aim_faults(question.confidence)]
    if not 1 <= question.needed <= MOST_NEEDED:
        faults.append(out_of_range(question.needed))
    if not 0 <= question.answered <= question.invited:
        facts = {"invited": question.invited}
        faults.append(Finding(code="plan-more-answered", value=str(question.answered), facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    return next_wave(
        question.needed,
        _belief(question.rate, question.prior),
        aim_of(question.method, question.confidence),
        invited=question.invited,
        answered=question.answered,
    )


def aim_of(method: Method, confidence: float) -> Aim:
    """An aim, with the confidence as it was written and not as a float has it."""
    return Aim(method=method, confidence=Fraction(str(confidence)))


def aim_faults(confidence: float) -> Iterator[Finding]:
    """What is wrong with a confidence."""
    if not 0 < confidence < 1:
        yield Finding(code="plan-confidence-out-of-range", value=f"{confidence:g}")


def rate_fault(text: str) -> str:
    """The code of what is wrong with a rate; empty if nothing is."""
    rate = share_of(text)
    if rate is None:
        return "rate-unclear"
    if rate <= 0:
        return "rate-not-positive"
    return "rate-above-one" if rate > 1 else ""


def _belief_faults(rate: str | None, prior: str | None) -> Iterator[Finding]:
    if (rate is None) == (prior is None):
        yield Finding(code="plan-rate-or-prior")
    fault = "" if rate is None else rate_fault(rate)
    if fault:
        yield Finding(code=fault, value=rate or "")
    if prior is not None and not _is_prior(prior):
        yield Finding(code="plan-prior-unclear", value=prior)


def _is_prior(text: str) -> bool:
    found = PRIOR.fullmatch(text)
    return found is not None and Fraction(found[1]) > 0


def _belief(rate: str | None, prior: str | None) -> Belief:
    found = PRIOR.fullmatch(prior or "")
    if found:
        return Belief(answered=Fraction(found[1]), silent=Fraction(found[2]))
    share = share_of(rate or "")
    assert share is not None  # noqa: S101 - it was checked
    return Belief.given(share, GIVEN_WORTH)
