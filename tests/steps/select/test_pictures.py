from __future__ import annotations

import pytest

from sortition.model.fairness import QuotaOutcome
from sortition.steps.select.pictures import curve, quota_bar


def quota(lower: int, upper: int, selected: int) -> QuotaOutcome:
    return QuotaOutcome(
        feature="f", value="v", lower=lower, upper=upper, pool=9, expected=3.0, selected=selected
    )


def test_quota_bar_is_to_scale() -> None:
    bar = quota_bar(quota(2, 4, 3), proportional=2.5, seats=4)
    assert (bar.start, bar.start + bar.width) == (80, 154)
    assert (bar.dot, bar.mark) == (117, 98.5)


def test_upper_bound_beyond_the_panel_ends_with_the_scale() -> None:
    bar = quota_bar(quota(2, 999, 3), proportional=2.5, seats=4)
    assert bar.start + bar.width == 154


def test_equal_bounds_still_show() -> None:
    bar = quota_bar(quota(2, 2, 2), proportional=2.5, seats=4)
    assert (bar.start, bar.width) == (78.5, 3)


def test_curve_is_to_scale_and_merges_equal_steps() -> None:
    drawn = curve([0.5, 0.2, 0.1, 0.2], mean=0.25)
    assert drawn.line == "M64 253.6 H180.5 V197.2 H413.5 V28.0 H530"
    assert drawn.area == f"{drawn.line} V310 H64 Z"
    assert drawn.mean == 169
    assert [tick.value for tick in drawn.axes.people] == [0, 1, 2, 3, 4]
    assert [tick.value for tick in drawn.axes.chances] == pytest.approx(
        [0, 0.1, 0.2, 0.3, 0.4, 0.5]
    )


def test_curve_of_a_large_pool_is_sampled_between_its_true_extremes() -> None:
    probabilities = [0.0001, *(0.001 + n / 1e6 for n in range(99_998)), 0.4]
    drawn = curve(probabilities, mean=0.05)
    assert drawn.line.count("V") == 299
    assert drawn.line.startswith("M64 309.9 ")
    assert drawn.line.endswith("V28.0 H530")


def test_equal_chances_are_one_level() -> None:
    drawn = curve([1 / 3] * 6, mean=1 / 3)
    assert drawn.level
    assert drawn.line == "M64 75.0 H530"


def test_solver_dust_above_one_does_not_stretch_the_axis() -> None:
    drawn = curve([0.5, 1.0000001], mean=0.75)
    assert drawn.axes.chances[-1].value == pytest.approx(1)


@pytest.mark.parametrize(
    "probabilities",
    [
        [0.03] * 90 + [0.04] * 130 + [0.1] * 50 + [0.3] * 10,
        [0.0] * 14 + [0.0005] * 6 + [0.04] * 30 + [0.12] * 60 + [0.3] * 20 + [1.0] * 10,
        [0.0] * 2000 + [0.0001 + (n / 1000) ** 3 / 200 for n in range(1000)],
        [0.01] * 10 + [0.075] * 400 + [0.08] * 90,
        [0.001] * 990 + [1.0] * 10,
        [0.2, 0.21, 0.22],
    ],
)
def test_labels_stay_apart_and_inside(probabilities: list[float]) -> None:
    drawn = curve(probabilities, mean=sum(probabilities) / len(probabilities))
    labels = [drawn.lowest_label, drawn.highest_label, drawn.mean_label]
    spans = [
        (label.x, label.x + 200) if label.anchor == "start" else (label.x - 200, label.x)
        for label in labels
    ]
    for (left, right), label in zip(spans, labels, strict=True):
        assert left >= 64
        assert right <= 530
        assert 12 <= label.y <= 310
    for one in range(3):
        for other in range(one):
            beside = spans[one][1] <= spans[other][0] or spans[other][1] <= spans[one][0]
            assert beside or abs(labels[one].y - labels[other].y) >= 13
