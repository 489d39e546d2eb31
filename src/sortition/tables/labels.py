"""When two labels mean the same, although they are not written alike.

For matching only: what is written out is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

DASHES = re.compile(r" ?[‐‑‒–—―−-] ?")
OPEN = re.compile(r"(?<=\d) \+")
YEARS = re.compile(r"(?<=[ \d+])(?:år|years)$")
MONTH = r"(?:jan|feb|mar|mär|apr|maj|may|mai|jun|jul|aug|sep|okt|oct|nov|dec|dez|des)[a-z]*\.?"
DATE = re.compile(
    rf"\d{{1,2}}[-./ ]{{1,2}}{MONTH}(?:[-./ ]{{1,2}}\d{{2,4}})?"
    rf"|{MONTH}[-./ ]{{1,2}}\d{{2,4}}"
    r"|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}"
    r"|\d{4}-\d{2}-\d{2}(?: 00:00(?::00)?)?"
)


def nfc(text: str) -> str:
    """The same letters, each in its one composed form."""
    return text if text.isascii() else normalize("NFC", text)


def squeeze(text: str) -> str:
    """A text without regard to letter case, outer white space and the length of inner gaps."""
    return nfc(" ".join(nfc(text).casefold().split()))


def fold(text: str) -> str:
    """A label for matching: ``16–25 år``, ``16 - 25`` and ``16-25`` all give ``16-25``.

    Letter case, white space, the kind of dash, spaces around it, a space between a number and a
    plus sign, and a final ``år`` or ``years`` make no difference.
    """
    return YEARS.sub("", OPEN.sub("+", DASHES.sub("-", squeeze(text)))).strip()


def alike(labels: Iterable[str], label: str) -> list[str]:
    """Those of some labels that mean the same as one, in their order."""
    folded = fold(label)
    return [one for one in labels if fold(one) == folded]


def looks_like_date(text: str) -> bool:
    """Whether a cell reads like what a spreadsheet makes of ``5-10``: a day and a month."""
    return DATE.fullmatch(squeeze(text)) is not None


def listed(labels: Iterable[str]) -> str:
    """Labels one after the other, each in quotation marks, for the facts of a finding."""
    return ", ".join(f"“{label}”" for label in labels)
