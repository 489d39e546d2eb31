"""All files of an intake, read, with what each column of the answers holds."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import heads_quotas
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.steps.intake.features import BY_HEADER, Sought, Source, seek
from sortition.steps.intake.keys import KeyTable, read_key_table
from sortition.steps.intake.meanings import Feature, Meaning
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.people import Identity, identities
from sortition.steps.intake.questions import Asking, Question, read_answers
from sortition.steps.intake.roles import Roles, find_roles, heads_people
from sortition.steps.intake.sheets import Sheet, further_sheets, read_sheet
from sortition.tables.content import File
from sortition.tables.dates import read_date
from sortition.tables.faults import attempt
from sortition.tables.grid import Headed
from sortition.tables.labels import fold, listed
from sortition.tables.matching import NO

CONSENT = "consent"
DAY = Question(about="day", subject="day", found="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of people, and what tells who they are.

    Attributes
    ----------
    sheet : Sheet
    roles : mapping of str to tuple of str
    people : sequence of Identity
        Row by row.
    """

    sheet: Sheet
    roles: Roles
    people: Sequence[Identity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A list of those who answered.

    Attributes
    ----------
    own : Listed
    sources : mapping of str to (Source or None)
        Where the answers for each feature stand; None: nowhere in this file. A feature that is
        yet to be asked about is left out.
    consent : str or None
        The column of the consent, if there is one.
    """

    own: Listed
    sources: Mapping[str, Source | None]
    consent: str | None


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
    read = partial(_list, wanted=wanted, day=day, faults=faults)
    lists = [read(path) for path in options.answers]
    excluded = [read(path) for path in options.excluded]
    invited = [read(path) for path in options.invited]
    faults += _nobody_told([*excluded, *invited])
    if quotas is not None:
        features = tuple(_features(quotas, day))
    known = [one for one in lists if one is not None]
    headed = partial(heads_people, features=wanted)
    if not faults:
        known = [
            sheet
            for path, first in zip(options.answers, known, strict=True)
            for sheet in (first, *_further(first, path, headed, day, asking))
        ]
    faults += _called_alike(known)
    faults += _no_answers(known)
    if faults or quotas is None:
        raise InputErrors(tuple(faults))
    read_tables = tuple(one for one in tables if one is not None)
    answers = tuple(_all_answers(known, features, read_tables, asking))
    if day is None and any(_undated(answers, features)):
        asking.ask(DAY)
    asked = tuple(one for one in invited if one is not None)
    return IntakeFiles(
        quotas=quotas,
        features=features,
        answers=answers,
        day=day,
        invited=tuple(_frames(asked)),
        asked=asked,
        excluded=tuple(one for one in excluded if one is not None),
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


def _list(
    path: File, *, wanted: Collection[str], day: datetime.date | None, faults: list[Finding]
) -> Listed | None:
    headed = partial(heads_people, features=wanted)
    sheet = attempt(faults, partial(read_sheet, path, faults, headed))
    return None if sheet is None else _listed(sheet, day)


def _further(
    first: Listed, path: File, headed: Headed, day: datetime.date | None, asking: Asking
) -> Iterator[Listed]:
    """Further sheets of a workbook with people, if somebody said that they are answers too."""
    for sheet in further_sheets(first.sheet, path, headed):
        own = _listed(sheet, day)
        if any(person != Identity() for person in own.people):
            question = Question(
                about="sheet",
                subject=path.name,
                found=sheet.file.removeprefix(f"{path.name}, "),
                rows=sheet.table.size,
                choices=(asking.word("yes"), asking.word("no")),
            )
            if asking.agreed(question):
                yield own


def _listed(sheet: Sheet, day: datetime.date | None) -> Listed:
    roles = find_roles(sheet)
    people = identities(sheet, roles, day)
    return Listed(sheet=sheet, roles=roles, people=people)


def _frames(lists: Sequence[Listed]) -> Iterator[Listed]:
    """Those who were asked, by the registry that they come from: lists of one have its columns."""
    alike: dict[tuple[str, ...], list[Listed]] = {}
    for one in lists:
        alike.setdefault(one.sheet.table.header, []).append(one)
    for first, *others in alike.values():
        table = first.sheet.table.followed_by([one.sheet.table for one in others])
        named = replace(table, file=", ".join(one.sheet.file for one in (first, *others)))
        people = [person for one in (first, *others) for person in one.people]
        yield replace(first, sheet=replace(first.sheet, table=named), people=people)


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


def _nobody_told(lists: Sequence[Listed | None]) -> Iterator[Finding]:
    """Lists in which nothing tells who somebody is."""
    for one in lists:
        if one is not None and all(person == Identity() for person in one.people):
            yield one.sheet.table.finding(
                code="intake-list-unknown", facts={"columns": listed(one.sheet.table.header)}
            )


def _features(quotas: QuotaSheet, day: datetime.date | None) -> Iterator[Feature]:
    for name in quotas.quotas.needed_features:
        asked = [
            part for row in quotas.quotas.rows for part in row.parts or ((row.feature, row.value),)
        ]
        labels = tuple(dict.fromkeys(value for feature, value in asked if feature == name))
        yield Feature(name=name, labels=labels, day=day)


def _all_answers(
    lists: Sequence[Listed],
    features: Sequence[Feature],
    tables: Sequence[KeyTable],
    asking: Asking,
) -> Iterator[Answers]:
    """Each file with its columns; a question that one file settles is settled in all of them."""
    sought = [
        {
            feature.name: seek(
                own.sheet,
                own.roles,
                feature,
                tables=tables,
                answered=asking.of_subject("column", feature.name),
            )
            for feature in features
        }
        for own in lists
    ]
    for own, found in zip(lists, sought, strict=True):
        sources = {
            feature.name: source
            for feature in features
            for source in _settled(own, feature, found[feature.name], sought, asking)
        }
        yield Answers(own=own, sources=sources, consent=_consent(own, asking))


def _settled(
    own: Listed,
    feature: Feature,
    found: Sought,
    everywhere: Sequence[Mapping[str, Sought]],
    asking: Asking,
) -> Iterator[Source | None]:
    """Where a feature stands in a file, None if it does not; nothing while that is asked."""
    if found.source is not None:
        yield found.source
        return
    there = (one[feature.name].source for one in everywhere)
    known = [one.column for one in there if one is not None and one.how in BY_HEADER]
    seek_in = partial(seek, own.sheet, own.roles, feature, tables=())
    elsewhere = seek_in(answered=known).source
    if elsewhere is not None:
        yield replace(elsewhere, how="question")
        return
    said = _column(own.sheet, feature.name, own.sheet.table.header, found.proposal, asking)
    if said is not None:
        yield seek_in(answered=[said]).source if said else None


def _consent(own: Listed, asking: Asking) -> str | None:
    columns = own.roles[CONSENT]
    if len(columns) < 2 and not asking.is_answered("column", CONSENT, own.sheet.file):
        return next(iter(columns), None)
    proposal = next(iter(columns), "")
    return _column(own.sheet, CONSENT, columns or own.sheet.table.header, proposal, asking) or None


def _column(
    sheet: Sheet, subject: str, columns: Sequence[str], proposal: str, asking: Asking
) -> str | None:
    """The column that was answered, empty if there is none; None if the question is open."""
    question = Question(
        about="column",
        subject=subject,
        found=sheet.file,
        rows=sheet.table.size,
        choices=(*columns, "-"),
        proposal=proposal,
    )
    words = {fold(name): name for name in columns}
    nothing = dict.fromkeys(("-", *map(fold, NO)), "")
    return asking.choose(question, nothing | words)


def read_given(options: IntakeOptions, faults: list[Finding]) -> Asking:
    """The table that was given back; an empty one if it has faults."""
    language = options.asked_in or options.language
    read = partial(read_answers, options.given, language)
    return attempt(faults, read) or Asking(language=language)
