"""Where the chance of meeting the quotas goes, against invitations, in SVG units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sortition.pages.axes import BOTTOM, Axes
from sortition.steps.plan.outlook import Outlook, Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One number of invitations that was tried out, with the limits of its chance."""

    x: float
    y: float
    top: float
    bottom: float
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceCurve:
    """The chance that the quotas can be met, from few invitations to many.

    Attributes
    ----------
    axes : Axes
        Invitations from left to right.
    line, band : str
        SVG paths: through the dots, and between their limits.
    dots : tuple of Dot
    """

    axes: Axes
    line: str
    band: str
    dots: tuple[Dot, ...]


def chance_curve(expected: Outlook) -> ChanceCurve:
    """Draw what a plan was tried out with; at least one invitation is among it."""
    most = max(point.invitations for point in expected.points)
    axes = Axes.around(max(most, 1), 1.0, bottom=BOTTOM)
    dots = tuple(_dot(axes, point, expected.planned) for point in expected.points)
    upper = [(dot.x, dot.top) for dot in dots]
    lower = [(dot.x, dot.bottom) for dot in reversed(dots)]
    return ChanceCurve(
        axes=axes,
        line=_path([(dot.x, dot.y) for dot in dots]),
        band=_path([*upper, *lower]) + " Z",
        dots=dots,
    )


def _dot(axes: Axes, point: Point, planned: Point) -> Dot:
    met = point.met
    return Dot(
        x=axes.x(point.invitations),
        y=axes.y(met.probability),
        top=axes.y(met.upper),
        bottom=axes.y(met.lower),
        planned=point is planned,
    )


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in places)
