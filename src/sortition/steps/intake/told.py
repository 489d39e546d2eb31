"""What an intake tells everybody: figures and words, and nothing of anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sortition.pages.wording import Wording
from sortition.steps.intake.questions import ASK, OUT
from sortition.steps.intake.result import Intake
from sortition.steps.intake.values import WITHOUT
from sortition.steps.intake.who.admission import LeftOut

ADDED_WAYS = {"own", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where a feature stood in a file; the question is empty if it stood nowhere."""

    file: str
    feature: str
    question: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTold:
    """How many people of the pool have a value, and how that was read.

    Attributes
    ----------
    value : str
    people : int
    ways : mapping of str to int
        People by how their answer was read, in alphabetical order.
    words : tuple of (str, int)
        The everyday words that were read as the value, with how many people wrote each.
    """

    value: str
    people: int
    ways: dict[str, int]
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutTold:
    """How many people gave no value of a feature, in which way, and what became of them."""

    feature: str
    kind: str
    fate: str
    people: int
    upper: int | None


def reason(one: LeftOut, w: Wording) -> str:
    """Why somebody cannot be drawn, in words."""
    name = one.reason.replace("-", "_")
    return w.text(f"reasons.{name}", detail=one.detail)


def key_words(key: str, w: Wording) -> str:
    """What two answers have in common, in words."""
    name = key.replace(" ", "_")
    return w.text(f"keys.{name}")


def left_out(intake: Intake) -> list[tuple[LeftOut, int]]:
    """How many people cannot be drawn, by the reason, in its order."""
    return sorted(intake.reasons.items(), key=lambda pair: (pair[0].reason, pair[0].detail))


def columns(intake: Intake) -> list[Column]:
    """Which question became which feature, file by file."""
    return [
        Column(
            file=source.own.sheet.file,
            feature=feature,
            question=source.own.sheet.questions[found.column] if found else "",
            how=found.how if found else "nowhere",
        )
        for source in intake.files.answers
        for feature, found in source.sources.items()
    ]


def values(intake: Intake) -> dict[str, list[ValueTold]]:
    """The values of each feature, those of the quotas first."""
    told = {}
    for feature in intake.files.features:
        ways: dict[str, Counter[str]] = {label: Counter() for label in feature.labels}
        words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        outcomes = (intake.outcomes[person.id][feature.name] for person in intake.pool)
        counts = Counter((one.value, one.kind, one.word) for one in outcomes)
        for (name, kind, word), people in sorted(counts.items()):
            ways.setdefault(name, Counter())[kind] += people
            if word:
                words[name][word] += people
        told[feature.name] = [
            ValueTold(
                value=name,
                people=own.total(),
                ways=dict(own),
                words=tuple(sorted(words[name].items())),
            )
            for name, own in ways.items()
        ]
    return told


def without(intake: Intake) -> Iterator[WithoutTold]:
    """What became of those who gave no value that the quotas have."""
    bounds = {(one.quota.feature, one.quota.value): one.quota.upper for one in intake.added}
    for feature in intake.files.features:
        found = Counter(
            (one.kind, one.fate, one.value)
            for outcomes in intake.outcomes.values()
            if (one := outcomes[feature.name]).fate in {ASK, OUT, *ADDED_WAYS}
        )
        for (kind, fate, value), people in sorted(found.items()):
            yield WithoutTold(
                feature=feature.name,
                kind=kind if kind in WITHOUT else "births",
                fate=fate,
                people=people,
                upper=bounds.get((feature.name, value)) if fate == "own" else None,
            )


def files(intake: Intake) -> Iterator[tuple[str, str, str]]:
    """The files that were read: what each is, its name and its digest."""
    read = intake.files
    yield from (("answers", one.own.sheet.file, one.own.sheet.table.digest) for one in read.answers)
    yield "quotas", read.quotas.table.file, read.quotas.table.digest
    yield from (("invited", one.sheet.file, one.sheet.table.digest) for one in read.asked)
    yield from (("excluded", one.sheet.file, one.sheet.table.digest) for one in read.excluded)
    yield from (("table", one.file, one.digest) for one in read.tables)
    if intake.asking.table is not None:
        yield "given", intake.asking.table.file, intake.asking.table.digest


def way(intake: Intake, w: Wording) -> Iterator[tuple[str, int]]:
    """From the rows of the files to the pool, step by step."""
    yield w.text("way.rows"), len(intake.given) + intake.blank_rows
    if intake.blank_rows:
        yield w.text("way.blank"), -intake.blank_rows
    if len(intake.people) < len(intake.given):
        yield w.text("way.again"), len(intake.people) - len(intake.given)
    yield w.text("way.people"), len(intake.people)
    left = len(intake.people) - len(intake.pool)
    for one, count in left_out(intake):
        left -= count
        yield reason(one, w), -count
    if intake.to_ask:
        left -= len(intake.to_ask)
        yield w.text("way.ask"), -len(intake.to_ask)
    if left:
        yield w.text("way.open"), -left
    yield w.text("way.pool"), len(intake.pool)


def ways(one: ValueTold, w: Wording) -> str:
    """How answers were read as a value, with how many."""
    return ", ".join(
        w.text(f"ways.{way}", n=w.integer(count))
        for way, count in one.ways.items()
        if way not in ADDED_WAYS
    )
