"""From answers to people: who answered more than once, and which of her answers counts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sortition.steps.intake.meanings import Meaning
from sortition.steps.intake.moments import read_moments
from sortition.steps.intake.options import Settled
from sortition.steps.intake.people import NAME, Identity, full_name
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.reading import Answers
from sortition.steps.intake.same import candidates, groups, names_are, verdict
from sortition.tables.labels import fold

DONE = {"", "1", "2", "complete", "yes", "ja", "y", "j", "true", "gennemført"}
NOBODY = Identity()
EVER = datetime.datetime.min


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


def find_people(given: Sequence[Given], rule: Settled, asking: Asking) -> list[Person]:
    """Who gave these answers, and which of hers counts for each."""
    people = [one.person for one in given]
    pairs = candidates(people)
    sure, keys = [], {}
    for pair, key in sorted(pairs.items()):
        one, other = (given[place] for place in pair)
        told = verdict(one.person, other.person, key)
        if told == "same" and _unlike(one, other):
            told = "asked"
        if told == "asked":
            told = "same" if _agreed(one, other, key, asking) else "other"
        if told == "same":
            sure.append(pair)
            keys[pair] = key
    found = groups(len(given), _without_contradictions(given, sure, keys, asking))
    return [_person(group, given, keys, rule, asking) for group in sorted(found)]


def _unlike(one: Given, other: Given) -> bool:
    """Whether answers without one name differ in a value, as those of a couple with one address."""
    if names_are(one.person.name, other.person.name) == "same" or one.person.cpr:
        return False
    return any(
        {meant.kind, other.read[feature][1].kind} == {"value"}
        and meant.value != other.read[feature][1].value
        for feature, (_, meant) in one.read.items()
        if feature in other.read
    )


def _agreed(one: Given, other: Given, key: str, asking: Asking) -> bool:
    question = Question(
        about="same",
        subject=key,
        found=f"{one.where} · {other.where}: {one.name} · {other.name}",
        rows=2,
        choices=(asking.word("yes"), asking.word("no")),
    )
    return asking.agreed(question) is True


def _without_contradictions(
    given: Sequence[Given],
    pairs: Sequence[tuple[int, int]],
    keys: Mapping[tuple[int, int], str],
    asking: Asking,
) -> Iterator[tuple[int, int]]:
    """The pairs that stand: all of a group in which nobody is two people by name or birth.

    An answer without a name can hang together with two people of one telephone.
    """
    belongs: dict[int, int] = {}
    split: set[int] = set()
    for number, group in enumerate(groups(len(given), pairs)):
        belongs |= dict.fromkeys(group, number)
        if 2 < len(group) <= 50 and any(
            _are_two(given[one].person, given[other].person)
            for one, other in combinations(group, 2)
        ):
            split.add(number)
    for pair in pairs:
        one, other = (given[place] for place in pair)
        unnamed = names_are(one.person.name, other.person.name) == "unknown"
        if belongs[pair[0]] not in split or not unnamed or _agreed(one, other, keys[pair], asking):
            yield pair


def _are_two(one: Identity, other: Identity) -> bool:
    return names_are(one.name, other.name) == "other" or bool(
        one.birth and other.birth and one.birth != other.birth
    )


def _person(
    group: Sequence[int],
    given: Sequence[Given],
    keys: Mapping[tuple[int, int], str],
    rule: Settled,
    asking: Asking,
) -> Person:
    id, own = f"P{group[0] + 1:04}", [given[place] for place in group]
    if len(own) == 1:
        return Person(id=id, counts=own[0], others=(), keys=())
    shared = tuple(dict.fromkeys(keys[pair] for pair in combinations(group, 2) if pair in keys))
    ordered = in_time(own)
    finished = [one for one in ordered if one.finished] or ordered
    if rule == "first":
        counts = finished[0]
    else:
        counts = finished[-1]
        if rule == "ask" and _disagree(own):
            counts = _which(ordered, counts, asking)
    return Person(
        id=id,
        counts=counts,
        others=tuple(one for one in reversed(ordered) if one is not counts),
        keys=shared,
    )


def in_time(own: Sequence[Given]) -> list[Given]:
    """Answers by when they were given, or as they stand if one of them does not say when."""
    if any(one.when is None for one in own):
        return list(own)
    return sorted(own, key=lambda one: one.when or EVER)


def _disagree(own: Sequence[Given]) -> bool:
    features = {feature for one in own for feature in one.read}
    said = (
        Counter(
            (one.read[feature][1].kind, one.read[feature][1].value)
            for one in own
            if feature in one.read and one.read[feature][0]
        )
        for feature in features
    )
    return any(len(different) > 1 for different in said)


def _which(ordered: Sequence[Given], last: Given, asking: Asking) -> Given:
    places = {fold(one.where): one for one in ordered}
    question = Question(
        about="which",
        subject="",
        found=" · ".join(one.where for one in ordered) + f": {last.name}",
        rows=len(ordered),
        choices=tuple(one.where for one in ordered),
        proposal=last.where,
    )
    said = asking.choose(question, {where: where for where in places})
    return places[said] if said else last


def several(people: Iterable[Person]) -> list[Person]:
    """Those who answered more than once."""
    return [person for person in people if person.others]
