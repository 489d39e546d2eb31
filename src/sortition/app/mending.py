"""How a pool is read: what was understood of each feature, and the map of what was chosen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sortition.app.agreed import toml
from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.file import PoolMap, read_map
from sortition.instance.mapping.match import MOST_VALUES, Match, match_column, match_features
from sortition.model import Quotas
from sortition.tables.dates import read_date
from sortition.tables.labels import fold
from sortition.tables.rows import Table

LEAVE_OUT = "\N{EMPTY SET}"  # in place of a label: who has this word is left out
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the pool, how many people have it, and what it is read as; empty if unknown.

    Its place is that among all words of the column, sorted.
    """

    place: int
    text: str
    people: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A feature of the quotas, and how it is read off the pool.

    Attributes
    ----------
    number : int
        Of its fields in the form, from 0.
    match : Match
    column : str
        Empty if none is known.
    words : tuple of Word
        Those that are not the quotas' own; none if there are too many or they are numbers.
    births : {"", "year", "day"}
        What the cells are, if they are no ages.
    when : str
        The year or the day of the ages, as it was given.
    drop_blank : bool
        Whether people with a blank cell are left out.
    """

    number: int
    match: Match
    column: str
    words: tuple[Word, ...]
    births: str
    when: str
    drop_blank: bool

    @property
    def open(self) -> bool:
        """Whether there is still something to choose."""
        unread = any(not word.meaning for word in self.words) and self.match.every
        too_many = len(self.match.counts) > MOST_VALUES and not self.match.for_bands
        blank = bool(self.match.blank) and not self.drop_blank and self.match.every
        return not self.column or unread or blank or too_many or bool(self.births and not self.when)


def understood(table: Table, quotas: Quotas, rules: PoolMap | None) -> tuple[Understood, ...]:
    """What is understood of each feature: by the map if there is one, or else by itself."""
    found = match_features(table, quotas)
    return tuple(_understood(n, match, table, quotas, rules) for n, match in enumerate(found))


def _understood(
    number: int, match: Match, table: Table, quotas: Quotas, rules: PoolMap | None
) -> Understood:
    feature, means, when, drop_blank = match.feature, dict[str, str](), "", False
    left_out: set[str] = set()
    if rules is not None:
        renamed = {new: old for old, new in rules.columns.items()}
        bands = {one.feature: one for one in rules.bands}
        column = bands[feature].column if feature in bands else renamed.get(feature, feature)
        if column in table.header:
            match = match_column(table, quotas, feature, column)
        for values in rules.values:
            if fold(values.column) == fold(feature):
                means = {fold(cell): meaning for cell, meaning in values.meanings.items()}
        if feature in bands:
            when = str(bands[feature].year or bands[feature].day or "")
        for drop in rules.drops:
            if drop.column in {feature, column}:
                left_out |= set(map(fold, drop.labels))
                drop_blank = drop_blank or drop.condition == "blank"
    births = "day" if match.dates_of_birth else "year" if match.years_of_birth else ""
    return Understood(
        number=number,
        match=match,
        column=match.column or "",
        words=tuple(_words(match, means, left_out)),
        births=births if match.for_bands else "",
        when=when,
        drop_blank=drop_blank,
    )


def _words(match: Match, means: Mapping[str, str], left_out: set[str]) -> Iterator[Word]:
    if match.for_bands or len(match.counts) > MOST_VALUES:
        return
    for place, cell in enumerate(sorted(match.counts)):
        known = match.meaning(cell)
        if known is not None and fold(known) == fold(cell):
            continue
        meaning = LEAVE_OUT if fold(cell) in left_out else means.get(fold(cell), known or "")
        people = match.counts[cell]
        yield Word(place=place, text=cell, people=people, meaning=meaning)


def chosen_map(
    form: Mapping[str, str], table: Table, quotas: Quotas, *, reasons: Mapping[str, str]
) -> bytes:
    """The map file of what was chosen in the form; empty if nothing has to be said.

    Parameters
    ----------
    reasons : mapping of str to str
        Why people are left out: with such a ``word``, or with a ``blank``.

    Raises
    ------
    InputErrors
        If a year or a day cannot be read.
    """
    parts = _Parts()
    faults: list[Finding] = []
    for number, match in enumerate(match_features(table, quotas)):
        column = form.get(f"column-{number}", match.column or "")
        if column in table.header:
            chosen = match_column(table, quotas, match.feature, column)
            parts.add(chosen, form, number, reasons, faults)
    if faults:
        raise InputErrors(tuple(faults))
    return parts.text().encode()


def proposed_map(table: Table, quotas: Quotas, day: datetime.date) -> bytes:
    """The map file of what is understood by itself; ages are those of a day."""
    when = {}
    for number, match in enumerate(match_features(table, quotas)):
        if match.dates_of_birth or match.years_of_birth:
            when[f"when-{number}"] = day.isoformat() if match.dates_of_birth else str(day.year)
    return chosen_map(when, table, quotas, reasons={})


class _Parts:
    """The tables of a map file, line by line."""

    def __init__(self) -> None:
        self.columns: list[str] = []
        self.values: list[str] = []
        self.bands: list[str] = []
        self.drops: list[str] = []

    def text(self) -> str:
        columns = ["[columns]", *self.columns, ""] if self.columns else []
        return "\n".join((*columns, *self.drops, *self.values, *self.bands)).lstrip()

    def add(
        self,
        match: Match,
        form: Mapping[str, str],
        number: int,
        reasons: Mapping[str, str],
        faults: list[Finding],
    ) -> None:
        feature, column = match.feature, match.column or ""
        named = column if match.for_bands else feature
        if form.get(f"blank-{number}"):
            self._drop(named, "blank = true", reasons["blank"])
        if match.for_bands:
            self._bands(match, form.get(f"when-{number}", "").strip(), faults)
            return
        if column != feature:
            self.columns.append(f"{toml(column)} = {toml(feature)}")
        meanings, gone = [], []
        for place, cell in enumerate(sorted(match.counts)):
            known = match.meaning(cell)
            if known is not None and fold(known) == fold(cell):
                continue
            meaning = form.get(f"means-{number}-{place}", known or "")
            if form.get(f"word-{number}-{place}", cell) != cell:
                meaning = known or ""  # the form was made for another column
            if meaning == LEAVE_OUT:
                gone.append(toml(cell))
            elif meaning in match.labels:
                meanings.append(f"{toml(cell)} = {toml(meaning)}")
        if gone:
            self._drop(named, f"one_of = [{', '.join(gone)}]", reasons["word"])
        if meanings:
            self.values += [f"[values.{toml(feature)}]", *meanings, ""]

    def _drop(self, column: str, condition: str, reason: str) -> None:
        lines = ["[[drop]]", f"column = {toml(column)}", condition, f"reason = {toml(reason)}", ""]
        self.drops.extend(lines)

    def _bands(self, match: Match, when: str, faults: list[Finding]) -> None:
        ranges = ", ".join(toml(made.label) for made in match.ranges)
        self.bands += [f"[bands.{toml(match.feature)}]", f"column = {toml(match.column or '')}"]
        if match.dates_of_birth or match.years_of_birth:
            day = read_date(when) if when else None
            if match.years_of_birth and YEAR.fullmatch(when):
                self.bands.append(f"in = {when}")
            elif match.dates_of_birth and isinstance(day, datetime.date):
                self.bands.append(f"on = {day.isoformat()}")
            elif when:
                code = "app-day-unclear" if match.dates_of_birth else "app-year-unclear"
                faults.append(Finding(code=code, column=match.feature, value=when[:200]))
        self.bands += [f"ranges = [{ranges}]", ""]


def rules_in(path: Path | None) -> PoolMap | None:
    """What a map file says as far as it can be read; None without one."""
    return None if path is None else read_map(path)[0]
