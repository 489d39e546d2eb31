"""The lottery: what it aims at, everybody's chance, and publishing it before it is drawn."""

from __future__ import annotations

import datetime
from contextlib import suppress
from functools import partial
from typing import Any, get_args

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.board import announced
from sortition.app.chances import chances_of
from sortition.app.trial import put_aside
from sortition.app.views.home import ended
from sortition.audit.draw.sources import Source, SourceKind
from sortition.audit.shapes.bundle import COMMITMENT
from sortition.errors import Finding, InputErrors
from sortition.model import PoolObjective
from sortition.selection.preparation import Rules
from sortition.steps.publish.publishing import About
from sortition.steps.publish.run import LotteryOptions, publish_lottery
from sortition.steps.publish.sources import day_of, promised

SOURCES: tuple[SourceKind, ...] = ("drawn", "beacon", "seed")  # as most people choose
OBJECTIVES: tuple[PoolObjective, ...] = get_args(PoolObjective)


def show(asked: Asked, problems: Problems) -> Response:
    """What is published, or what is needed for it."""
    asked, problems = ended(asked, "lottery", problems)
    assembly = asked.assembly
    task = asked.site.work.of("lottery")
    commitment: Any = assembly.document(f"lottery/{COMMITMENT}") if assembly.published else None
    facts: dict[str, Any] = {
        "problems": problems,
        "task": task if task is not None and task.running else None,
        "ready": assembly.inputs() is not None,
        "objectives": OBJECTIVES,
        "objective": asked.form.get("objective") or assembly.text("objective") or "leximin",
        "assembly": asked.form.get("assembly") or assembly.text("assembly"),
        "organiser": asked.form.get("organiser") or assembly.text("organiser"),
        "day": asked.form.get("day") or datetime.date.today().isoformat(),
        "household": assembly.household(),
        "sources": SOURCES,
        "source": asked.form.get("source", SOURCES[0]),
        "moment": asked.form.get("moment", ""),
        "numbers": asked.form.get("numbers", ""),
        "rehearsal": bool(asked.form.get("rehearsal")),
        "commitment": commitment,
        "announced": announced(assembly),
        "drawn": assembly.drawn,
        "stale": bool(commitment) and assembly.published_from() != assembly.digests(),
        "chances": chances_of(assembly.lottery) if commitment else None,
    }
    return asked.page("lottery.html", **facts)


def publish(asked: Asked) -> Response:
    """Find the fairest lottery and publish it; one that was not drawn yet is replaced if asked."""
    assembly, form = asked.assembly, asked.form
    objective = next((one for one in OBJECTIVES if one == form.get("objective")), None)
    if objective is None:
        value = form.get("objective", "")[:200]
        raise InputErrors((Finding(code="app-objective-unknown", value=value),))
    day = asked.day("day")
    if assembly.published and not form.get("replace"):
        raise InputErrors((Finding(code="app-overwrite-unasked"),))
    about = {name: form.get(name, "").strip() for name in ("assembly", "organiser")}
    missing = [
        Finding(code="about-missing", value=f"--{n}") for n, said in about.items() if not said
    ]
    if missing:
        raise InputErrors(tuple(missing))
    source = _promised(asked)
    assembly.keep({}, **about, objective=objective)
    inputs = assembly.inputs()
    if inputs is None:
        raise InputErrors((Finding(code="app-inputs-missing"),))
    options = LotteryOptions(
        inputs=inputs,
        rules=Rules(objective=objective),
        rates=None,
        source=source,
        about=About(**about, day=day_of(source, day)),
        language=asked.language,
        out=assembly.lottery,
        overwrite=bool(form.get("replace")),
        rehearsal=bool(form.get("rehearsal")),
    )
    asked.begin("lottery", partial(publish_lottery, options))
    return go("/lottery")


def aside(asked: Asked) -> Response:
    """End a rehearsal: put it aside, so that the real lottery can be made."""
    put_aside(asked.assembly)
    return go("/lottery", "rehearsal_aside")


def _promised(asked: Asked) -> Source:
    """Where the chance of the draw will come from, as it was chosen."""
    kind = next((one for one in SOURCES if one == asked.form.get("source")), SOURCES[0])
    if kind == "seed":
        lines = [line.strip() for line in asked.form.get("numbers", "").splitlines()]
        return promised(kind, None, [line for line in lines if line])
    if kind == "drawn":
        return promised(kind, None)
    moment = asked.form.get("moment", "").strip()
    with suppress(ValueError):  # the clock of this machine says in which zone
        moment = datetime.datetime.fromisoformat(moment).astimezone().isoformat()
    return promised("drawn", moment)
