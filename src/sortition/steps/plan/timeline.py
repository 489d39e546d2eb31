"""What an assembly needs by when, counted back from its first meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

# a proposal, as in docs/from_letter_to_panel.md: weeks before the first meeting, and what is done
STEPS: tuple[tuple[int, str], ...] = (
    (20, "decide"),
    (18, "registry"),
    (16, "plan"),
    (15, "invite"),
    (14, "letters"),
    (11, "remind"),
    (9, "close"),
    (8, "check"),
    (7, "publish"),
    (6, "draw"),
    (6, "call"),
    (4, "replace"),
    (2, "tables"),
    (0, "meet"),
)


def timeline(meeting: date) -> Iterator[tuple[date, str]]:
    """The day by which each step is done, and its name."""
    for weeks, step in STEPS:
        yield meeting - timedelta(weeks=weeks), step
