from __future__ import annotations

import pytest

from sortition.model import Lottery, Panel
from sortition.model.fairness import (
    QuotaOutcome,
    quota_outcomes,
    selection_probability,
    tickets_against,
)
from tests.making import instance


def people(*probabilities: float) -> dict[str, float]:
    return {f"P{n}": probability for n, probability in enumerate(probabilities)}


@pytest.mark.parametrize(
    ("probabilities", "gini"),
    [
        ((0.25,) * 4, 0.0),
        ((1.0,), 0.0),
        # one of n has everything: (n - 1) / n
        ((0.0, 0.0, 0.0, 1.0), 3 / 4),
        ((0.0,) * 9 + (1.0,), 9 / 10),
        # 1, 2, …, n over anything: (n - 1) / (3 n)... by the mean of all differences, (n² - 1) / 3n
        ((0.1, 0.2, 0.3, 0.4), 1 / 4),
        ((0.4, 0.1, 0.3, 0.2), 1 / 4),
        # a half with p and a half with q: |p - q| / (2 (p + q))
        ((0.1, 0.1, 0.3, 0.3), 1 / 4),
        ((0.5, 1.0), 1 / 6),
    ],
)
def test_gini(probabilities: tuple[float, ...], gini: float) -> None:
    figures = selection_probability(people(*probabilities), impossible=())
    assert figures.gini == pytest.approx(gini, abs=1e-12)


def test_gini_is_the_mean_difference_over_twice_the_mean() -> None:
    chances = [0.03, 0.9, 0.25, 0.25, 0.6, 0.11, 1.0]
    differences = [abs(p - q) for p in chances for q in chances]
    expected = sum(differences) / (2 * len(chances) * sum(chances))
    figures = selection_probability(people(*chances), impossible=())
    assert figures.gini == pytest.approx(expected, abs=1e-12)


def test_figures_of_a_pool() -> None:
    figures = selection_probability(people(0.5, 0.125, 0.0, 0.5, 0.875), impossible=["P2"])
    assert figures.lowest == 0.0
    assert figures.lowest_positive == 0.125
    assert figures.highest == 0.875
    assert figures.mean == pytest.approx(0.4)
    # the fourth root of 1/2 * 1/8 * 1/2 * 7/8
    assert figures.geometric_mean == pytest.approx((7 / 256) ** 0.25, abs=1e-12)
    assert figures.impossible == 1


def test_somebody_who_could_be_selected_but_is_not() -> None:
    figures = selection_probability(people(0.0, 1.0), impossible=())
    assert figures.geometric_mean == 0.0
    assert figures.impossible == 0


LOTTERY = Lottery(panels=(Panel(members=("A", "B"), weight=3), Panel(members=("A", "C"), weight=1)))


def test_tickets_follow_the_probabilities() -> None:
    tickets = tickets_against({"A": 1.0, "B": 0.7, "C": 0.3, "D": 0.0}, ["D"], LOTTERY)
    assert tickets.count == 4
    assert tickets.lowest == 0.25
    assert tickets.largest_deviation == pytest.approx(0.05, abs=1e-12)
    assert tickets.without == ()


def test_people_without_a_ticket() -> None:
    chances = {"A": 0.9, "B": 0.6, "C": 0.25, "E": 0.05, "D": 0.2, "F": 0.0}
    tickets = tickets_against(chances, ["F"], LOTTERY)
    assert tickets.without == ("D", "E")
    assert tickets.lowest == 0.0
    assert tickets.largest_deviation == pytest.approx(0.2, abs=1e-12)


def test_outcome_of_each_quota() -> None:
    problem = instance(
        ["f x", "m x", "m y"],
        {"sex": {"f": (0, 1), "m": (1, 2)}, "age": {"x": (1, 2), "y": (0, 1), "z": (0, 0)}},
        2,
    )
    chances = {"P1": 0.5, "P2": 0.75, "P3": 0.75}
    outcomes = quota_outcomes(problem, chances, ("P2", "P3"))
    assert [(o.feature, o.value) for o in outcomes] == [
        ("age", "x"),
        ("age", "y"),
        ("age", "z"),
        ("sex", "f"),
        ("sex", "m"),
    ]
    assert outcomes[0] == QuotaOutcome(
        feature="age", value="x", lower=1, upper=2, pool=2, expected=1.25, selected=1
    )
    assert outcomes[2] == QuotaOutcome(
        feature="age", value="z", lower=0, upper=0, pool=0, expected=0.0, selected=0
    )
    assert (outcomes[3].expected, outcomes[3].selected) == (0.5, 0)
    assert (outcomes[4].expected, outcomes[4].selected) == (1.5, 2)
