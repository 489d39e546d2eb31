from __future__ import annotations

import re

import pytest

from sortition.pages.axes import BOTTOM, LEFT, RIGHT, TOP
from sortition.steps.plan.outlook import Outlook, Point, wilson
from sortition.steps.plan.picture import chance_curve
from sortition.steps.plan.simulation import PARTS

MET = (0, 1, 9, 15, 19, 20, 20)


def expected(invitations: int) -> Outlook:
    return Outlook(
        trials=20,
        points=tuple(
            Point(part=part, invitations=int(part * invitations), met=wilson(times, 20))
            for part, times in zip(PARTS, MET, strict=True)
        ),
        answers=(1, 2, 3, 4, 5),
        lowest=(),
        short=(),
        together=5,
    )


def test_dots_stand_where_their_figures_are() -> None:
    curve = chance_curve(expected(400))
    first, *_, last = curve.dots
    assert first.x == pytest.approx(LEFT + (RIGHT - LEFT) / 8, abs=0.1)
    assert first.y == BOTTOM
    assert (last.x, last.y) == (RIGHT, TOP)
    (planned,) = [dot for dot in curve.dots if dot.planned]
    assert planned.x == (LEFT + RIGHT) / 2
    assert planned.y == pytest.approx(BOTTOM - (BOTTOM - TOP) * 0.75, abs=0.1)
    assert all(dot.top <= dot.y <= dot.bottom for dot in curve.dots)
    assert curve.axes.chances[-1].value == 1


def test_the_band_goes_there_and_back() -> None:
    curve = chance_curve(expected(400))
    places = re.findall(r"([\d.]+) ([\d.]+)", curve.band)
    assert len(places) == 2 * len(PARTS)
    assert places[0][0] == places[-1][0]
    assert curve.band.endswith(" Z")


def test_nobody_is_invited() -> None:
    curve = chance_curve(expected(0))
    assert {dot.x for dot in curve.dots} == {LEFT}
