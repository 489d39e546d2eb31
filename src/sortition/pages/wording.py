"""Sentences and numbers as one language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from math import ceil, floor, log10
from typing import Any

from sortition.errors import Finding
from sortition.model import COMBINATION, Language, ObjectiveName
from sortition.texts import Sentence, say

SOLVER_DUST = 1e-9
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST_SHOWN = 0.0001


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The catalogue of one language, and its way with numbers.

    Attributes
    ----------
    language : str
    texts : mapping of str to str
        Texts with ``{fields}``, by dotted key.
    """

    language: Language
    texts: Mapping[str, str]

    def text(self, key: str, **facts: object) -> str:
        """The text for a key with its fields filled in.

        Raises
        ------
        KeyError
            If the catalogue lacks the key, or the facts lack a field.
        """
        return self.texts[key].format(**facts)

    def said(self, findings: Iterable[Finding]) -> tuple[Sentence, ...]:
        """Findings in words: in this language, or in English where it has none for them."""
        return tuple(say(finding, self.language) for finding in findings)

    def feature(self, name: str) -> str:
        """A feature as people read it: its own name, or the word for a combination of several."""
        return self.text("nouns.combination") if name == COMBINATION else name

    def count(self, noun: str, n: int) -> str:
        """A number with its noun, as in "1 person" and "36 people"."""
        form = "one" if n == 1 else "other"
        return self.text(f"nouns.{noun}_{form}", n=self.large(n))

    def integer(self, n: int) -> str:
        """A whole number with its thousands set apart."""
        return self._localise(f"{n:,}")

    def large(self, n: int) -> str:
        """A whole number of any size; beyond 15 digits as a power of ten."""
        if n < 10**15:
            return self.integer(n)
        mantissa, exponent = f"{Decimal(n):.2E}".split("E+")
        raised = exponent.translate(SUPERSCRIPT)
        return self.text("numbers.power", mantissa=self._localise(mantissa), exponent=raised)

    def decimal(self, x: float, digits: int = 2) -> str:
        """A number with this many decimals; a positive one never reads as nought."""
        smallest = 10.0**-digits
        if 0 < x < smallest / 2:
            return "< " + self._localise(f"{smallest:.{digits}f}")
        return self._localise(f"{x:,.{digits}f}")

    def percent(self, p: float) -> str:
        """A probability as per cent, with three significant digits.

        A positive one never reads as 0 %, and one that leaves room for chance never as 100 %.
        """
        hundredths = 100 * p
        if p <= 0 or p >= 1 - SOLVER_DUST:
            number = "0" if p <= 0 else "100"
        elif hundredths < SMALLEST_SHOWN:
            number = "< " + self._localise(f"{SMALLEST_SHOWN:.4f}")
        elif hundredths >= 99.95:
            number = "> " + self._localise("99.9")
        else:
            number = self._localise(f"{hundredths:.{2 - floor(log10(hundredths))}f}")
        return self.text("numbers.percent", number=number)

    def axis_percent(self, p: float, step: float) -> str:
        """A mark on an axis as per cent, with the decimals that the step needs."""
        digits = max(0, -floor(log10(100 * step) + SOLVER_DUST))
        return self.text("numbers.percent", number=self._localise(f"{100 * p:.{digits}f}"))

    def chance(self, p: float) -> str:
        """A probability as per cent and, where that helps, as 1 in so many."""
        odds = self._odds(p)
        percent = self.percent(p)
        return self.text("numbers.chance", percent=percent, odds=odds) if odds else percent

    def points(self, difference: float) -> str:
        """A difference of probabilities in percentage points, rounded up."""
        return self.text("numbers.points", n=self.at_most(100 * difference))

    def at_most(self, x: float) -> str:
        """A number with two significant digits, rounded up: "at most" stays true."""
        if x <= 0:
            return "0"
        if x <= SMALLEST_SHOWN:
            return self._localise(f"{SMALLEST_SHOWN:.4f}")
        digits = max(0, 1 - floor(log10(x)))
        scale = 10.0**digits
        return self._localise(f"{ceil(x * scale - SOLVER_DUST) / scale:.{digits}f}")

    def setting(self, x: float) -> str:
        """A number that somebody chose, with the decimals that it was given."""
        return self._localise(f"{x:,.15g}")

    def _odds(self, p: float) -> str:
        if p <= SMALLEST_SHOWN / 100:
            return ""
        exact = 1 / p
        n = round(exact)
        if n >= 2 and abs(exact - n) < SOLVER_DUST * n:
            return self.text("numbers.one_in", n=self.integer(n))
        if n < 5:  # "about 1 in 2" would say too little
            return ""
        rounded = round(n, min(0, 2 - len(str(n))))
        return self.text("numbers.about_one_in", n=self.integer(rounded))

    def _localise(self, number: str) -> str:
        group, point = self.texts["numbers.group"], self.texts["numbers.decimal"]
        return number.translate({ord(","): group, ord("."): point})


@cache
def wording(language: Language, page: str = "report") -> Wording:
    """The wording of a page in a language, read from its catalogue.

    The report's own words, numbers and nouns among them, are there for every page.
    """
    texts: dict[str, str] = {}
    for name in dict.fromkeys(("report", page)):
        catalogue = resources.files("sortition").joinpath("texts", f"{name}.{language}.toml")
        texts.update(_flat(tomllib.loads(catalogue.read_text(encoding="utf-8"))))
    return Wording(language=language, texts=texts)


def sameness(language: Language, *, objective: ObjectiveName, complete: bool) -> dict[str, str]:
    """What is the same ``everywhere``, and what only ``with_these_versions``.

    Parameters
    ----------
    language : {"en", "da"}
    objective : ObjectiveName
    complete : bool
        Whether the optimum was reached.
    """
    words = wording(language, "sameness")
    everywhere = "everywhere" if complete else "everywhere_unfinished"
    # as far as chances were apart in what benchmarks/sameness.py measured
    close = "10⁻⁹" if objective == "leximin" else "10⁻⁸"
    return {
        "everywhere": words.text(f"same.{everywhere}", close=close),
        "with_these_versions": words.text("same.with_these_versions"),
    }


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in table.items():
        if isinstance(entry, str):
            yield prefix + name, entry
        else:
            yield from _flat(entry, f"{prefix}{name}.")
