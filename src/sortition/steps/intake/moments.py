"""When an answer was given, by the stamp that a program put on it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

STAMP = re.compile(
    r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4}),?"
    r"(?:[ T]+(?:kl\.? ?)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?"
    r"(?:\.\d+)? ?([AaPp])?\.?[Mm]?\.?)?.*"
)


def read_moments(cells: Sequence[str]) -> list[datetime.datetime | None]:
    """The moment in each cell of a column; None where there is none that can be read.

    The day goes before the month, unless a cell of the column has a day there that no month is.
    """
    day_first = [_read(cell, day_first=True) for cell in cells]
    if any(cell and moment is None for cell, moment in zip(cells, day_first, strict=True)):
        month_first = [_read(cell, day_first=False) for cell in cells]
        if sum(map(bool, month_first)) > sum(map(bool, day_first)):
            return month_first
    return day_first


def _read(cell: str, *, day_first: bool) -> datetime.datetime | None:
    found = STAMP.fullmatch(cell)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        year, month, day = (third, second, first) if day_first else (third, first, second)
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7] in "Pp" else 0)
    try:
        return datetime.datetime(year, month, day, hour, int(found[5] or 0), int(found[6] or 0))
    except ValueError:
        return None
