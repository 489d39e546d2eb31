from __future__ import annotations

import sys
from math import sqrt

import pytest

from sortition.core.progress import Phase
from sortition.errors import SolverFailed
from sortition.model import InfeasibleQuotas
from sortition.selection.compared import Comparison, RuleName, RuleOutcome
from sortition.selection.comparison import OBJECTIVES, compare
from sortition.selection.preparation import Rules
from tests.making import all_panels, blocked, instance, parity, passed_over, six_people

DRAWS = 4000
NASH = (sqrt(13) - 2) / 9  # the root of 9 s² + 4 s = 1


class Listener:
    def __init__(self) -> None:
        self.phases: list[Phase] = []

    def phase(self, phase: Phase) -> None:
        self.phases.append(phase)

    def decomposed(self, mass: float) -> None: ...


def by_rule(comparison: Comparison) -> dict[RuleName, RuleOutcome]:
    return {outcome.rule: outcome for outcome in comparison.rules}


@pytest.fixture(scope="module")
def compared() -> Comparison:
    """Of the pool of `passed_over`, in which all follows from the chance ``s`` of the last one.

    Two people have ``(1 + s) / 2`` and six ``(1 - s) / 3``, if no panel holds both of the two
    without the last one; more of those panels help nobody but the two.
    """
    return compare(passed_over(), Rules(), draws=DRAWS, progress=Listener())


@pytest.mark.parametrize(
    ("rule", "last", "six", "two"),
    [
        ("leximin", 1 / 4, 1 / 4, 5 / 8),
        ("maximin", 1 / 4, 1 / 4, 5 / 8),
        ("nash", NASH, (1 - NASH) / 3, (1 + NASH) / 2),
        ("minimax", 0, 1 / 3, 1 / 2),
        ("goldilocks", 1 / 4, 1 / 4, 5 / 8),
        ("uniform", 1 / 25, 7 / 25, 16 / 25),
    ],
)
def test_exact_chances(
    compared: Comparison, rule: RuleName, last: float, six: float, two: float
) -> None:
    outcome = by_rule(compared)[rule]
    assert outcome.known == "exact"
    assert outcome.probabilities == pytest.approx([last, *[six] * 6, two, two], abs=1e-9)
    assert outcome.without_chance == (last == 0)
    figures = outcome.selection_probability
    assert figures.lowest_positive == pytest.approx(last or six, abs=1e-9)
    assert figures.highest == pytest.approx(two, abs=1e-9)
    assert figures.geometric_mean == pytest.approx((last * six**6 * two**2) ** (1 / 9), abs=1e-9)
    seats = {(quota.feature, quota.value): n for n, quota in enumerate(compared.quotas)}
    assert outcome.expected[seats["a", "Y"]] == pytest.approx(2 * two, abs=1e-9)
    assert outcome.expected[seats["d", "u"]] == pytest.approx(3 * six + last, abs=1e-9)


def test_only_objectives_have_a_gap_and_tickets(compared: Comparison) -> None:
    for outcome in compared.rules:
        if outcome.rule in OBJECTIVES:
            assert outcome.gap is not None
            assert outcome.largest_deviation is not None
            assert outcome.gap < 1e-7
            assert outcome.largest_deviation < 1 / 1000
        else:
            assert outcome.gap is outcome.largest_deviation is None
        assert 0 < outcome.seconds < 60


def test_the_uniform_lottery_counts_the_panels(compared: Comparison) -> None:
    assert compared.uniform is not None
    assert compared.uniform.panels == len(all_panels(passed_over())) == 25


def test_the_greedy_rule_is_estimated_within_its_limits(compared: Comparison) -> None:
    """Of its nine first choices followed by hand, the last person is drawn 3 times in 14."""
    legacy = by_rule(compared)["legacy"]
    assert legacy.known == "estimated"
    assert (compared.legacy.panels, compared.legacy.attempts) == (DRAWS, DRAWS)
    last = compared.legacy.people["P9"]
    assert last.lower < last.probability < last.upper
    assert last.upper - last.lower == pytest.approx(
        2 * 1.96 * sqrt(3 * 11) / 14 / sqrt(DRAWS), rel=0.05
    )
    assert abs(last.probability - 3 / 14) < 4 * sqrt(3 * 11) / 14 / sqrt(DRAWS)
    assert legacy.lowest is not None
    assert legacy.highest is not None
    assert legacy.lowest.probability == min(legacy.probabilities)
    assert legacy.highest.probability == max(legacy.probabilities)
    assert compared.never_drawn is None


def test_the_pool_and_its_quotas(compared: Comparison) -> None:
    assert (compared.pool_size, compared.panel_size, compared.impossible) == (9, 3, ())
    assert [(q.feature, q.value, q.lower, q.upper, q.pool) for q in compared.quotas] == [
        ("a", "N", 0, 3, 7),
        ("a", "Y", 1, 2, 2),
        ("d", "-", 0, 3, 5),
        ("d", "u", 0, 1, 4),
        ("e", "-", 0, 3, 5),
        ("e", "v", 0, 1, 4),
    ]


def test_gamma_is_for_goldilocks() -> None:
    """The measure is lowest where ``s² = gamma * 2 / 9``, if that is below a quarter."""
    outcomes = by_rule(compare(passed_over(), Rules(gamma=0.2), draws=1, progress=Listener()))
    assert outcomes["goldilocks"].probabilities[0] == pytest.approx(sqrt(0.4) / 3, abs=1e-4)
    assert outcomes["leximin"].probabilities[0] == pytest.approx(1 / 4, abs=1e-9)


def test_people_on_no_panel_have_no_chance_under_any_rule() -> None:
    comparison = compare(blocked(), Rules(), draws=50, progress=Listener())
    assert comparison.impossible == ("P2", "P3", "P4")
    for outcome in comparison.rules:
        assert outcome.probabilities == (0, 0, 0, 1, 1)
        assert outcome.without_chance == outcome.selection_probability.impossible == 3
    assert comparison.legacy.attempts > comparison.legacy.panels == 50
    assert comparison.never_drawn is None


def test_somebody_whom_few_draws_miss_is_said_to_have_a_chance() -> None:
    people = [f"f {number}" for number in range(30)] + ["m 30"]
    quotas = {"sex": {"f": (1, 1), "m": (1, 1)}, "n": {str(n): (0, 1) for n in range(31)}}
    many = instance(people, quotas, 2)
    comparison = compare(many, Rules(), draws=3, progress=Listener())
    assert comparison.never_drawn is not None
    assert comparison.never_drawn.lower == comparison.never_drawn.probability == 0
    assert 1 / 30 < comparison.never_drawn.upper < 1
    assert by_rule(comparison)["legacy"].without_chance >= 27


def test_the_same_comparison_twice() -> None:
    first, second = (
        compare(six_people(), Rules(), draws=100, progress=Listener()) for _ in range(2)
    )
    assert first.legacy == second.legacy
    assert [o.probabilities for o in first.rules] == [o.probabilities for o in second.rules]


def test_each_objective_and_then_the_others_are_heard_of() -> None:
    listener = Listener()
    compare(six_people(), Rules(), draws=1, progress=listener)
    assert listener.phases == [*["optimise", "decompose", "tickets"] * 5, "sample"]


def test_no_panel_at_all() -> None:
    with pytest.raises(InfeasibleQuotas):
        compare(parity(), Rules(), draws=1, progress=Listener())


def test_an_objective_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are shown all the same; with none of them there is nothing to show."""
    monkeypatch.setattr(sys.modules["sortition.core.objectives.nash"], "OPEN", -1.0)
    found = compare(six_people(), Rules(), draws=10, progress=Listener(), lies=2)
    assert [one.rule for one in found.not_found] == ["nash"]
    assert set(by_rule(found)) == {*OBJECTIVES, "uniform", "legacy"} - {"nash", "population"}
    assert "nash" not in {one.rule for one in found.manipulation}

    monkeypatch.setattr("sortition.selection.comparison.OBJECTIVES", ("nash",))
    with pytest.raises(SolverFailed):
        compare(six_people(), Rules(), draws=10, progress=Listener())
