from __future__ import annotations

from itertools import pairwise

import pytest

from sortition.pages.axes import TOP
from sortition.steps.compare.picture import BOTTOM, LABEL_HEIGHT, curves, spread

from .compared import exact


def test_lines_are_to_scale_and_run_on_to_their_labels() -> None:
    comparison = exact()
    drawn = curves(comparison.rules, mean=1 / 3)
    lines = {line.rule: line for line in drawn.lines}
    assert [line.rule for line in drawn.lines] == [outcome.rule for outcome in comparison.rules]
    assert drawn.axes.top == pytest.approx(1)
    # 0 for one person, 1/3 for six, 1/2 for two, on a scale of nine people and 402 units
    assert lines["minimax"].path.startswith("M64 430.0 H115.8 V296.0 H426.4 V229.0 H530 L562 ")
    assert drawn.mean == 296


def test_labels_keep_their_order_and_do_not_touch() -> None:
    drawn = curves(exact().rules, mean=1 / 3)
    by_height = sorted(drawn.lines, key=lambda line: line.label_y)
    assert [line.rule for line in by_height] == [
        *("legacy", "uniform", "leximin", "maximin", "goldilocks", "nash", "minimax")
    ]
    assert all(b.label_y - a.label_y >= LABEL_HEIGHT for a, b in pairwise(by_height))


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([100.0, 200.0], [100, 200]),
        ([100.0, 100.0, 100.0], [100, 116, 132]),
        ([110.0, 100.0], [116, 100]),
        ([430.0, 429.0, 430.0], [414, 398, 430]),
        ([28.0] * 3, [28, 44, 60]),
    ],
)
def test_labels_move_apart_only_as_far_as_they_must(
    heights: list[float], expected: list[float]
) -> None:
    assert spread(heights) == expected


def test_labels_stay_inside() -> None:
    for height in (TOP, 200.0, BOTTOM):
        placed = sorted(spread([float(height)] * 7))
        assert placed[0] >= TOP
        assert placed[-1] <= BOTTOM
        assert all(b - a >= LABEL_HEIGHT for a, b in pairwise(placed))
