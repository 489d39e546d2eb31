"""An evaluation for people and for programs: a page, a summary in words, and a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.steps.evaluate.evaluation import Evaluation, Gap
from sortition.steps.evaluate.satisfaction import SMALLEST, VIEWS, Satisfaction, Told
from sortition.texts import describe

ROOM = "steps/evaluate"
SCHEMA = "sortition-evaluation/1"


def evaluation_html(
    evaluation: Evaluation,
    satisfaction: Satisfaction | None,
    *,
    assumptions: Sequence[Finding],
    language: Language = "en",
    rehearsal: bool = False,
) -> str:
    """An evaluation as one HTML page, for the screen and for A4 paper; it names nobody.

    Parameters
    ----------
    evaluation : Evaluation
    satisfaction : Satisfaction or None
        None if no questionnaire was read.
    assumptions : sequence of Finding
    language : {"en", "da"}
    rehearsal : bool
        Whether the panel was drawn as a trial.
    """
    features = [
        (feature, list(groups))
        for feature, groups in groupby(evaluation.groups, key=lambda group: group.quota.feature)
    ]
    return page(
        ROOM,
        language,
        e=evaluation,
        satisfaction=satisfaction,
        smallest=SMALLEST,
        number=_number,
        features=features,
        summary=[*summary(evaluation, language), *answered(satisfaction, language)],
        compared=any(group.population is not None for group in evaluation.groups),
        assumptions=assumptions,
        rehearsal=rehearsal,
    )


def summary(evaluation: Evaluation, language: Language) -> list[str]:
    """The evaluation in a few plain sentences."""
    return list(_sentences(evaluation, wording(language, ROOM)))


def answered(satisfaction: Satisfaction | None, language: Language = "en") -> list[str]:
    """How many answered the questionnaire; nothing if it was not read."""
    if satisfaction is None:
        return []
    w = wording(language, ROOM)
    if satisfaction.people is None:
        return [w.text("answers.too_few", smallest=SMALLEST)]
    people = w.count("people", satisfaction.people)
    return [w.text("answers.people", people=people, members=w.integer(satisfaction.members))]


def opinions(satisfaction: Satisfaction | None, language: Language = "en") -> list[str]:
    """How many agree with what, a line a question; nothing if no questionnaire was read."""
    w = wording(language, ROOM)
    return [_opinion(told, w) for told in (satisfaction.told if satisfaction else ())]


def evaluation_json(
    evaluation: Evaluation, satisfaction: Satisfaction | None, *, assumptions: Sequence[Finding]
) -> bytes:
    """An evaluation as a JSON document: UTF-8, indented by one space; it names nobody."""
    document = {
        "schema": SCHEMA,
        "places": evaluation.size,
        "panel": evaluation.panel,
        "confirmed": evaluation.confirmed,
        "quotas_met": evaluation.met,
        "sessions": [
            {
                "session": session.number,
                "attended": len(session.people),
                "quotas_met": evaluation.met_in(number),
            }
            for number, session in enumerate(evaluation.sessions)
        ],
        "came_always": evaluation.always,
        "came_never": evaluation.never,
        "groups": [
            {
                "feature": group.quota.feature,
                "value": group.quota.value,
                "lower": group.quota.lower,
                "upper": group.quota.upper,
                "population": None if group.population is None else float(group.population),
                "panel": group.quota.seats,
                "confirmed": group.confirmed,
                "attended": list(group.attended),
            }
            for group in evaluation.groups
        ],
        "questionnaire": _questionnaire(satisfaction) if satisfaction else None,
        "assumed": list(map(describe, assumptions)),
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def _questionnaire(satisfaction: Satisfaction) -> dict[str, object]:
    return {
        "smallest": SMALLEST,
        "answered": satisfaction.people,
        "members": satisfaction.members,
        "questions": [
            {
                "question": told.question,
                "answers": told.answers,
                **dict(zip(VIEWS, told.counts, strict=True)),
                **{
                    f"{view}_at_least": least
                    for view, least in zip(VIEWS, told.least, strict=True)
                    if least is not None
                },
            }
            for told in satisfaction.told
        ],
    }


def _opinion(told: Told, w: Wording) -> str:
    views = [
        w.text(f"answers.said_{view}", n=_number(count, least, w))
        for view, count, least in zip(VIEWS, told.counts, told.least, strict=True)
        if count is not None or least is not None
    ]
    said = ", ".join(views) or w.text("answers.untold")
    question = w.text(f"questions.{told.question}")
    if told.answers is not None:
        said = w.text("answers.of", said=said, n=w.integer(told.answers))
    return w.text("answers.line", question=question, said=said)


def _number(count: int | None, least: int | None, w: Wording) -> str:
    """A count as it may be told."""
    if count is not None:
        return w.integer(count)
    return "–" if least is None else w.text("answers.at_least", n=w.integer(least))


def _sentences(e: Evaluation, w: Wording) -> Iterator[str]:
    quotas = w.count("quotas", len(e.groups))
    yield w.text("evaluation.panel", panel=w.integer(e.panel), places=w.count("places", e.size))
    if e.confirmed is not None:
        yield w.text("evaluation.confirmed", n=w.integer(e.confirmed))
    yield w.text("evaluation.quotas", met=w.integer(e.met), quotas=quotas)
    if e.sessions:
        yield from _attended(e, w, quotas)
    gaps = e.gaps
    where = "" if e.sessions else "_panel"
    over = max(gaps, key=lambda gap: gap.apart, default=None)
    under = min(gaps, key=lambda gap: gap.apart, default=None)
    if over is not None and over.apart > 0:
        yield _gap(f"evaluation.over{where}", over, w)
    if under is not None and under.apart < 0:
        yield _gap(f"evaluation.under{where}", under, w)


def _attended(e: Evaluation, w: Wording, quotas: str) -> Iterator[str]:
    held = w.count("sessions", len(e.sessions))
    yield w.text("evaluation.attended", sessions=held, mean=w.decimal(float(e.mean), 1))
    for number, session in enumerate(e.sessions):
        yield w.text(
            "evaluation.session",
            n=session.number,
            people=w.count("people", len(session.people)),
            met=w.integer(e.met_in(number)),
            quotas=quotas,
        )
    yield w.text("evaluation.always", n=w.integer(e.always))
    yield w.text("evaluation.never", n=w.integer(e.never))
    if not e.missed:
        yield w.text("evaluation.missed_none")
    for group, session_number, short in e.missed[:1]:
        yield w.text(
            "evaluation.missed",
            feature=w.feature(group.quota.feature),
            value=group.quota.value,
            session=session_number,
            n=w.integer(short),
        )


def _gap(key: str, gap: Gap, w: Wording) -> str:
    quota = gap.group.quota
    return w.text(
        key,
        feature=w.feature(quota.feature),
        value=quota.value,
        came=w.percent(float(gap.came)),
        population=w.percent(float(gap.population)),
    )
