"""Who was asked and has not answered: by group, as a list for reminders, as rates for a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.intake.features import BY_HEADER, seek
from sortition.steps.intake.listed import Listed
from sortition.steps.intake.meanings import Feature
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.who.admission import identity_of
from sortition.steps.intake.who.given import Person
from sortition.steps.intake.who.same import across
from sortition.tables.cpr.numbers import masked
from sortition.tables.written.lists import csv_rows, workbook_bytes

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who were asked, and how many of them answered, whatever they said."""

    values: tuple[str, ...]
    asked: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Those who were asked, beside those who answered.

    Attributes
    ----------
    features : tuple of str
        Those of the quotas that the list of those asked has.
    strata : tuple of Group
        By the values of all of them.
    silent : tuple of int
        The rows of those who have not answered, from 0.
    invited : Listed
    rows : range
        Of this frame among all who were asked.
    asked : int
        How many people; without those of a list for doors who were not tried.
    """

    features: tuple[str, ...]
    strata: tuple[Group, ...]
    silent: tuple[int, ...] = field(repr=False)
    invited: Listed = field(repr=False)
    rows: range
    asked: int

    @property
    def answered(self) -> int:
        """How many of them answered, whatever they said."""
        return self.asked - len(self.silent)

    def groups(self, feature: str) -> list[Group]:
        """The values of one feature."""
        place = self.features.index(feature)
        values = sorted({one.values[place] for one in self.strata})
        return [
            Group(
                values=(value,),
                asked=sum(one.asked for one in self.strata if one.values[place] == value),
                answered=sum(one.answered for one in self.strata if one.values[place] == value),
            )
            for value in values
        ]


def find_missing(
    people: Sequence[Person], frames: Sequence[Listed], features: Sequence[Feature]
) -> Iterator[Missing]:
    """Set those who were asked beside everybody who answered, frame by frame."""
    first = 0
    for frame in frames:
        last = first + len(frame.people)
        yield _missing(people, frame, features, range(first, last))
        first = last


def _missing(
    people: Sequence[Person], invited: Listed, features: Sequence[Feature], rows: range
) -> Missing:
    answered = _answered(people, invited)
    columns: dict[str, tuple[str, ...]] = {}
    for feature in features:
        source = seek(invited.sheet, invited.roles, feature, tables=(), answered=()).source
        if source is not None and source.how in BY_HEADER:
            read = source.cells.spread([source.read[cell].value for cell in source.cells.values])
            if all(read):
                columns[feature.name] = read
    values = list(zip(*columns.values(), strict=True)) if columns else []
    gone = invited.untried - answered
    asked = Counter(row for place, row in enumerate(values) if place not in gone)
    came = Counter(row for place, row in enumerate(values) if place in answered)
    return Missing(
        features=tuple(columns),
        strata=tuple(
            Group(values=group, asked=asked[group], answered=came[group]) for group in sorted(asked)
        ),
        silent=tuple(row for row in range(len(rows)) if row not in answered | gone),
        invited=invited,
        rows=rows,
        asked=len(rows) - len(gone),
    )


def _answered(people: Sequence[Person], invited: Listed) -> set[int]:
    known = [identity_of(person) for person in people]
    by_code = {code: row for row, one in enumerate(invited.people) for code in one.codes}
    found = {by_code[code] for one in known for code in one.codes if code in by_code}
    same = (row for _, row, told in across(known, invited.people) if told == "same")
    return found.union(same)


def rates_csv(missing: Missing, language: Language) -> bytes:
    """A row a stratum with how many were asked and answered, as `sortition plan` reads it."""
    rows = [(*one.values, str(one.asked), str(one.answered)) for one in missing.strata]
    header = (*missing.features, *wording(language, ROOM).each("rates", "invited", "answered"))
    return csv_rows([header, *rows], like=missing.invited.sheet.table)


def reminders_xlsx(frames: Sequence[Missing]) -> bytes:
    """Those who have not answered, with every column of their list; a sheet a frame."""
    sheets: dict[str, list[Row]] = {}
    for missing in frames:
        table = missing.invited.sheet.table.at(missing.silent)
        title = f"reminders {len(sheets) + 1}" if sheets else "reminders"
        sheets[title] = [table.header, *(tuple(map(masked, row)) for row in table.rows)]
    return workbook_bytes(sheets)
