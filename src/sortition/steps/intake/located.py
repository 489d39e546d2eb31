"""Where each feature stands in each file of answers; what cannot be known is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sortition.steps.intake.features import BY_HEADER, Sought, Source, seek
from sortition.steps.intake.keys import KeyTable
from sortition.steps.intake.listed import Listed
from sortition.steps.intake.meanings import Feature
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.sheets import Sheet
from sortition.tables.labels import fold
from sortition.tables.matching import NO

CONSENT = "consent"


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


def locate(
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
    nothing = dict.fromkeys(("-", *NO), "")
    return asking.choose(question, nothing | words)
