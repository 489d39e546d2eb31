"""What `sortition letters` says: how many letters there are, and where."""

from __future__ import annotations

from pathlib import Path

import typer

from sortition.cli.show.spoken import assumed, lead, say, words
from sortition.steps.letters.options import Options
from sortition.steps.letters.run import Merged


def show_letters(done: Merged, options: Options) -> None:
    """Say how many letters were made."""
    key, day = "letters.made_one" if done.count == 1 else "letters.made", words().day(options.dated)
    files = say("letters.personal", files=", ".join(done.written))
    lines = [
        say(key, count=done.count, kind=options.kind, day=day),
        "",
        lead("written", f"{options.out}: {files}"),
        *assumed(done.assumed),
    ]
    typer.echo("\n".join(lines))


def show_templates(done: Merged, directory: Path) -> None:
    """Say where the templates are, and how to go on."""
    lines = [
        lead("written", f"{directory}: {', '.join(done.written)}"),
        "",
        say("letters.change"),
        *assumed(done.assumed),
    ]
    typer.echo("\n".join(lines))
