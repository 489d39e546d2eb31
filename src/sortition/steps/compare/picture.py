"""Where the lines of the rules go in one picture, in SVG units; the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sortition.pages.axes import RIGHT, TOP, Axes
from sortition.selection.compared import RuleName, RuleOutcome

BOTTOM = 430
LABEL_LEFT, LABEL_HEIGHT = RIGHT + 36, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """The chances that one rule gives, from the lowest to the highest.

    Attributes
    ----------
    rule : str
    path : str
        SVG path: the steps, and on to the label.
    label_x, label_y : float
        The middle of the left end of the label.
    """

    rule: RuleName
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The lines of all rules on the same axes; `mean` is the height of equal chances."""

    axes: Axes
    lines: tuple[RuleLine, ...]
    mean: float


def curves(rules: Sequence[RuleOutcome], *, mean: float) -> Curves:
    """Draw the chances that some rules give the same people.

    Parameters
    ----------
    rules : sequence of RuleOutcome
        At least one; each has somebody with a chance.
    mean : float
        What everybody would have if all had the same.
    """
    levels = [[min(p, 1.0) for p in outcome.probabilities] for outcome in rules]
    axes = Axes.around(len(levels[0]), max(ascending[-1] for ascending in levels), bottom=BOTTOM)
    ends = [axes.y(ascending[-1]) for ascending in levels]
    lines = tuple(
        RuleLine(
            rule=outcome.rule,
            path=f"{axes.steps(ascending)} L{LABEL_LEFT - 4} {height}",
            label_x=LABEL_LEFT,
            label_y=height,
        )
        for outcome, ascending, height in zip(rules, levels, spread(ends), strict=True)
    )
    return Curves(axes=axes, lines=lines, mean=axes.y(mean))


def spread(heights: Sequence[float]) -> list[float]:
    """Move labels apart until none covers another, in their order and within the frame.

    The frame has room for 26.
    """
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = list(heights)
    lowest_free = float(TOP)
    for n in order:
        placed[n] = max(placed[n], lowest_free)
        lowest_free = placed[n] + LABEL_HEIGHT
    highest_free = float(BOTTOM)
    for n in reversed(order):
        placed[n] = min(placed[n], highest_free)
        highest_free = placed[n] - LABEL_HEIGHT
    return [round(height, 1) for height in placed]
