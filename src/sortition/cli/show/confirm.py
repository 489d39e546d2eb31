"""What `sortition confirm` says: how many have answered, and where the list is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

from sortition.cli.show.spoken import assumed
from sortition.steps.members.calls import CallStatus
from sortition.steps.members.confirm import Answers, WriteOptions

WORDS: dict[CallStatus, str] = {
    "confirmed": "have confirmed",
    "declined": "have declined",
    "no-answer": "were called without an answer",
    "to-call": "are to be called",
}


def show_worksheet(done: Answers, options: WriteOptions) -> None:
    """Say where the list is, and how to go on."""
    lines = [
        *_counts(done.counts),
        f"Written   {options.target}; it holds personal data",
        "",
        f"When people have answered: sortition confirm {options.directory} --read {options.target}",
    ]
    _say(lines, done)


def show_answers(done: Answers, directory: Path) -> None:
    """Say what was read, and how to go on."""
    lines = [*_counts(done.counts), f"Written   {directory}: {', '.join(done.written)}"]
    if done.counts["declined"]:
        lines += ["", f"To fill their places: sortition replace {directory} --dropouts FILE"]
    _say(lines, done)


def _say(lines: list[str], done: Answers) -> None:
    lines += assumed(done.assumed)
    typer.echo("\n".join(lines))


def _counts(counts: Mapping[CallStatus, int]) -> Iterator[str]:
    yield f"Of {sum(counts.values())} people on the panel:"
    for status, words in WORDS.items():
        yield f"{counts[status]:>6}    {words}"
