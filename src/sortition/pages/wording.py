"""Sentences and numbers as one language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from math import ceil, floor, log10

from sortition.errors import Finding
from sortition.model import COMBINATION, Language, ObjectiveName
from sortition.texts import Sentence, say
from sortition.texts.grouping import FIRST
from sortition.texts.signs import Signs, signs

SOLVER_DUST = 1e-9
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST_SHOWN = 0.0001
SMALLEST_SHARE = 0.0005  # that one decimal of a per cent shows


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

    def each(self, section: str, *names: str) -> list[str]:
        """The texts of some names of a section."""
        return [self.text(f"{section}.{name}") for name in names]

    def said(self, findings: Iterable[Finding]) -> tuple[Sentence, ...]:
        """Findings in words, who was left out first; in English where this language has none."""
        ordered = sorted(findings, key=lambda finding: finding.code not in FIRST)
        return tuple(say(finding, self.language) for finding in ordered)

    def feature(self, name: str) -> str:
        """A feature as people read it: its own name, or the word for a combination of several."""
        return self.text("nouns.combination") if name == COMBINATION else name

    def count(self, noun: str, n: int) -> str:
        """A number with its noun, as in "1 person" and "36 people"."""
        form = "one" if n == 1 else "other"
        return self.text(f"nouns.{noun}_{form}", n=self.large(n))

    def integer(self, n: int) -> str:
        """A whole number with its thousands set apart."""
        return self._signs.count(n)

    def large(self, n: int) -> str:
        """A whole number of any size; beyond 15 digits as a power of ten."""
        if n < 10**15:
            return self.integer(n)
        mantissa, exponent = f"{Decimal(n):.2E}".split("E+")
        raised = exponent.translate(SUPERSCRIPT)
        return self.text("numbers.power", mantissa=self._signs.number(mantissa), exponent=raised)

    def decimal(self, x: float, digits: int = 2) -> str:
        """A number with this many decimals; a positive one never reads as nought."""
        smallest = 10.0**-digits
        if 0 < x < smallest / 2:
            return "< " + self._signs.number(f"{smallest:.{digits}f}")
        return self._signs.number(f"{x:,.{digits}f}")

    def percent(self, p: float) -> str:
        """A probability as per cent, with three significant digits.

        A positive one never reads as 0 %, and one that leaves room for chance never as 100 %.
        """
        hundredths = 100 * p
        if p <= 0 or p >= 1 - SOLVER_DUST:
            number = "0" if p <= 0 else "100"
        elif hundredths < SMALLEST_SHOWN:
            number = "< " + self._signs.number(f"{SMALLEST_SHOWN:.4f}")
        elif hundredths >= 99.95:
            number = "> " + self._signs.number("99.9")
        else:
            number = self._signs.number(f"{hundredths:.{2 - floor(log10(hundredths))}f}")
        return self.text("numbers.percent", number=number)

    def share(self, p: float) -> str:
        """A share as per cent with one decimal, as others of its column; a tiny one with more."""
        if not SMALLEST_SHARE <= p < 1 - SMALLEST_SHARE:
            return self.percent(p)
        return self.text("numbers.percent", number=self._signs.number(f"{100 * p:.1f}"))

    def whole_percent(self, p: float) -> str:
        """A share as per cent without decimals; a positive one below 0.5 % reads as less than 1."""
        number = "< 1" if 0 < p < 0.005 else f"{100 * p:.0f}"
        return self.text("numbers.percent", number=number)

    def axis_percent(self, p: float, step: float) -> str:
        """A mark on an axis as per cent, with the decimals that the step needs."""
        digits = max(0, -floor(log10(100 * step) + SOLVER_DUST))
        return self.text("numbers.percent", number=self._signs.number(f"{100 * p:.{digits}f}"))

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
            return self._signs.number(f"{SMALLEST_SHOWN:.4f}")
        digits = max(0, 1 - floor(log10(x)))
        scale = 10.0**digits
        return self._signs.number(f"{ceil(x * scale - SOLVER_DUST) / scale:.{digits}f}")

    def setting(self, x: float) -> str:
        """A number that somebody chose, with the decimals that it was given."""
        return self._signs.number(f"{x:,.15g}")

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return self._signs.day(day)

    def moment(self, moment: datetime) -> str:
        """A day and the time of day, to the minute."""
        time = f"{moment:%H:%M}".replace(":", self.texts["dates.time"])
        return self.text("dates.moment", day=self.day(moment), time=time)

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

    @property
    def _signs(self) -> Signs:
        return signs(self.language)


@cache
def wording(language: Language, room: str = "pages") -> Wording:
    """The wording of a room's pages in a language, such as that of ``"steps/plan"``.

    What several pages say, numbers and nouns among it, is there for each of them. A room that has
    no words in the language says them in English.
    """
    spoken: Language = language if _file(language, room) else "en"
    rooms = dict.fromkeys(("pages", room))
    texts = (text for one in rooms for text in _flat(catalogue(spoken, one)))
    return Wording(language=spoken, texts=dict(texts))


@cache
def catalogue(language: Language, room: str) -> Mapping[str, Mapping[str, str]]:
    """The words of a room itself, by section and name.

    Raises
    ------
    KeyError
        If it has none in this language.
    """
    file = _file(language, room)
    if file is None:
        raise KeyError(f"{room} says nothing in {language}")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _file(language: Language, room: str) -> Traversable | None:
    """Where a room's words stand: in the room, or in the folder of a language added later."""
    home = resources.files("sortition")
    places = (
        home.joinpath(room, f"words.{language}.toml"),
        home.joinpath("languages", language, f"{room.replace('/', '.')}.toml"),
    )
    return next((place for place in places if place.is_file()), None)


def sameness(
    language: Language, *, objective: ObjectiveName, complete: bool, settled: bool
) -> dict[str, str]:
    """What is the same ``everywhere``, and what only ``with_these_versions``.

    Parameters
    ----------
    language : {"en", "da"}
    objective : ObjectiveName
    complete : bool
        Whether the optimum was reached.
    settled : bool
        Whether no last digit of a solver could have had a part in the tickets.
    """
    words = wording(language)
    everywhere = "everywhere" if complete else "everywhere_unfinished"
    # as far as chances were apart in what benchmarks/sameness.py measured
    close = "10⁻⁹" if objective == "leximin" else "10⁻⁸"
    return {
        "everywhere": words.text(f"same.{everywhere}", close=close),
        "with_these_versions": words.text(
            "same.with_any_version" if settled else "same.with_these_versions"
        ),
    }


def _flat(sections: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for section, entries in sections.items():
        for name, text in entries.items():
            yield f"{section}.{name}", text
