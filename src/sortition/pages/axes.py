"""The frame of a picture of probabilities in ascending order, in SVG units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

MOST_STEPS = 300
LEFT, RIGHT, TOP, BOTTOM = 64, 530, 28, 310


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis: where it is, and what it stands for."""

    at: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """People from left to right, chances upwards.

    Attributes
    ----------
    pool_size : int
    step : float
        The distance of the marks of the chances.
    top : float
        The highest chance that is marked.
    bottom : int
        Where the axis of the people is.
    """

    pool_size: int
    step: float
    top: float
    bottom: int

    @classmethod
    def around(cls, pool_size: int, highest: float, *, bottom: int = BOTTOM) -> Axes:
        """Axes for so many people with chances up to the highest."""
        step = _step(highest)
        top = step * ceil(highest / step - 1e-9)
        return cls(pool_size=pool_size, step=step, top=top, bottom=bottom)

    def x(self, rank: float) -> float:
        """Where a person of this rank begins."""
        return round(LEFT + (RIGHT - LEFT) * rank / self.pool_size, 1)

    def y(self, probability: float) -> float:
        """The height of a chance."""
        return round(self.bottom - (self.bottom - TOP) * probability / self.top, 1)

    @property
    def people(self) -> tuple[Tick, ...]:
        """The marks of the people."""
        step = max(1, round(_step(self.pool_size)))
        return tuple(Tick(at=self.x(n), value=n) for n in range(0, self.pool_size + 1, step))

    @property
    def chances(self) -> tuple[Tick, ...]:
        """The marks of the chances."""
        marks = range(round(self.top / self.step) + 1)
        return tuple(Tick(at=self.y(n * self.step), value=n * self.step) for n in marks)

    def steps(self, levels: Sequence[float]) -> str:
        """The path along ascending chances. The first and the last step are the true extremes."""
        steps = min(len(levels), MOST_STEPS)
        ends = [len(levels) * n // steps for n in range(steps + 1)]
        heights = [self.y(levels[(start + end) // 2]) for start, end in pairwise(ends)]
        heights[0], heights[-1] = self.y(levels[0]), self.y(levels[-1])
        path = [f"M{LEFT} {heights[0]}"]
        for end, (height, following) in zip(ends[1:-1], pairwise(heights), strict=True):
            if following != height:
                path.append(f"H{self.x(end)} V{following}")
        return " ".join([*path, f"H{RIGHT}"])


def _step(highest: float) -> float:
    """The distance of axis marks: 1, 2 or 5 times a power of ten, and five of them suffice."""
    power = 10.0 ** (floor(log10(highest)) - 1)
    enough = highest * (1 - 1e-9)
    return next(power * part for part in (1, 2, 5, 10, 20) if 5 * power * part >= enough)
