"""Numbers in cells, and ranges of numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sortition.tables.labels import fold

SIGNS = "-−–"
MOST_DIGITS = 100  # of a figure; no figure of people or shares has more
FIGURE = f"[0-9]{{1,{MOST_DIGITS}}}"
ONE_WAY = re.compile(rf"([{SIGNS}]?)\s*((?:{FIGURE})?)(?:([.,])({FIGURE}))?\s*(%?)")
# a gap, or the sign that is not for decimals, before every three digits
GAP = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3})")
THOUSANDS = {"danish": (".", ","), "english": (",", ".")}  # and the sign for decimals
WHOLE = rf"(\d{{1,{MOST_DIGITS}}})"
OF_YEARS = "(?: ?(?:år|years?))?"
FROM_TO = re.compile(f"(?:(?:fra|från|from) )?{WHOLE}{OF_YEARS}(?:-| (?:til|to|till) ){WHOLE}")
AND_ABOVE = re.compile(
    rf"{WHOLE}{OF_YEARS}(?: ?\+| (?:og|och|and|or|eller) "
    r"(?:derover|opefter|over|above|more|mere|ældre|äldre|eldre|older|däröver|över))"
)
BELOW = re.compile(f"(?:under|below|<) ?{WHOLE}")

ZEROS = {"", "0", "00"}
OLDEST = 120  # years
FIRST_YEAR, LAST_YEAR = 1850, 2100  # in which somebody was born


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The numbers that a label such as ``16-29`` or ``60+`` stands for.

    Attributes
    ----------
    label : str
        As it is written.
    lower, upper : int or None
        Both are in the range; None: it has no end on this side.
    """

    label: str
    lower: int | None
    upper: int | None

    def holds(self, number: Decimal) -> bool:
        """Whether a number is in the range."""
        above = self.lower is None or number >= self.lower
        return above and (self.upper is None or number <= self.upper)


def read_range(label: str) -> Range | None:
    """The range that a label stands for; None if it is none, or ends before it begins."""
    folded = fold(label)
    if found := FROM_TO.fullmatch(folded):
        lower, upper = int(found[1]), int(found[2])
        return Range(label=label, lower=lower, upper=upper) if lower <= upper else None
    if found := AND_ABOVE.fullmatch(folded):
        return Range(label=label, lower=int(found[1]), upper=None)
    if found := BELOW.fullmatch(folded):
        return Range(label=label, lower=None, upper=int(found[1]) - 1)
    return None


def perhaps_years(numbers: Collection[Decimal], ranges: Collection[Range]) -> bool:
    """Whether all numbers look like years of birth, and the ranges like those of ages."""
    highest = max((made.lower or made.upper or 0 for made in ranges), default=0)
    years = all(FIRST_YEAR <= number <= LAST_YEAR for number in numbers)
    return bool(numbers) and highest <= OLDEST and years


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A number as it is written, without a sign for thousands.

    Attributes
    ----------
    negative : bool
    whole, decimals : str
        Digits before and after the sign for decimals; one of them may be empty.
    percent : bool
        Whether the sign for per cent stands behind.
    """

    negative: bool
    whole: str
    decimals: str
    percent: bool

    @property
    def value(self) -> Fraction:
        """The number that stands there, of per cent too."""
        number = Fraction(f"{self.whole or 0}.{self.decimals or 0}")
        return -number if self.negative else number

    @property
    def people(self) -> int | None:
        """How many people that may be: a whole number that no spreadsheet or country would doubt.

        None if it is negative or broken, or has three zeros that would be thousands to some.
        """
        broken = self.negative or self.percent or not self.whole or self.decimals not in ZEROS
        return None if broken else int(self.whole)

    @property
    def perhaps_thousands(self) -> bool:
        """Whether the decimals may be thousands: one thousand in one country, one in another."""
        return len(self.decimals) == 3 and len(self.whole) <= 3 and self.whole[:1] not in {"", "0"}


def read_written(text: str) -> Written | None:
    """The number in a text such as ``34``, ``34,5``, ``.5`` or ``51.5 %``; None if it is none."""
    found = ONE_WAY.fullmatch(text)
    if found is None or not (found[2] or found[4]):
        return None
    return Written(
        negative=bool(found[1]),
        whole=found[2],
        decimals=found[4] or "",
        percent=bool(found[5]),
    )


def read_number(cell: str) -> Decimal | None:
    """The number in a cell such as ``34``, ``34,5`` or ``34 år``; None if it is unclear."""
    found = read_written(fold(cell))
    if found is None or not found.whole or found.percent or found.perhaps_thousands:
        return None
    return Decimal(f"{'-' * found.negative}{found.whole}.{found.decimals or 0}")


def in_digits(number: Fraction) -> str:
    """A number of finitely many decimals, without final zeros."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{(Decimal(number.numerator) / number.denominator).normalize():f}"


def number_text(value: float, *, percent: bool = False, digits: int = 0) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and the zeros or % that it shows."""
    if percent:
        return f"{value * 100:.15g}%"
    text = f"{value:.15g}"
    return text.zfill(digits) if text.isdigit() else text


def share_of(text: str) -> Fraction | None:
    """A share of 1, or per cent with the sign; None if it is neither."""
    found = read_written(text.strip())
    if found is None or len(found.whole) > 9 or len(found.decimals) > 20:
        return None
    return found.value / (100 if found.percent else 1)


def with_thousands(text: str) -> dict[str, Fraction]:
    """A number that may have signs for thousands, in each of the ways that it can be read.

    The ways are ``danish``, in which ``1.234,5`` is well over a thousand, and ``english``, in
    which ``1,234.5`` is; gaps are for thousands in both.
    """
    closed = GAP.sub("", text)
    ways: dict[str, Fraction] = {}
    if len(closed) > 2 * MOST_DIGITS:
        return ways
    for name, (thousands, decimal) in THOUSANDS.items():
        grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+"
        if re.fullmatch(rf"(?:{grouped})(?:{re.escape(decimal)}[0-9]+)?", closed):
            ways[name] = Fraction(closed.replace(thousands, "").replace(decimal, "."))
    return ways
