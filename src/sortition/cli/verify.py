"""The command that checks a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import AsJson


def verify(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that select wrote.")],
    manifest: Annotated[
        str | None,
        typer.Option(
            metavar="SHA256",
            help="The SHA-256 of manifest.json, as the organiser announced it.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a run: the draw, the lottery, the proof that none is fairer, and every file.

    The exit code is 0 only if every claim was checked and holds.
    """
    from sortition.audit.verify import examine
    from sortition.cli.show import THE_ANSWER_IS_NO, said
    from sortition.texts.outcomes import outcome_json, outcome_lines

    with said():
        verification = examine(directory, announced=manifest)
        outcomes = [(check.name, check.findings) for check in verification.checks]
        if as_json:
            typer.echo(outcome_json(outcomes, verification.manifest_digest))
        else:
            typer.echo("\n".join(outcome_lines(outcomes, verification.manifest_digest)))
        if not verification.holds:
            raise typer.Exit(THE_ANSWER_IS_NO)
