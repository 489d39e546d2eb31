"""Answers as they were given, and the people who gave them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sortition.steps.intake.located import Answers
from sortition.steps.intake.meanings import Meaning
from sortition.steps.intake.moments import read_moments
from sortition.steps.intake.who.people import NAME, Identity, full_name
from sortition.tables.labels import fold

DONE = {"", "1", "2", "complete", "yes", "ja", "y", "j", "true", "gennemført"}
NOBODY = Identity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer: a row of a file in which something is filled in.

    Attributes
    ----------
    source : Answers
    place : int
        Of the row in its table, from 0.
    person : Identity
    read : mapping of str to (str, Meaning)
        For each feature that its file has, the cell and what it means.
    when : datetime or None
    finished : bool
        Whether the program says that the form was sent.
    """

    source: Answers = field(repr=False)
    place: int
    person: Identity = field(repr=False)
    read: Mapping[str, tuple[str, Meaning]] = field(repr=False)
    when: datetime.datetime | None
    finished: bool

    @property
    def row(self) -> int:
        """Its row in the file."""
        return self.source.own.sheet.table.row_numbers[self.place]

    @property
    def where(self) -> str:
        """Its file and row."""
        return f"{self.source.own.sheet.file} {self.row}"

    def cell(self, column: str) -> str:
        """What stands in a column."""
        return self.source.own.sheet.columns[column][self.place]

    def cells(self, role: str) -> list[str]:
        """What stands in the columns of a role, without what is blank."""
        own, place = self.source.own, self.place
        return [cell for name in own.roles[role] if (cell := own.sheet.columns[name][place])]

    @property
    def name(self) -> str:
        """The name that was given."""
        return full_name(*map(self.cells, NAME))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, with all that she answered.

    Attributes
    ----------
    id : str
        Her own, by the place of her first answer.
    counts : Given
        The answer that counts.
    others : tuple of Given
        The other ones, the latest first.
    keys : tuple of str
        What they have in common.
    """

    id: str
    counts: Given
    others: tuple[Given, ...]
    keys: tuple[str, ...]

    @property
    def all(self) -> tuple[Given, ...]:
        """Every answer of hers, the one that counts first."""
        return (self.counts, *self.others)

    def answer(self, feature: str) -> tuple[str, Meaning] | None:
        """What she said of a feature: what counts, or what another answer says where it is blank.

        None if no file that she answered in is yet known to have the feature.
        """
        if not self.others:
            return self.counts.read.get(feature)
        said = [one.read[feature] for one in self.all if feature in one.read]
        return next((one for one in said if one[0]), said[0] if said else None)


def read_answers(lists: Sequence[Answers]) -> tuple[list[Given], int]:
    """All answers in the order of the files and their rows, and how many rows say nothing."""
    given: list[Given] = []
    blank = 0
    for source in lists:
        own = source.own
        columns = [
            found.cells.spread([(cell, found.read[cell]) for cell in found.cells.values])
            if found
            else [("", Meaning(kind="blank"))] * own.sheet.table.size
            for found in source.sources.values()
        ]
        moments = _moments(source)
        finished = _finished(source)
        for place, (person, *said) in enumerate(zip(own.people, *columns, strict=True)):
            read = dict(zip(source.sources, said, strict=True))
            if person == NOBODY and not any(cell for cell, _ in said):
                blank += 1
                continue
            given.append(
                Given(
                    source=source,
                    place=place,
                    person=person,
                    read=read,
                    when=moments[place],
                    finished=finished[place],
                )
            )
    return given, blank


def _moments(source: Answers) -> Sequence[datetime.datetime | None]:
    own = source.own
    names = own.roles["answered"] or own.roles["began"]
    if not names:
        return (None,) * own.sheet.table.size
    return read_moments(own.sheet.table.column(names[0]))


def _finished(source: Answers) -> list[bool]:
    """Whether each answer was sent; an answer without a stamp was not, where others have one."""
    own = source.own
    finished = [True] * own.sheet.table.size
    for name in own.roles["complete"]:
        cells = own.sheet.table.column(name)
        finished = [so and fold(cell) in DONE for so, cell in zip(finished, cells, strict=True)]
    if own.roles["answered"]:
        cells = own.sheet.table.column(own.roles["answered"][0])
        finished = [so and bool(cell) for so, cell in zip(finished, cells, strict=True)]
    return finished
