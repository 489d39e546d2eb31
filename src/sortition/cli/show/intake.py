"""What `sortition intake` says: what became of the answers, or how to answer what is open."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import say
from sortition.pages.wording import wording
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.run import TakenIn
from sortition.steps.intake.told import left_out, reason
from sortition.texts.grouping import folded


def show_intake(taken: TakenIn, options: IntakeOptions) -> None:
    """Say how many people there are, why others are not, and what is to be done."""
    intake = taken.intake
    lines = list(_open(taken, options) if taken.questions else _pool(taken, options))
    if intake.assumed and not taken.questions:
        lines += [say("headings.assumed"), *(f"  {line}" for line in folded(intake.assumed))]
    typer.echo("\n".join(lines))


def _open(taken: TakenIn, options: IntakeOptions) -> Iterator[str]:
    count = len(taken.intake.asking.open)
    place = options.out / taken.questions
    yield _answers(taken.intake)
    questions = "1 question is" if count == 1 else f"{count} questions are"
    yield f"{questions} open, so there is no pool yet."
    yield f"Fill in the column for answers in {place}, and run the same again with"
    yield f"  --answers {place}"


def _answers(intake: Intake) -> str:
    files = len(intake.files.answers)
    return (
        f"{len(intake.given)} answers from {files} {'file' if files == 1 else 'files'} came from "
        f"{len(intake.people)} people."
    )


def _pool(taken: TakenIn, options: IntakeOptions) -> Iterator[str]:
    intake = taken.intake
    w = wording("en", ROOM)
    yield _answers(intake)
    for one, count in left_out(intake):
        yield f"  {reason(one, w)}: {count}"
    if intake.to_ask:
        yield f"  To be asked again: {len(intake.to_ask)}"
    yield f"{len(intake.pool)} can be drawn."
    for added in intake.added:
        quota = added.quota
        yield (
            f"  Added to {quota.feature}: {quota.value}, {added.people} people, "
            f"min {quota.lower}, max {quota.upper}."
        )
    yield f"Written to {options.out}: {', '.join(taken.files)}"
    yield "contacts.xlsx names everybody: it is for the organiser alone."
