"""What `sortition intake` and `sortition map` say: what became of the answers, or what is open."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed, many, say, spoken
from sortition.instance.mapping.draft import Draft
from sortition.pages.wording import wording
from sortition.steps.check.map import MapOptions
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.run import TakenIn
from sortition.steps.intake.told import left_out, reason


def show_intake(taken: TakenIn, options: IntakeOptions) -> None:
    """Say how many people there are, why others are not, and what is to be done."""
    intake = taken.intake
    lines = list(_open(taken, options) if taken.questions else _pool(taken, options))
    if not taken.questions:
        lines += assumed(intake.assumed)
    typer.echo("\n".join(lines))


def _open(taken: TakenIn, options: IntakeOptions) -> Iterator[str]:
    count = len(taken.intake.asking.open)
    place = options.out / taken.questions
    yield _answers(taken.intake)
    yield say("intake.open_one" if count == 1 else "intake.open", n=count)
    yield say("intake.fill_in", place=place)
    yield f"  --answers {place}"


def _answers(intake: Intake) -> str:
    files = len(intake.files.answers)
    key = "intake.came_one" if files == 1 else "intake.came"
    return say(key, answers=len(intake.given), files=files, people=len(intake.people))


def _pool(taken: TakenIn, options: IntakeOptions) -> Iterator[str]:
    intake = taken.intake
    w = wording(spoken(), ROOM)
    yield _answers(intake)
    for one, count in left_out(intake):
        yield f"  {reason(one, w)}: {many(count)}"
    if intake.to_ask:
        yield "  " + say("intake.again", n=len(intake.to_ask))
    yield say("intake.pool", n=len(intake.pool))
    for added in intake.added:
        quota = added.quota
        yield "  " + say(
            "intake.added",
            feature=quota.feature,
            value=quota.value,
            people=added.people,
            lower=quota.lower,
            upper=quota.upper,
        )
    yield say("intake.written", folder=options.out, files=", ".join(taken.files))
    yield say("intake.contacts")


def show_draft(draft: Draft, options: MapOptions) -> None:
    """Print the draft, or say that it is written; a printed draft is a file by itself."""
    left = say("map.open", n=draft.open) if draft.open else say("map.matched")
    if options.out is None:
        typer.echo(draft.text, nl=False)
        typer.echo(left, err=True)
    else:
        typer.echo(f"{say('written.to', target=options.out)}\n{left}")
