"""A seed that somebody else's numbers make, in the one spelling that was promised (RFC 3797, 4).

Each promise says how many numbers, from where, in which range and on which day. Of each, the
numbers are sorted, each followed by ``.``, and all of them by ``/``; what several promises give
stands one after the other. So there is one seed for one outcome, and nobody can choose among
spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sortition.audit.canonical import Json
from sortition.audit.draw.rfc3797 import key_of
from sortition.audit.letters import is_blank
from sortition.errors import Finding

KEYS = ["count", "highest", "lowest", "what", "when", "where"]
ASKED = re.compile(r"([1-9]\d{0,2}) from (\d{1,9}) to (\d{1,9}); *([^;]+); *([^;]+); *([^;]+)")
MOST = 999  # numbers of one kind


def is_day(text: str) -> bool:
    """Whether a text is a day as all programs write it, of the years 1000 to 9999."""
    try:
        return date.fromisoformat(text).isoformat() == text and text[0] != "0"
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Numbers that are found out in public on a day.

    Attributes
    ----------
    count, lowest, highest : int
        How many, and between which they lie.
    what, where, when : str
        Whose they are, where they can be read, and the day, as ``2031-12-06``.

    Raises
    ------
    ValueError
        If there are none, or one of these is nothing.
    """

    count: int
    lowest: int
    highest: int
    what: str
    where: str
    when: str

    def __post_init__(self) -> None:
        if not (1 <= self.count <= MOST and 0 <= self.lowest < self.highest <= 10**9):
            raise ValueError("there are no such numbers")
        if is_blank(self.what) or is_blank(self.where):
            raise ValueError("numbers are somebody's, and found somewhere")
        if not is_day(self.when):
            raise ValueError("a day is written year-month-day")

    def document(self) -> Json:
        """What stands in a commitment."""
        return dict(sorted(asdict(self).items()))


def numbers_of(document: Any) -> tuple[Numbers, ...] | None:
    """The promises in a commitment; None if they make no sense."""
    try:
        numbers = tuple(Numbers(**one) for one in document if list(one) == KEYS)
    except (AttributeError, TypeError, ValueError):
        return None
    exact = all(type(one.count) is type(one.lowest) is type(one.highest) is int for one in numbers)
    return numbers if exact and 0 < len(numbers) == len(document) else None


def numbers_asked(text: str) -> Numbers | None:
    """A promise as it is typed: ``7 from 1 to 36; Lotto; danskespil.dk; 2031-12-06``."""
    match = ASKED.fullmatch(text.strip())
    if match is None:
        return None
    count, lowest, highest, what, where, when = (part.strip() for part in match.groups())
    try:
        return Numbers(
            count=int(count),
            lowest=int(lowest),
            highest=int(highest),
            what=what,
            where=where,
            when=when,
        )
    except ValueError:
        return None


def spelling_faults(promised: Sequence[Numbers], seed: str) -> Iterator[Finding]:
    """Why a seed is not the numbers that were promised, in their one spelling."""
    parts = seed.split("/")
    example = key_of([[one.lowest] * one.count for one in promised])
    facts: Mapping[str, str | int] = {"example": example}
    if parts.pop() or len(parts) != len(promised):
        yield Finding(code="seed-format", value=seed, facts=facts)
        return
    for one, part in zip(promised, parts, strict=True):
        digits = part.removesuffix(".").split(".")
        if not all(d.isascii() and d.isdigit() and len(d) < 10 for d in digits):
            yield Finding(code="seed-format", value=seed, facts=facts)
            return
        found = [int(d) for d in digits]
        within = all(one.lowest <= number <= one.highest for number in found)
        if len(found) != one.count or not within or key_of([found]) != f"{part}/":
            yield Finding(code="seed-format", value=seed, facts=facts)
            return
