"""The command that checks a run, a published lottery, or a packed part of one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import AsJson, SpokenLanguage


def verify(
    bundle: Annotated[
        Path,
        typer.Argument(
            metavar="BUNDLE",
            help="The folder that select or lottery wrote, its public part, or a packed part.",
        ),
    ],
    *,
    announced: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SHA256",
            help="The digest that the organiser announced; again for that of each round.",
        ),
    ] = None,
    receipt: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A volunteer's receipt, to be checked as well."),
    ] = None,
    resolve: Annotated[
        bool,
        typer.Option(
            "--resolve",
            help="Solve again as well, and compare everybody's chance and the alternates.",
        ),
    ] = False,
    as_json: AsJson = False,
    _language: SpokenLanguage = None,
) -> None:
    """Check everything: the draw, the tickets, the proof that none is fairer, and every file.

    The exit code is 0 only if every claim was checked and holds.
    """
    from sortition.audit.verify import examine
    from sortition.cli.show.terminal import THE_ANSWER_IS_NO, said
    from sortition.folders.settling import steadily
    from sortition.texts.outcomes import outcome_json, outcome_lines

    with said():
        verification = steadily(
            bundle, partial(examine, bundle, announced=announced, receipt=receipt)
        )
        if resolve:
            from sortition.steps.members.reserve.resolving import with_reserve_resolved
            from sortition.steps.publish.resolve import with_resolution

            verification = with_resolution(verification, bundle)
            verification = with_reserve_resolved(verification, bundle)
        if as_json:
            typer.echo(outcome_json(verification))
        else:
            typer.echo("\n".join(outcome_lines(verification)))
        if not verification.holds:
            raise typer.Exit(THE_ANSWER_IS_NO)
