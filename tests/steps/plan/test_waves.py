from __future__ import annotations

from fractions import Fraction

import pytest
from scipy.stats import betabinom

from sortition.errors import InputErrors
from sortition.steps.plan.figures import Question, answer, rate_fault
from sortition.steps.plan.planning import Aim
from sortition.steps.plan.response import Belief
from sortition.steps.plan.waves import next_wave
from sortition.tables.numbers import share_of

PRIOR = Belief(answered=Fraction(6), silent=Fraction(194))
ASKED = Question(
    needed=30, rate="0.03", prior=None, confidence=0.95, method="guaranteed", invited=0, answered=0
)


def test_the_next_wave_from_what_came_back() -> None:
    plain = Aim(method="plain", confidence=Fraction("0.95"))
    wave = next_wave(40, PRIOR, plain, invited=1000, answered=12)
    assert (wave.needed, wave.invitations) == (28, 1867)
    assert wave.belief == Belief(answered=Fraction(18), silent=Fraction(1182))
    assert wave.belief.rate == Fraction(3, 200)


def test_the_next_wave_with_doubt() -> None:
    careful = Aim(method="beta-binomial", confidence=Fraction("0.95"))
    wave = next_wave(40, PRIOR, careful, invited=1000, answered=12)
    n = wave.invitations
    assert betabinom.sf(27, n, 18, 1182) >= 0.95 > betabinom.sf(27, n - 1, 18, 1182)
    assert wave.chance == pytest.approx(betabinom.sf(27, n, 18, 1182))
    assert wave.expected_answers == pytest.approx(0.015 * n)


def test_enough_have_answered() -> None:
    wave = next_wave(
        40, PRIOR, Aim(method="guaranteed", confidence=Fraction("0.95")), invited=900, answered=41
    )
    assert (wave.needed, wave.invitations, wave.chance) == (0, 0, 1.0)


def test_a_question_is_answered() -> None:
    assert answer(ASKED).invitations == 1313
    assert not list(ASKED.assumed())


def test_every_fault_of_a_question_at_once() -> None:
    wrong = Question(
        needed=0, rate="0", prior="x", confidence=1.0, method="plain", invited=3, answered=4
    )
    with pytest.raises(InputErrors) as caught:
        answer(wrong)
    assert [fault.code for fault in caught.value.faults] == [
        "plan-rate-or-prior",
        "rate-not-positive",
        "plan-prior-unclear",
        "plan-confidence-out-of-range",
        "plan-needed-out-of-range",
        "plan-more-answered",
    ]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.03", "3/100"),
        ("0,03", "3/100"),
        (".5", "1/2"),
        ("3 %", "3/100"),
        ("2,5%", "1/40"),
        ("100%", "1"),
        ("-1", "-1"),
    ],
)
def test_shares(text: str, share: str) -> None:
    assert share_of(text) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rate-unclear"),
        ("%", "rate-unclear"),
        ("three", "rate-unclear"),
        ("1e-3", "rate-unclear"),
        ("nan", "rate-unclear"),
        ("1.000,5", "rate-unclear"),
        ("0", "rate-not-positive"),
        ("0,00 %", "rate-not-positive"),
        ("−3 %", "rate-not-positive"),
        ("1.01", "rate-above-one"),
        ("101 %", "rate-above-one"),
        ("1", ""),
        ("0.0001", ""),
    ],
)
def test_rates(text: str, code: str) -> None:
    assert rate_fault(text) == code
