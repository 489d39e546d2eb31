"""Days in cells, and how old somebody is on a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection

MIDNIGHT = r"(?:[ T]00[:.]00(?:[:.]00)?)?"  # as spreadsheets put it behind a day
YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})" + MIDNIGHT)
DAY_FIRST = re.compile(r"(\d{1,2})(?:([-./ ]) ?(\d{1,2})\2 ?|/(\d{1,2})[- ])(\d{4})" + MIDNIGHT)
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januar januari january",
            "feb februar februari february",
            "mar marts mars march",
            "apr april",
            "maj mai may",
            "jun juni june",
            "jul juli july",
            "aug august augusti",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec des december desember",
        ),
        start=1,
    )
    for word in words.split()
}
NAMED = re.compile(r"(?:den |d\. ?)?(\d{1,2})\.? ?([a-z]+)\.?,? (\d{4})")
NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def read_date(cell: str) -> datetime.date | None:
    """The day in a cell such as ``1958-11-24``, ``24/11-1958`` or ``24. november 1958``.

    The day goes before the month, as it does in Denmark. None if the cell is no such date, or has
    no century in it.
    """
    if found := YEAR_FIRST.fullmatch(cell):
        year, month, day = found[1], int(found[3]), found[4]
    elif found := DAY_FIRST.fullmatch(cell):
        year, month, day = found[5], int(found[3] or found[4]), found[1]
    elif found := NAMED.fullmatch(cell.casefold()):
        year, month, day = found[3], MONTHS.get(found[2], 0), found[1]
    elif found := NAMED_FIRST.fullmatch(cell.casefold()):
        year, month, day = found[3], MONTHS.get(found[1], 0), found[2]
    else:
        return None
    try:
        return datetime.date(int(year), month, int(day))
    except ValueError:
        return None


def perhaps_births(cells: Collection[str]) -> bool:
    """Whether most of some different cells are days of more than one year.

    Days of one year alone are rather what a spreadsheet has made of entries such as 5-10.
    """
    filled = [cell for cell in cells if cell]
    days = [day for day in map(read_date, filled) if day is not None]
    return 2 * len(days) > len(filled) and len({day.year for day in days}) > 1


def whole_years(born: datetime.date, day: datetime.date) -> int:
    """The age on a day; negative for somebody who was not born by then.

    Somebody born on 29 February has her birthday on 1 March in the years between.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
