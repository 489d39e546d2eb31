"""All files of an intake, read, with what each column of the answers holds."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import heads_quotas
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.steps.intake.fill_in import read_answers
from sortition.steps.intake.keys import KeyTable, read_key_table
from sortition.steps.intake.listed import Listed, further_lists, nobody_told, read_list, told_apart
from sortition.steps.intake.located import Answers, locate
from sortition.steps.intake.meanings import Feature, Meaning
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.roles import heads_people
from sortition.steps.intake.who.asked import frames
from sortition.tables.dates import read_date
from sortition.tables.faults import attempt

DAY = Question(about="day", subject="day", found="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFiles:
    """What the files say.

    Attributes
    ----------
    quotas : QuotaSheet
    features : tuple of Feature
    answers : tuple of Answers
    day : date or None
        On which ages count.
    invited : tuple of Listed
        Everybody who was asked, by frame; the waves of one are one list.
    asked : tuple of Listed
        The same, list by list.
    excluded : tuple of Listed
    tables : tuple of KeyTable
    """

    quotas: QuotaSheet
    features: tuple[Feature, ...]
    answers: tuple[Answers, ...]
    day: datetime.date | None
    invited: tuple[Listed, ...]
    asked: tuple[Listed, ...]
    excluded: tuple[Listed, ...]
    tables: tuple[KeyTable, ...]


def read_files(options: IntakeOptions, asking: Asking, faults: list[Finding]) -> IntakeFiles:
    """Read all of them.

    Raises
    ------
    InputErrors
        With every fault.
    """
    day = options.age_on or _day_answered(asking)
    quotas = attempt(
        faults,
        partial(read_quota_sheet, options.quotas, options.size or 1, options.quotas_sheet),
    )
    tables = [attempt(faults, partial(read_key_table, path)) for path in options.tables]
    wanted = () if quotas is None else quotas.quotas.needed_features
    read = partial(read_list, wanted=wanted, day=day, faults=faults)
    lists = [read(path) for path in options.answers]
    excluded = [read(path) for path in options.excluded]
    invited = [read(path) for path in options.invited]
    faults += nobody_told([*excluded, *invited])
    if quotas is not None:
        features = tuple(_features(quotas, day))
    known = [one for one in lists if one is not None]
    headed = partial(heads_people, features=wanted)
    if not faults:
        known = [
            sheet
            for path, first in zip(options.answers, known, strict=True)
            for sheet in (first, *further_lists(first, path, headed, day, asking))
        ]
    faults += _called_alike(known)
    faults += _no_answers(known)
    if faults or quotas is None:
        raise InputErrors(tuple(faults))
    read_tables = tuple(one for one in tables if one is not None)
    answers = tuple(locate(known, features, read_tables, asking))
    if day is None and any(_undated(answers, features)):
        asking.ask(DAY)
    asked = told_apart(options.invited, [one for one in invited if one is not None])
    barred = told_apart(options.excluded, [one for one in excluded if one is not None])
    return IntakeFiles(
        quotas=quotas,
        features=features,
        answers=answers,
        day=day,
        invited=tuple(frames(asked)),
        asked=asked,
        excluded=barred,
        tables=read_tables,
    )


def _day_answered(asking: Asking) -> datetime.date | None:
    """The day on which ages count, if it was asked for and answered."""
    answer = asking.answers.get(DAY.key)
    if answer is None:
        return None
    asking.ask(DAY)
    day = read_date(answer.text)
    if day is None:
        asking.refuse(DAY)
    return day


def _undated(answers: Sequence[Answers], features: Sequence[Feature]) -> Iterator[Meaning]:
    """The ages that follow from a year or a date, so that the day matters."""
    for one in answers:
        for feature in features:
            source = one.sources.get(feature.name)
            read = source.read.values() if source else ()
            yield from (meaning for meaning in read if meaning.kind == "undated")


def _called_alike(lists: Sequence[Listed]) -> Iterator[Finding]:
    """Files of one name, since questions and lists say by it where an answer stands."""
    counts = Counter(one.sheet.file for one in lists)
    for name, count in counts.items():
        if count > 1:
            yield Finding(code="intake-same-name", file=name, facts={"count": count})


def _no_answers(lists: Sequence[Listed]) -> Iterator[Finding]:
    """Tables of quotas where answers were to be."""
    for one in lists:
        if heads_quotas(one.sheet.table.header):
            yield one.sheet.table.finding(code="intake-quotas-as-answers")


def _features(quotas: QuotaSheet, day: datetime.date | None) -> Iterator[Feature]:
    for name in quotas.quotas.needed_features:
        yield Feature(name=name, labels=quotas.quotas.labels(name), day=day)


def read_given(options: IntakeOptions, faults: list[Finding]) -> Asking:
    """The table that was given back; an empty one if it has faults."""
    language = options.asked_in or options.language
    read = partial(read_answers, options.given, language)
    return attempt(faults, read) or Asking(language=language)
