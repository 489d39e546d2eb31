"""An intake for people: one page that needs nothing beside itself, and names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.told import (
    ADDED_WAYS,
    ValueTold,
    columns,
    files,
    key_words,
    left_out,
    reason,
    values,
    without,
)
from sortition.tables.classified.meaning import value_codes


def intake_html(intake: Intake) -> str:
    """An intake as one HTML page, for the screen and for A4 paper."""
    w = wording(intake.options.language, ROOM)
    told = values(intake)
    used = (
        value_codes(feature.labels)
        for feature in intake.files.features
        if any(one.words for one in told[feature.name])
    )
    return page(
        ROOM,
        intake.options.language,
        intake=intake,
        way=list(_way(intake, w)),
        columns=columns(intake),
        several_files=len(intake.files.answers) > 1,
        values=told,
        ways=lambda one: _ways(one, w),
        without=list(without(intake)),
        files=list(files(intake)),
        sources=list(dict.fromkeys(found[0].source for found in used if found)),
        day=intake.files.day.isoformat() if intake.files.day else "",
        shared=", ".join(
            dict.fromkeys(key_words(key, w) for one in intake.several for key in one.keys)
        ),
    )


def _way(intake: Intake, w: Wording) -> Iterator[tuple[str, int]]:
    """From the rows of the files to the pool, step by step."""
    yield w.text("way.rows"), len(intake.given) + intake.blank_rows
    if intake.blank_rows:
        yield w.text("way.blank"), -intake.blank_rows
    if len(intake.people) < len(intake.given):
        yield w.text("way.again"), len(intake.people) - len(intake.given)
    yield w.text("way.people"), len(intake.people)
    for one, count in left_out(intake):
        yield reason(one, w), -count
    if intake.to_ask:
        yield w.text("way.ask"), -len(intake.to_ask)
    yield w.text("way.pool"), len(intake.pool)


def _ways(one: ValueTold, w: Wording) -> str:
    """How answers were read as a value, with how many."""
    return ", ".join(
        w.text(f"ways.{way}", n=w.integer(count))
        for way, count in one.ways.items()
        if way not in ADDED_WAYS
    )
