"""What `sortition confirm` says: how many have answered, and where the list is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

from sortition.cli.show.spoken import assumed, lead, say
from sortition.steps.members.calls import CallStatus
from sortition.steps.members.confirm import Answers, WriteOptions

WORDS: dict[CallStatus, str] = {
    "confirmed": "confirm.confirmed",
    "declined": "confirm.declined",
    "no-answer": "confirm.no_answer",
    "to-call": "confirm.to_call",
}


def show_worksheet(done: Answers, options: WriteOptions) -> None:
    """Say where the list is, and how to go on."""
    lines = [
        *_counts(done.counts),
        lead("written", say("confirm.personal", target=options.target)),
        "",
        say("confirm.then", directory=options.directory, target=options.target),
    ]
    _say(lines, done)


def show_answers(done: Answers, directory: Path, worksheet: Path) -> None:
    """Say what was read, and how to go on."""
    lines = [*_counts(done.counts), lead("written", f"{directory}: {', '.join(done.written)}")]
    if done.counts["declined"]:
        lines += ["", say("confirm.replace", directory=directory, worksheet=worksheet)]
    _say(lines, done)


def _say(lines: list[str], done: Answers) -> None:
    typer.echo("\n".join([*lines, *assumed(done.assumed)]))


def _counts(counts: Mapping[CallStatus, int]) -> Iterator[str]:
    yield say("confirm.of", n=sum(counts.values()))
    for status, key in WORDS.items():
        yield f"{counts[status]:>6}    {say(key)}"
