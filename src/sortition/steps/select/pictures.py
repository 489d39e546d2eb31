"""Where the marks of the pictures go, in SVG units; the templates draw them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from sortition.model.fairness import QuotaOutcome, ascending
from sortition.pages.axes import BOTTOM, LEFT, RIGHT, Axes

LINE, LONGEST_LABEL = 16, 150  # in the largest type in which a page sets the lowest chance

BAR_LEFT, BAR_RIGHT, NARROWEST_BAND = 6, 154, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Where a label starts, or ends if `anchor` is ``end``."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Selection probabilities from the lowest to the highest.

    Attributes
    ----------
    axes : Axes
    line, area : str
        SVG paths: the steps, and what is under them.
    mean : float
        Height of the line for equal chances.
    level : bool
        Whether all who can be selected have the same chance.
    leader : str
        SVG path from the lowest step up to its label; empty if the label is under the step.
    """

    axes: Axes
    line: str
    area: str
    mean: float
    level: bool
    lowest_label: Label
    leader: str
    highest_label: Label
    mean_label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaBar:
    """One quota on a scale of seats.

    Attributes
    ----------
    start, width : float
        The band from the lower to the upper bound.
    dot : float
        Seats that were filled.
    mark : float
        Seats in proportion to the pool.
    """

    start: float
    width: float
    dot: float
    mark: float


def quota_bar(quota: QuotaOutcome, *, proportional: float, seats: float) -> QuotaBar:
    """Place one quota on a scale from 0 to `seats`; a higher upper bound ends with the scale."""

    def x(value: float) -> float:
        return round(BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * min(value / seats, 1), 1)

    start, end = x(quota.lower), x(quota.upper)
    spare = max(0, NARROWEST_BAND - (end - start))
    return QuotaBar(
        start=round(start - spare / 2, 1),
        width=round(end - start + spare, 1),
        dot=x(quota.selected),
        mark=x(proportional),
    )


def curve(probabilities: Iterable[float], *, mean: float) -> Curve:
    """Draw the probabilities as steps, one a person, or at most 300 that stand for all.

    Parameters
    ----------
    probabilities : iterable of float
        In any order; at least one is positive.
    mean : float
        What everybody would have if all had the same.
    """
    levels = [min(probability, 1) for probability in ascending(probabilities)]
    axes = Axes.around(len(levels), levels[-1])
    x, y = axes.x, axes.y
    impossible = bisect_right(levels, 0)
    start, foot = x(impossible), y(levels[impossible])
    mean_label = _mean_label(y(mean), bisect_right(levels, mean) / len(levels), start)
    ahead = impossible + ceil(len(levels) * LONGEST_LABEL / (RIGHT - LEFT))
    crest = y(levels[min(ahead, len(levels) - 1)])
    lowest_label = _lowest_label(start, foot, crest, y(mean), mean_label)
    line = axes.steps(levels)
    return Curve(
        axes=axes,
        line=line,
        area=f"{line} V{BOTTOM} H{LEFT} Z",
        mean=y(mean),
        level=levels[-1] - levels[impossible] < 1e-9,
        lowest_label=lowest_label,
        leader=f"M{start} {foot} V{lowest_label.y - 4}" if lowest_label.y < foot else "",
        highest_label=Label(x=RIGHT, y=y(levels[-1]) - 6, anchor="end"),
        mean_label=mean_label,
    )


def _mean_label(mean: float, crossing: float, start: float) -> Label:
    """On the emptier side: right under the line if the curve soon passes it, else left above."""
    if crossing < 0.5 and mean + LINE + 4 <= BOTTOM:
        return Label(x=RIGHT - 8, y=mean + LINE, anchor="end")
    x = start if start <= (LEFT + RIGHT) / 2 else LEFT
    return Label(x=x + 8, y=mean - 6, anchor="start")


def _lowest_label(start: float, foot: float, crest: float, mean: float, taken: Label) -> Label:
    """Under its step where there is room; else clear of the curve, the mean and the mean's label.

    Parameters
    ----------
    start, foot : float
        Where the lowest step begins, and its height.
    crest : float
        The height of the curve where the label would end.
    mean : float
        The height of the line for equal chances.
    taken : Label
        The label of that line.
    """
    if start > (LEFT + RIGHT) / 2:
        return Label(x=start - 8, y=min(foot + LINE, BOTTOM - 6), anchor="end")
    if foot + LINE + 4 <= BOTTOM:
        return Label(x=start + 8, y=foot + LINE, anchor="start")
    height = crest - 6
    if height - LINE <= mean:
        height = min(height, mean - 6 if taken.anchor == "end" else taken.y - LINE)
    return Label(x=start + 8, y=height, anchor="start")
