"""One picture for each feature: how the groups' shares go from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from sortition.steps.funnel.counts import FeatureTable

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 8, 632, 8, 190
SHADES = 4  # that follow each other again and again, so that neighbours differ in grey too
SMALLEST_LABEL = 0.055  # of the height: a label in a thinner band would not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A group from stage to stage.

    Attributes
    ----------
    value : str
    shade : int
    path : str
        SVG path of its outline.
    label : tuple of float, or None
        Where its name stands; None if it is too thin at the first stage.
    """

    value: str
    shade: int
    path: str
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The bands of a feature, and where its stages are."""

    bands: tuple[Band, ...]
    stages: tuple[tuple[str, float], ...]


def flow(table: FeatureTable) -> Flow | None:
    """The flow of a feature; None if a share is not told, as the bands would tell it."""
    columns = list(zip(*(group.shares for group in table.groups), strict=True))
    if len(table.stages) < 2 or any(share is None for column in columns for share in column):
        return None
    known = [[float(share or 0) for share in column] for column in columns]
    edges = [[0.0, *accumulate(column)] for column in known]
    step = (RIGHT - LEFT) / (len(edges) - 1)
    at = [LEFT + step * number for number in range(len(edges))]
    bands = tuple(
        Band(
            value=group.value,
            shade=number % SHADES,
            path=_outline(at, [(edge[number], edge[number + 1]) for edge in edges]),
            label=_label(edges[0][number], edges[0][number + 1]),
        )
        for number, group in enumerate(table.groups)
    )
    return Flow(bands=bands, stages=tuple(zip(table.stages, at, strict=True)))


def _height(share: float) -> float:
    return round(TOP + (BOTTOM - TOP) * min(share, 1), 1)


def _label(begins: float, ends: float) -> tuple[float, float] | None:
    if ends - begins < SMALLEST_LABEL:
        return None
    return LEFT + 6, round((_height(begins) + _height(ends)) / 2 + 4, 1)


def _outline(at: list[float], spans: list[tuple[float, float]]) -> str:
    """Along the upper edges to the right, and back along the lower ones."""
    upper = [(x, _height(begins)) for x, (begins, _) in zip(at, spans, strict=True)]
    lower = [(x, _height(ends)) for x, (_, ends) in zip(at, spans, strict=True)][::-1]
    return f"M{_point(upper[0])}{_curves(upper)}L{_point(lower[0])}{_curves(lower)}Z"


def _curves(points: list[tuple[float, float]]) -> str:
    parts = []
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = round((x + to_x) / 2, 1)
        parts.append(f"C{middle} {y} {middle} {to_y} {round(to_x, 1)} {to_y}")
    return "".join(parts)


def _point(point: tuple[float, float]) -> str:
    return f"{round(point[0], 1)} {point[1]}"
