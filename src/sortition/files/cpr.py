"""CPR numbers, which number everybody in Denmark: what they say, and what stands for them.

A number is DDMMYY-SSSS. The day, month and year are those of birth; the first S gives the century,
and the last is odd for men and even for women, as they are registered. In the replacement numbers
that authorities make for people without one, the day is 60 higher. Modulus 11 is no test: numbers
have been given out without it since 2007.
"""

from __future__ import annotations

import datetime
import hmac
import re
from functools import lru_cache
from hashlib import sha256

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

PSEUDONYM_DIGITS = 16  # hexadecimal
# Five digits of birth are six, the first of which was a zero that a number cell has lost.
FORM = r"([0-9]{5,6})([- ]?)([0-9]{4})"
ALONE = re.compile(FORM)
IN_TEXT = re.compile(rf"(?<![0-9-]){FORM}(?![0-9-])")
REPLACEMENT_DAYS = 60


def read_cpr(text: str) -> str | None:
    """The ten digits of a CPR number, with the leading zero that it may have lost.

    None if the text is not of that form, or no date can be in it.
    """
    found = ALONE.fullmatch(text)
    if found is None:
        return None
    digits = found[1].zfill(6) + found[3]
    return digits if birth_date(digits) else None


def birth_date(digits: str) -> datetime.date | None:
    """The date of birth in ten digits; None if there is no such date."""
    return _born(digits[:7])


@lru_cache(maxsize=100_000)  # a pool has many people of one day
def _born(first_seven: str) -> datetime.date | None:
    day = int(first_seven[:2])
    if day > REPLACEMENT_DAYS:
        first_seven = f"{day - REPLACEMENT_DAYS:02d}{first_seven[2:]}"
    try:
        born: datetime.date = cpr.get_birth_date(f"{first_seven}000")
    except ValidationError:
        return None
    return born


def age(digits: str, day: datetime.date) -> int | None:
    """Whole years on a day; None for somebody who was not born by then.

    Somebody born on 29 February has her birthday on 1 March in the years between.
    """
    born = birth_date(digits)
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_male(digits: str) -> bool:
    """Whether the person is registered as a man; the register knows men and women."""
    return int(digits[-1]) % 2 == 1


def pseudonym(key: bytes, digits: str) -> str:
    """What stands for a number; nobody can try the numbers out who does not have the key."""
    return hmac.new(key, f"cpr|{digits}".encode(), sha256).hexdigest()[:PSEUDONYM_DIGITS]
