"""How old somebody is, from what she wrote: a number, a year, a date or a CPR number.

Two ages come of a year, since nobody knows whether the birthday was before the day that counts, and
two of a number such as 72 where a year of birth was asked for. Whoever reads them decides nothing
if they lie in different bands.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sortition.tables.cpr.swedish import Whose, births
from sortition.tables.dates import MONTHS, read_date, whole_years
from sortition.tables.labels import squeeze
from sortition.tables.numbers import OLDEST

AGE = re.compile(
    r"(?:jeg er |i am |jag är |i'm |alder:? |age:? |ålder:? )?"
    r"(?P<about>(?:ca|cirka|omkring|omtrent|about|approx|approximately|around|ungefär)\.? |~ ?)?"
    r"(?P<age>\d{1,3})(?:[.,]0*|(?P<half> ?½| 1/2))? ?"
    r"(?P<years>(?:år|år gammel|år gammal|years?|years? old|yrs?|åring|-årig|årig)\.?)?"
)
YEAR = re.compile(
    r"(?:(?:jeg er |i was |jag är )?(?:født|fødd|född|born|f)\.? ?(?:i|in|år|den)? ?"
    r"|årgang |årg\.? )?((?:18|19|20)\d{2})(?:[.,]0+)?"
)
SHORT_YEAR = re.compile(r"(?:årgang|årg\.?|født i|født|född|f\.?|born in|born) ?'?(\d{2})|'(\d{2})")
SHORT_DATE = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{2})")
NAMED_SHORT = re.compile(r"(\d{1,2})[-. /]{1,2}([a-zæ]{3,9})[-. /]{1,2}(\d{2})")  # 12-maj-80
SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
FIVE = re.compile(r"[1-9]\d{4}")  # the days of a spreadsheet, or six digits that lost a zero
EIGHT = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
EIGHT_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
ORDERS = (
    *((pattern, (3, 2, 1)) for pattern in (EIGHT, SHORT_DATE, SIX)),
    *((pattern, (1, 2, 3)) for pattern in (EIGHT_YEAR_FIRST, SIX)),
)
TEXT_MARK = re.compile(r"^'(?=\d{3})")  # by which a spreadsheet keeps digits as text
PREFIX = re.compile(r"^(?:jeg er |i was |jag är )?(?:født|fødd|född|born|f\.)(?: den| d\.| on)? ?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old somebody can be by what she wrote.

    Attributes
    ----------
    years : tuple of int
        Each age that it can be; the last is the one reached in the year, for a year of birth.
    kind : str
        ``age``, ``year``, ``date``, ``cpr``; ``short``: a number of two digits that is an age or
        the end of a year; or ``unclear``.
    born : date or None
        If it is known to the day.
    """

    years: tuple[int, ...]
    kind: str
    born: datetime.date | None = None


@lru_cache(maxsize=100_000)  # read for who somebody is, and again for her age
def read_age(
    cell: str, day: datetime.date, *, of_birth: bool, whose: Whose = "either"
) -> Age | None:
    """The age in a cell; None if it says nothing of it.

    Parameters
    ----------
    day : date
        On which the age counts.
    of_birth : bool
        Whether the question was about the birth, so that a small number may be the year.
    whose : {"danish", "swedish", "either"}
        Whose personal numbers stand in the column.
    """
    text = TEXT_MARK.sub("", squeeze(cell))
    read = next(_read(text, day, of_birth=of_birth, whose=whose), None)
    if read is None or not read.years or not all(0 <= age <= OLDEST for age in read.years):
        return None
    return read


def tells_birth(cell: str) -> bool:
    """Whether a cell holds a year or a date of birth, whatever the age is that follows from it."""
    day = datetime.date(2020, 1, 1)
    read = next(_read(squeeze(cell), day, of_birth=False, whose="either"), None)
    return read is not None and read.kind != "age"


def birth_in(cell: str, day: datetime.date, whose: Whose = "either") -> datetime.date | None:
    """The day of birth in a cell, if it is there to the day."""
    read = read_age(cell, day, of_birth=True, whose=whose)
    return read.born if read else None


def _read(text: str, day: datetime.date, *, of_birth: bool, whose: Whose) -> Iterator[Age]:
    born = [date for date in births(text, whose, day) if 0 <= whole_years(date, day) <= OLDEST]
    if len(born) == 1:
        yield _of_date(born[0], day, "cpr")
    elif born:
        yield Age(years=tuple(sorted({whole_years(date, day) for date in born})), kind="unclear")
    dates = _dates(PREFIX.sub("", text), day)
    if of_birth and FIVE.fullmatch(text):
        dates = _dates(f"0{text}", day) + _of_serial(int(text), day)
    if dates:
        of_dates = tuple(sorted({whole_years(date, day) for date in dates}))
        only = dates[0] if len(dates) == 1 else None
        yield Age(years=of_dates, kind="date" if only else "unclear", born=only)
    if found := YEAR.fullmatch(text):
        yield _of_year(int(found[1]), day)
    if found := SHORT_YEAR.fullmatch(text):
        years = _centuries(int(found[1] or found[2]), day)
        if len(years) == 1:
            yield _of_year(years[0], day)
    found = AGE.fullmatch(text)
    if found and (found["years"] or found["half"] or not of_birth):
        age = int(found["age"])
        # whoever writes "about" is a year younger or older just as well
        spread = (age - 1, age, age + 1) if found["about"] else (age,)
        yield Age(years=spread, kind="unclear" if found["about"] else "age")
    elif found and not found["about"]:
        perhaps = [int(found["age"])]
        for year in _centuries(perhaps[0], day) if perhaps[0] < 100 else ():
            perhaps += [day.year - year - 1, day.year - year]
        ages = tuple(age for age in perhaps if age <= OLDEST)
        yield Age(years=ages, kind="short" if len(ages) == 3 else "unclear")


def _of_date(born: datetime.date, day: datetime.date, kind: str) -> Age:
    return Age(years=(whole_years(born, day),), kind=kind, born=born)


def _of_year(year: int, day: datetime.date) -> Age:
    reached = day.year - year
    passed = (day.month, day.day) == (12, 31)
    return Age(years=(reached,) if passed else (reached - 1, reached), kind="year")


def _dates(text: str, day: datetime.date) -> list[datetime.date]:
    """The days that a text can stand for: one, or two if its century is open."""
    whole = read_date(text)
    if whole is not None:
        return [whole]
    if (found := NAMED_SHORT.fullmatch(text)) and (month := MONTHS.get(found[2])):
        return _valid([(year, month, int(found[1])) for year in _centuries(int(found[3]), day)])
    return next(filter(None, (_in_order(text, *order, day) for order in ORDERS)), [])


def _in_order(
    text: str, pattern: re.Pattern[str], places: tuple[int, int, int], day: datetime.date
) -> list[datetime.date]:
    """The days of digits whose year, month and day stand at some places."""
    found = pattern.fullmatch(text)
    if found is None:
        return []
    year, month, born = (found[place] for place in places)
    years = [int(year)] if len(year) == 4 else _centuries(int(year), day)
    return _valid([(one, int(month), int(born)) for one in years])


def _of_serial(days: int, day: datetime.date) -> list[datetime.date]:
    """The day of a number that a spreadsheet shows where a date lost its format."""
    born = datetime.date(1899, 12, 30) + datetime.timedelta(days)
    return [born] if 0 <= day.year - born.year <= OLDEST else []


def _centuries(short: int, day: datetime.date) -> list[int]:
    """The years that end in two digits and in which somebody alive can have been born."""
    years = (century + short for century in (1900, 2000))
    return [year for year in years if 0 <= day.year - year <= OLDEST]


def _valid(parts: list[tuple[int, int, int]]) -> list[datetime.date]:
    days = []
    for year, month, day in parts:
        try:
            days.append(datetime.date(year, month, day))
        except ValueError:
            continue
    return days
