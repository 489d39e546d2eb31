"""The command that destroys what need not be kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sortition.cli.options.shared import SpokenLanguage


def purge(
    directory: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder that select or lottery wrote."),
    ],
    *,
    keep: Annotated[
        Literal["panel", "proof", "public"] | None,
        typer.Option(
            help="How much to keep. panel: all but the roster and those who were not drawn. proof: "
            "no contact details at all. public: what everybody may have."
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Erase one person alone, who was not drawn."),
    ] = None,
    sure: Annotated[
        bool, typer.Option("--yes", help="Destroy it. Without this, only say what would go.")
    ] = False,
    _language: SpokenLanguage = None,
) -> None:
    """Destroy personal data that need not be kept, and keep what verifies the rest.

    The folder is verified first. The log says what was destroyed, and `sortition verify` checks
    that it is gone.
    """
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.purge.erasing import erase
    from sortition.steps.purge.run import purge as purge_folder

    with said():
        if (keep is None) == (person is None):
            raise InputErrors((Finding(code="purge-what"),))
        if person is not None:
            if not sure:
                raise InputErrors((Finding(code="erase-sure"),))
            typer.echo(say("purge.erased", files=", ".join(erase(directory, person))))
            return
        done = purge_folder(directory, keep or "panel", sure=sure)
        if not done.destroyed:
            lines = [say("purge.nothing")]
        elif done.done:
            lines = [say("purge.destroyed", files=", ".join(done.destroyed))]
        else:
            lines = [say("purge.would_go", files=", ".join(done.destroyed)), say("purge.ask")]
        if done.left:
            lines.append(say("purge.left", files=", ".join(done.left)))
        typer.echo("\n".join(lines))
