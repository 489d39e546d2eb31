"""The intake: exports as they came, what each column was understood as, and who cannot be drawn."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from sortition.app.answering import Line, answered, lines_of
from sortition.app.asking import Asked, Problems, go
from sortition.app.assembly import INTAKE, INVITATIONS
from sortition.app.board import is_outdated, is_taken_in
from sortition.app.bounds import QUOTAS
from sortition.app.received import (
    KINDS,
    SETTLED,
    address,
    intake_of,
    own_quotas,
    sources,
    version_of,
)
from sortition.app.telling import said
from sortition.app.uploads import under_their_names
from sortition.core.progress import Silent
from sortition.errors import Finding, InputErrors
from sortition.pages.wording import Wording, wording
from sortition.steps.intake import heads_people
from sortition.steps.intake.fill_in import answers_workbook
from sortition.steps.intake.questions import ROOM, fate_words
from sortition.steps.intake.result import Intake
from sortition.steps.intake.run import CONTACTS, POOL, write_intake
from sortition.steps.intake.told import key_words, reason, values, way, ways
from sortition.steps.intake.who.given import Person
from sortition.tables.content import Content
from sortition.tables.reading import read_table

ANSWERS = "answers.xlsx"
INVITED = f"{INVITATIONS}/letters.csv"
MOST_NAMED = 200


def is_begun(asked: Asked) -> bool:
    """Whether exports were dropped that are not set aside for a pool that was ready."""
    return bool(asked.assembly.files("intake.files"))


def show(asked: Asked, problems: Problems) -> Response:
    """What was understood, what is open, and what becomes of everybody."""
    facts: dict[str, Any] = {
        "problems": problems,
        "intake": None,
        "sources": {key: list(sources(asked.assembly, key)) for key in KINDS},
        "version": version_of(asked.assembly),
        "settled": SETTLED,
        "invited": INVITED if (asked.assembly.folder / INVITED).is_file() else "",
        "of_invited": asked.assembly.file("intake.invited") is not None,
        "rule": asked.assembly.text("intake.same") or "last",
        "day": asked.assembly.setting("intake.age-on") or datetime.date.today(),
        "undoable": bool(asked.assembly.earlier(ANSWERS)),
        "another": bool(asked.assembly.earlier(POOL)),  # one that was ready
        "household": asked.assembly.household(),
        "unread": (),
    }
    try:
        intake, faults = intake_of(asked.assembly, asked.language)
    except InputErrors as unread:
        return asked.page("intake.html", **{**facts, "unread": said(unread.faults, asked.w)})
    facts |= _told(intake, wording(asked.language, ROOM))
    facts |= {
        "intake": intake,
        "against": said(faults, asked.w),
        "fresh": is_taken_in(asked.assembly) and not is_outdated(asked.assembly),
    }
    facts["assumed"] = said(intake.assumed, asked.w)
    return asked.page("intake.html", **facts)


def add(asked: Asked) -> Response:
    """Take files over as they came, beside those that were there."""
    found: dict[str, bytes] = {}
    settings: dict[str, tuple[str, ...]] = {}
    for key, start in KINDS.items():
        number = len(list(asked.assembly.folder.glob(f"{start}-*.*")))
        names = [path.name for path in asked.assembly.files(f"intake.{key}")]
        for upload in asked.uploads.get(key, ()):
            number += 1
            name = f"{start}-{number}{upload.suffix}"
            with under_their_names({name: upload.name}):
                read_table(Content(name=name, data=upload.data), headed=heads_people, alike={})
            found[name] = upload.data
            names.append(name)
        settings[f"intake.{key}"] = tuple(names)
    if not found or not settings["intake.files"]:
        raise InputErrors((Finding(code="app-upload-missing"),))
    kept: dict[str, Any] = {key: names for key, names in settings.items() if names}
    if not is_begun(asked) and (asked.assembly.folder / INVITED).is_file():
        kept["intake.invited"] = INVITED
    asked.assembly.keep(found, **kept)
    return go("/pool", "pool_kept")


def settle(asked: Asked) -> Response:
    """Keep what was chosen, and make the pool if nothing is open any more."""
    if asked.form.get("version") != version_of(asked.assembly):
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    used = set(asked.lists.get("use", ()))
    there = {key: [one.name for one in sources(asked.assembly, key)] for key in KINDS}
    settings: dict[str, Any] = {
        f"intake.{key}": tuple(name for name in names if name in used) or None
        for key, names in there.items()
    }
    if settings["intake.files"] is None:
        raise InputErrors((Finding(code="app-upload-missing"),))
    kept = dict(_answers(asked)) if asked.form.get("asked") else {}
    answers = ANSWERS if kept else asked.assembly.text("intake.answers") or None
    seen = {"intake.answers": asked.assembly.digests("intake.answers").get("intake.answers", "")}
    rule = asked.form.get("same")
    asked.assembly.keep(
        kept,
        seen,
        **settings,
        **{
            "household": address(asked.language) if asked.form.get("address") else None,
            "intake.answers": answers,
            "intake.invited": INVITED if INVITED in used else None,
            "intake.same": rule if rule in SETTLED else "last",
            "intake.age-on": asked.day("day"),
            "intake.language": asked.language,
            "intake.quotas": own_quotas(asked.assembly),
        },
    )
    return make(asked)


def _answers(asked: Asked) -> Iterator[tuple[str, bytes]]:
    """The table of what was answered, with the form that was sent; none without an answer."""
    asking = answered(asked.form, intake_of(asked.assembly, asked.language)[0])
    if asking.answers:
        yield ANSWERS, answers_workbook(asking)


def make(asked: Asked) -> Response:
    """Make the pool, if nothing is open."""
    intake, faults = intake_of(asked.assembly, asked.language)
    if intake.asking.open or faults:
        return go("/pool", "answers_kept")
    write_intake(intake, Silent())
    quotas = f"{INTAKE}/{QUOTAS}" if intake.added else own_quotas(asked.assembly)
    asked.assembly.keep(
        {},
        pool=f"{INTAKE}/{POOL}",
        contacts=f"{INTAKE}/{CONTACTS}",
        quotas=quotas,
        id="id",
        map=None,
        household=address(asked.language) if asked.assembly.household() else None,
    )
    return go("/pool", "pool_made")


def undo(asked: Asked) -> Response:
    """Go back to the answers before."""
    asked.assembly.undo(ANSWERS, "intake.answers")
    return make(asked)


def _told(intake: Intake, w: Wording) -> dict[str, Any]:
    """What the report of the step tells, by feature, and who it is about."""
    lines = lines_of(intake)
    features = [feature.name for feature in intake.files.features]
    told = values(intake)

    def about(*kinds: str, subject: str = "") -> list[Line]:
        return [
            one
            for one in lines
            if one.question.about in kinds and subject in ("", one.question.subject)
        ]

    return {
        "iw": w,
        "lines": lines,
        "open": sum(one.open for one in lines),
        "way": list(way(intake, w)),
        "features": [
            {
                "name": name,
                "columns": about("column", subject=name),
                "words": about("word", "short", "other", "untold", "blank", "births", subject=name),
                "values": [(one, ways(one, w)) for one in told[name]],
            }
            for name in features
        ],
        "fates": {word: fate for fate, word in fate_words(intake.options.language).items()},
        "people": about("same", "which", "sheet"),
        "several": [_several(one, w) for one in intake.several[:MOST_NAMED]],
        "refused": about("consent", "excluded", "code"),
        "consents": about("column", subject="consent"),
        "out": _out(intake, w),
        "addresses": any(one.own.roles["address"] for one in intake.files.answers),
    }


def _several(person: Person, w: Wording) -> tuple[str, str, str]:
    where = " · ".join(one.where for one in person.all)
    return person.counts.name or person.id, where, ", ".join(key_words(k, w) for k in person.keys)


def _out(intake: Intake, w: Wording) -> dict[str, list[str]]:
    """Who cannot be drawn, by the reason."""
    found: dict[str, list[str]] = {}
    for person in intake.people:
        if person.id in intake.out:
            said = f"{person.counts.name or person.id} ({person.counts.where})"
            found.setdefault(reason(intake.out[person.id], w), []).append(said)
    return dict(sorted(found.items()))
