"""Numbers in cells, and ranges of numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sortition.tables.labels import fold

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
# one thousand in one country, and one in another
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
FROM_TO = re.compile(r"(\d+)-(\d+)")
AND_ABOVE = re.compile(
    r"(\d+)(?: ?\+| (?:og|och|and|or|eller) (?:derover|opefter|over|above|more|mere|ældre|äldre"
    r"|eldre|older|däröver|över))"
)
BELOW = re.compile(r"(?:under|below|<) ?(\d+)")
SHARE = re.compile(r"([-−–]?)\s*([0-9]{1,9})?(?:[.,]([0-9]{1,20}))?\s*(%?)")

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


def read_number(cell: str) -> Decimal | None:
    """The number in a cell such as ``34``, ``34,5`` or ``34 år``; None if it is unclear."""
    folded = fold(cell)
    if NUMBER.fullmatch(folded) and not AMBIGUOUS.fullmatch(folded):
        return Decimal(folded.replace(",", "."))
    return None


def share_of(text: str) -> Fraction | None:
    """A share of 1, or per cent with the sign; None if it is neither."""
    found = SHARE.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        return None
    sign, whole, decimals, percent = found.groups()
    number = Fraction(f"{whole or 0}.{decimals or 0}") / (100 if percent else 1)
    return -number if sign else number
