"""Swedish personal numbers, which begin with the year and can look like CPR numbers.

A number is YYMMDD-SSSC; C is a check digit. Since the year she turned 100, somebody has a ``+`` for
the dash; the whole year may stand first, too. The day of a coordination number is 60 higher. What
begins with 01 to 31, or with 61 to 91 as Danish replacement numbers do, can be a number of either
country. Which it is is told by the other numbers of its column.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from sortition.tables.cpr.numbers import REPLACEMENT_DAYS, birth_date, read_cpr
from sortition.tables.labels import squeeze
from sortition.tables.numbers import LAST_YEAR

Whose = Literal["danish", "swedish", "either"]
NUMBER = re.compile(r"(18|19|20)?([0-9]{2})-?([0-9]{2})-?([0-9]{2}) ?([-+–]?) ?([0-9]{4})")
COORDINATED = 60  # higher, for people who were never registered
CENTURY = 100
FEW = 0.05
GROWN = 16  # years, from which on somebody answers for herself
ANY = datetime.date(2099, 12, 31)  # a day, where only the form of a number counts


def swedish_births(text: str, day: datetime.date) -> tuple[datetime.date, ...]:
    """The birth in a Swedish number, whose century follows from a day; nothing if it is none.

    Two births of somebody who would be a child, and may be a hundred years older without a ``+``.
    """
    found = NUMBER.fullmatch(text)
    if found is None or not _is_checked(_ten(found)):
        return ()
    born = _born(found, day, coordinated=True)
    if born is None:
        return ()
    if found[1] or found[5] == "+" or day.year - born.year >= GROWN:
        return (born,)
    try:
        return (born.replace(year=born.year - CENTURY), born)
    except ValueError:  # there was no such day
        return (born,)


def is_whole(text: str) -> bool:
    """Whether a number has the whole year first, as no Danish one has."""
    found = NUMBER.fullmatch(text)
    return bool(found and found[1])


def number_key(text: str, whose: Whose) -> str | None:
    """Ten digits that are the same however somebody writes her number; None if it is none."""
    found = NUMBER.fullmatch(text) if whose != "danish" or is_whole(text) else None
    if found and (found[1] or whose == "swedish" or _is_checked(_ten(found))):
        return _ten(found)
    return read_cpr(text)


def births(text: str, whose: Whose, day: datetime.date) -> tuple[datetime.date, ...]:
    """Each birth that can be meant by a number of a column.

    Where the column does not tell whose its numbers are, a replacement number can be a Swedish one
    that was mistyped; an ordinary one cannot be without its check digit.
    """
    swedish = () if whose == "danish" and not is_whole(text) else swedish_births(text, day)
    digits = None if whose == "swedish" or is_whole(text) else read_cpr(text)
    if digits is None:
        return swedish
    perhaps: set[datetime.date | None] = set(swedish)
    if whose == "either" and not swedish and int(digits[:2]) > REPLACEMENT_DAYS:
        written = NUMBER.fullmatch(text)
        perhaps = {_born(written, day, coordinated=False)} if written else set()
    return tuple(sorted(filter(None, {birth_date(digits), *perhaps})))


def whose_numbers(header: str, cells: Iterable[str]) -> Whose:
    """Whose the numbers of a column are: by its name, or by those that only one country has.

    A few of many that are the other country's are mistyped, or replacement numbers.
    """
    if "cpr" in squeeze(header):
        return "danish"
    told = Counter(map(_country, cells))
    if told["swedish"] <= FEW * told["danish"] > 0:
        return "danish"
    return "swedish" if told["danish"] <= FEW * told["swedish"] > 0 else "either"


def _country(cell: str) -> str:
    """The one country that has a number; empty if both can have it, or none."""
    found = NUMBER.fullmatch(cell)
    digits = read_cpr(cell)
    if digits is None and found is None:
        return ""
    born = _born(found, ANY, coordinated=False) if found else None
    ordinary = digits is not None and int(digits[:2]) <= REPLACEMENT_DAYS and not is_whole(cell)
    if ordinary:
        return "" if born else "danish"
    sure = digits is None or swedish_births(cell, ANY)
    return "swedish" if born and sure else ""


def _ten(found: re.Match[str]) -> str:
    return "".join(found.group(2, 3, 4, 6))


def _is_checked(ten: str) -> bool:
    from stdnum import luhn  # noqa: PLC0415 - slow to import, and not always needed

    return bool(luhn.is_valid(ten))


def _born(found: re.Match[str], day: datetime.date, *, coordinated: bool) -> datetime.date | None:
    century, year, month, born, sign, _ = found.groups()
    date = int(born) - COORDINATED if coordinated and int(born) > COORDINATED else int(born)
    if century:
        whole = int(century + year)
    else:
        latest = day.year - (day.year - int(year)) % CENTURY
        whole = latest - CENTURY if sign == "+" else latest
    try:
        return datetime.date(whole, int(month), date) if whole <= LAST_YEAR else None
    except ValueError:
        return None
