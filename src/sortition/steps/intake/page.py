"""An intake for people: one page that needs nothing beside itself, and names nobody."""

from __future__ import annotations

from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.told import (
    columns,
    files,
    key_words,
    values,
    way,
    ways,
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
        way=list(way(intake, w)),
        columns=columns(intake),
        several_files=len(intake.files.answers) > 1,
        values=told,
        ways=lambda one: ways(one, w),
        without=list(without(intake)),
        files=list(files(intake)),
        sources=list(dict.fromkeys(found[0].source for found in used if found)),
        day=w.day(intake.files.day) if intake.files.day else "",
        shared=", ".join(
            dict.fromkeys(key_words(key, w) for one in intake.several for key in one.keys)
        ),
    )
