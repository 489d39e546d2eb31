"""What a cell means for a feature of the quotas: a value, none, or something to ask."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from sortition.steps.intake.ages import Age, read_age, tells_birth
from sortition.tables.classified.meaning import meant, unsaid
from sortition.tables.cpr.swedish import Whose
from sortition.tables.labels import fold
from sortition.tables.matching import meanings
from sortition.tables.numbers import Range, read_range
from sortition.tables.values import suggestion
from sortition.tables.words import means_age, same_value

WORD = re.compile(r"\w{2,}")
SEVERAL = re.compile(r"[;,\n]")
ANY = datetime.date(2020, 1, 1)  # a day, where only the form of an answer counts
Kind = Literal["value", "asked", "births", "short", "undated", "other", "untold", "blank", "young"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a cell means.

    Attributes
    ----------
    kind : str
        ``value``: a value of the quotas. ``asked``: a person has to say what it means. ``births``:
        a year of birth that lies in two bands. ``short``: an age, or the end of a year of birth,
        which are two bands. ``undated``: a birth, while no day is known on which ages count.
        ``other``, ``untold``, ``blank``: no value. ``young``: an age below all bands.
    value : str
        The value; for ``births`` the one of the age reached in the year.
    how : str
        How it was read: ``written``, ``words``, ``several``, or a kind of `Age`.
    guess : str
        For ``asked``: what may be meant, if anything.
    """

    kind: Kind
    value: str = ""
    how: str = ""
    guess: str = ""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A feature of the quotas, and how cells are read for it.

    Attributes
    ----------
    name : str
    labels : tuple of str
        Its values.
    day : date or None
        On which ages count.
    """

    name: str
    labels: tuple[str, ...]
    day: datetime.date | None

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """The bands of age, if the feature has bands; none if a value is something else."""
        read = [(label, read_range(label)) for label in self.labels]
        made = [one for _, one in read if one is not None]
        rest = [label for label, one in read if one is None and not unsaid(label)]
        return tuple(made) if made and not rest else ()

    @property
    def of_ages(self) -> bool:
        """Whether the bands are of ages, so that births can be turned into them."""
        return bool(self.ranges) and means_age(self.name)

    @cached_property
    def _lowest(self) -> int:
        """The lowest age of all bands."""
        return min(made.lower or 0 for made in self.ranges)

    def band(self, age: int) -> str | None:
        """The band that an age is in."""
        return next((made.label for made in self.ranges if made.holds(Decimal(age))), None)

    def read(
        self, cells: set[str], *, of_birth: bool, whose: Whose = "either"
    ) -> dict[str, Meaning]:
        """What each of the different cells of a column means."""
        written = meanings(cells, self.labels)
        return {
            cell: (
                Meaning(kind="value", value=written[cell], how="written")
                if cell in written
                else self._read(cell, of_birth=of_birth, whose=whose)
            )
            for cell in cells
        }

    def read_column(
        self, cells: set[str], *, of_birth: bool, whose: Whose = "either"
    ) -> dict[str, Meaning]:
        """What each cell of a column means that is there as a whole.

        Where nobody is in a band and somebody is below all of them, these are codes, not ages.
        """
        read = self.read(cells, of_birth=of_birth, whose=whose)
        kinds = {one.kind for one in read.values()}
        if "young" not in kinds or kinds & {"value", "births", "short", "undated"}:
            return read
        return {
            cell: Meaning(kind="asked") if one.kind == "young" and one.how == "age" else one
            for cell, one in read.items()
        }

    def _read(self, cell: str, *, of_birth: bool, whose: Whose) -> Meaning:
        if not cell:
            return Meaning(kind="blank")
        aged = self._by_age(cell, of_birth=of_birth, whose=whose) if self.ranges else None
        if aged is not None:
            return aged
        label = self._by_words(cell)
        if label is not None:
            return Meaning(kind="value", value=label, how="words")
        kind = unsaid(cell)
        alike = [label for label in self.labels if kind and unsaid(label) == kind]
        if len(alike) == 1:
            return Meaning(kind="value", value=alike[0], how="words")
        if kind is not None:
            return Meaning(kind="other" if kind == "other" else "untold")
        return self._several(cell) or Meaning(
            kind="asked",
            guess=self._closest(cell) or self._with_words(cell),
        )

    def _closest(self, cell: str) -> str:
        """The value that a cell is most alike, by the words that not several values have."""
        shared = Counter(word for label in self.labels for word in {*fold(label).split()})

        def own(text: str) -> str:
            words = fold(text).split()
            return " ".join(word for word in words if shared[word] < 2) or fold(text)

        labels = {own(label): label for label in self.labels}
        return labels.get(str(suggestion(own(cell), list(labels)).get("closest", "")), "")

    def _with_words(self, cell: str) -> str:
        """The one value that has all words of a cell, or all of whose words a cell has."""
        words = set(WORD.findall(fold(cell)))
        found = [
            label
            for label in self.labels
            if words and (own := set(WORD.findall(fold(label)))) and (own <= words or words <= own)
        ]
        return found[0] if len(found) == 1 else ""

    def _by_words(self, cell: str) -> str | None:
        label = meant(cell, self.labels)
        if label is None:
            known = [one for one in self.labels if same_value(self.name, cell, one)]
            label = known[0] if len(known) == 1 else None
        return label

    def _several(self, cell: str) -> Meaning | None:
        """A cell of several choices; one choice with signs around it means what it says."""
        parts = [part.strip() for part in SEVERAL.split(cell)]
        filled = [part for part in parts if part]
        if len(parts) < 2 or not filled:
            return None
        read = self.read(set(filled), of_birth=False)
        if len(set(read.values())) == 1:
            return read[filled[0]]
        if any(read[part].kind != "value" for part in filled):
            return None
        return Meaning(kind="asked", how="several", guess=read[filled[-1]].value)

    def _by_age(self, cell: str, *, of_birth: bool, whose: Whose) -> Meaning | None:
        span = read_range(cell)
        if span is not None:
            label = self._around(span)
            if label:
                return Meaning(kind="value", value=label, how="words")
            young = self.of_ages and span.upper is not None and span.upper < self._lowest
            return Meaning(kind="young", how="words") if young else None
        if self.day is None and self.of_ages and (of_birth or tells_birth(cell)):
            return Meaning(kind="undated") if read_age(cell, ANY, of_birth=True) else None
        if self.day is None or not self.of_ages:
            return self._by_number(cell)
        read = read_age(cell, self.day, of_birth=of_birth, whose=whose)
        return None if read is None else self._aged(read)

    def _around(self, span: Range) -> str | None:
        """The band that has all of a range."""
        if span.lower is None:
            return None
        lower = self.band(span.lower)
        if span.upper is None:
            return (
                lower
                if any(one.upper is None for one in self.ranges if one.label == lower)
                else None
            )
        return lower if lower == self.band(span.upper) else None

    def _aged(self, read: Age) -> Meaning:
        bands = [self.band(age) for age in read.years]
        if len(set(bands)) == 1 and bands[0] is not None:
            how = "unclear" if read.kind == "short" else read.kind
            return Meaning(kind="value", value=bands[0], how=how)
        if all(age < self._lowest for age in read.years):
            return Meaning(kind="young", how=read.kind)
        if read.kind == "short":
            return Meaning(kind="short")
        if read.kind == "year" and bands[-1] is not None:
            return Meaning(kind="births", value=bands[-1], how="year")
        return Meaning(kind="asked", guess=bands[-1] or bands[0] or "")

    def _by_number(self, cell: str) -> Meaning | None:
        """A number in a band of something else than ages, or an age that needs no day."""
        plain = read_age(cell, ANY, of_birth=False)
        if plain is None or plain.kind != "age":
            return None
        label = self.band(plain.years[0])
        return Meaning(kind="value", value=label, how="age") if label else None


def understood(read: Mapping[str, Meaning], counts: Mapping[str, int]) -> float:
    """The part of the filled cells of a column that mean something, from 0 to 1."""
    filled = sum(count for cell, count in counts.items() if cell)
    known = sum(
        count for cell, count in counts.items() if cell and read[cell].kind not in {"asked"}
    )
    return known / filled if filled else 0.0
