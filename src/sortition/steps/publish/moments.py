"""Days and times as people type them, the day before the month where the year comes last."""

from __future__ import annotations

import re
from datetime import datetime

from sortition.tables.dates import read_date

MOMENT = re.compile(
    r"(\S+?)(?:T|,?\s+(?:kl\.?\s*)?)(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})"
)


def moment_in(text: str) -> datetime | None:
    """The time in a text such as ``2026-12-01T12:00+01:00`` or ``1.12.2026 kl. 12.00 +01:00``.

    None if it is none, or has no zone: then it could be any of a day's rounds.
    """
    found = MOMENT.fullmatch(text.strip())
    day = read_date(found[1]) if found else None
    if found and day:
        text = f"{day}T{found[2]:0>2}:{found[3]}:{found[4] or '00'}{found[5]}"
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo is not None else None


def with_iso_day(promise: str) -> str:
    """A promise of numbers with the day at its end as a commitment has it."""
    before, semicolon, last = promise.rpartition(";")
    day = read_date(last.strip())
    return f"{before}{semicolon} {day}" if day else promise
