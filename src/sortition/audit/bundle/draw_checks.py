"""What a draw from a published lottery claims: the promised source, its ticket and its panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sortition.audit.bundle.checks import ONCE, day_before
from sortition.audit.draw.sources import Outcome, Source, time_of
from sortition.audit.log.events import TIME, Event
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import DRAW
from sortition.errors import Finding


def check_outcome(
    outcome: Outcome | None, events: Sequence[Event], source: Source, tickets: int
) -> Iterator[Finding]:
    """The source is the one that was promised, is what it should be, and came in time."""
    if outcome is None:
        yield Finding(code="verify-source-form", file=DRAW)
    else:
        for finding in outcome.faults(source, tickets):
            yield Finding(code=finding.code, file=DRAW, value=finding.value, facts=finding.facts)
        for one in source.numbers:
            if not _on_time(one.when, events):
                when = {"when": one.when}
                yield Finding(code="verify-numbers-time", file=DRAW, value=one.what, facts=when)
        round_ = outcome.source.round
        if round_ is not None and not _in_time(round_, events):
            time = {"time": f"{time_of(round_):%Y-%m-%d %H:%M:%S}"}
            yield Finding(code="verify-beacon-time", file=DRAW, value=str(round_), facts=time)


def check_draw(
    draw: Any, outcome: Outcome, lottery: PublishedLottery, announced: str
) -> Iterator[Finding]:
    """The source draws the ticket that is stated, and that is a ticket of the panel stated."""
    count = lottery.ticket_count
    if draw["commitment"] != announced:
        facts = {"place": "commitment", "needed": announced}
        yield Finding(code="verify-commitment", file=DRAW, value=draw["commitment"], facts=facts)
    if count < 1 or any(outcome.faults(None, count)):
        yield Finding(code="verify-source-form", file=DRAW)
        return
    ticket = outcome.ticket(count, lottery.digest)
    if ticket != draw["ticket"]:
        drawn = {"drawn": ticket}
        yield Finding(code="verify-ticket", file=DRAW, value=str(draw["ticket"]), facts=drawn)
    if list(lottery.panel_of(ticket).members) != draw["panel"]:
        yield Finding(code="verify-drawn-panel", file=DRAW, facts={"ticket": ticket})


def _in_time(round_: int, events: Sequence[Event]) -> bool:
    """Whether a round was published after the lottery was, and before it was drawn."""
    times = {event.name: event.time for event in events if event.name in ONCE}
    return times.get("published", "") < f"{time_of(round_):{TIME}}" <= times.get("drawn", "9")


def _on_time(day: str, events: Sequence[Event]) -> bool:
    """Whether a day was not over when the lottery was published, and had come when it was drawn."""
    times = {event.name: event.time[:10] for event in events if event.name in ONCE}
    return times.get("published", "") <= day and day_before(day) <= times.get("drawn", "9")
