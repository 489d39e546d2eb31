"""What `sortition letters` says: how many letters there are, and where."""

from __future__ import annotations

from pathlib import Path

import typer

from sortition.steps.letters.options import Options
from sortition.steps.letters.run import Merged
from sortition.texts.grouping import grouped


def show_letters(done: Merged, options: Options) -> None:
    """Say how many letters were made."""
    many = "letters" if done.count != 1 else "letter"
    lines = [
        f"{done.count} {many} of the kind “{options.kind}”, dated {options.dated.isoformat()}.",
        "",
        f"Written   {options.out}: {', '.join(done.written)}; they hold personal data",
    ]
    _say(lines, done)


def show_templates(done: Merged, directory: Path) -> None:
    """Say where the templates are, and how to go on."""
    lines = [
        f"Written   {directory}: {', '.join(done.written)}",
        "",
        "Change them, and name one with --template. What stands in {{…}} is a field.",
    ]
    _say(lines, done)


def _say(lines: list[str], done: Merged) -> None:
    if done.assumed:
        lines += ["", "What was assumed:", *(f"  {line}" for line in grouped(done.assumed))]
    typer.echo("\n".join(lines))
