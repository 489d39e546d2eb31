from __future__ import annotations

import pytest

from sortition.core.fairest import fairest_lottery
from sortition.core.objectives import leximin
from sortition.core.progress import Phase, Silent
from sortition.core.types import types_of
from sortition.errors import SolverFailed
from tests.making import triangle


class Clock(Silent):
    """A second goes by whenever a phase begins."""

    def __init__(self) -> None:
        self.now = 0

    def phase(self, phase: Phase) -> None:
        self.now += 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("sortition.core.deadline.monotonic", lambda: clock.now)
    return clock


def test_panels_from_before_a_cut_are_a_lottery_if_the_time_is_up_after_it(clock: Clock) -> None:
    # optimise, decompose, cut, optimise: the time is up before the first step of the second walk
    types = types_of(triangle())
    fair = fairest_lottery(types, leximin, solver="highs", progress=clock, seconds=4)
    assert clock.now == 4
    assert fair is not None
    assert not fair.complete
    assert len(fair.relaxation.cuts) == 1
    assert all(types.is_panel(panel) for panel in fair.decomposition.panels)
    # the panels that the cut was found with are all that are needed
    assert fair.decomposition.counts == pytest.approx(fair.counts)


def test_without_a_panel_there_is_no_lottery_when_the_time_is_up(clock: Clock) -> None:
    with pytest.raises(SolverFailed, match="the time was up"):
        fairest_lottery(types_of(triangle()), leximin, solver="highs", progress=clock, seconds=2)
