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

from sortition.tables.dates import whole_years

PSEUDONYM_DIGITS = 16  # hexadecimal
REPLACEMENT_DAYS = 60

_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"
_GAP = r"[\s._,/|‐‑‒–—−-]"
# Five digits of birth are six, the first of which was a zero that a number cell has lost.
SHORT = rf"[1-9]{_MONTH}[0-9]{{2}}-?[0-9]{{4}}"
# Ten digits that begin like a date, however they are parted; or with the whole year.
LONG = (
    rf"{_DAY}{_GAP}{{0,3}}{_MONTH}{_GAP}{{0,3}}[0-9]{{2}}{_GAP}{{0,3}}[0-9]{{4}}"
    rf"|{_DAY}{_GAP}{{0,3}}{_MONTH}{_GAP}{{0,3}}(?:18|19|20)[0-9]{{2}}[ -]?[0-9]{{4}}"
    rf"|(?:{_DAY}{_MONTH}|{_DAY}{_GAP}{_MONTH}{_GAP})[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}"
    # without the zeros of the day and the month
    rf"|(?:{_DAY}|[1-9]){_GAP}(?:{_MONTH}|[1-9]){_GAP}(?:18|19|20)?[0-9]{{2}}[ -]?[0-9]{{4}}"
)
YEAR_FIRST = rf"(?:18|19|20)([0-9]{{2}}){_GAP}?({_MONTH}){_GAP}?({_DAY})-([0-9]{{4}})"
# Most digits are those of an address: to see first whether enough of them follow is far quicker.
FEWEST = 8  # digits
_ENOUGH = rf"(?=[0-9](?:{_GAP}{{0,3}}[0-9]){{{FEWEST - 1}}})"
IN_TEXT = re.compile(rf"(?<![0-9]){_ENOUGH}(?:{LONG}|{SHORT}|{YEAR_FIRST})(?![0-9])")
MASK = "(CPR)"


def read_cpr(text: str) -> str | None:
    """The ten digits of a CPR number, with the leading zero that it may have lost.

    None if the text is not of that form, or no date can be in it.
    """
    if IN_TEXT.fullmatch(text) is None:
        return None
    digits = ten_digits(text)
    return digits if birth_date(digits) else None


def is_sure(found: re.Match[str]) -> bool:
    """Whether what `IN_TEXT` finds is taken for a number by whoever does not know the numbers.

    Nine digits need a dash, or a cell of their own. Ten digits that begin like a date are taken for
    a number, although some are not: a number that gets out cannot be called back.
    """
    return len(found[0]) > 9 or found[0] == found.string


def masked(text: str) -> str:
    """A text in which nobody can read a CPR number."""
    return IN_TEXT.sub(lambda found: MASK if is_sure(found) else found[0], text)


def ten_digits(written: str) -> str:
    """The digits of what `IN_TEXT` finds, whether or not there is such a date."""
    plain = written[:6] + written[7:] if len(written) == 11 else written
    if len(plain) == 10 and plain.isdigit():  # as nearly all of them are written
        return plain
    if (found := IN_TEXT.fullmatch(written)) and found[3]:
        year, month, day, number = found.groups()
        return f"{day}{month}{year}{number}"
    first, *others = re.findall("[0-9]+", written)
    if len(first) == 1:
        first = f"0{first}"
    if len(first) == 2:
        others[0] = others[0].zfill(2)
    digits = "".join((first, *others)).zfill(10)
    return digits[:4] + digits[-6:]  # without the century


def birth_date(digits: str) -> datetime.date | None:
    """The date of birth in ten digits; None if there is no such date."""
    return _born(digits[:7])


@lru_cache(maxsize=100_000)  # a pool has many people of one day
def _born(first_seven: str) -> datetime.date | None:
    day = int(first_seven[:2])
    if day > REPLACEMENT_DAYS:
        first_seven = f"{day - REPLACEMENT_DAYS:02d}{first_seven[2:]}"
    from stdnum.dk import cpr  # noqa: PLC0415 - slow to import, and not always needed
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        born: datetime.date = cpr.get_birth_date(f"{first_seven}000")
    except ValidationError:
        return None
    return born


def age(digits: str, day: datetime.date) -> int | None:
    """Whole years on a day; None for somebody who was not born by then."""
    born = birth_date(digits)
    return None if born is None or born > day else whole_years(born, day)


def is_male(digits: str) -> bool:
    """Whether the person is registered as a man; the register knows men and women."""
    return int(digits[-1]) % 2 == 1


def pseudonym(key: bytes, digits: str) -> str:
    """What stands for a number; nobody can try the numbers out who does not have the key."""
    return hmac.new(key, f"cpr|{digits}".encode(), sha256).hexdigest()[:PSEUDONYM_DIGITS]
