"""The command that gives a volunteer what she needs to find herself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import SpokenLanguage


def receipt(
    id: Annotated[str, typer.Argument(metavar="ID", help="Whose receipt it is.")],
    *,
    lottery: Annotated[
        Path,
        typer.Option("--from", metavar="DIR", help="The folder that sortition lottery wrote."),
    ] = Path("lottery"),
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it to a file. Default: print it."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
    _language: SpokenLanguage = None,
) -> None:
    """Give one volunteer her row, her token and the proof that both are in the commitment.

    She opens it in verify.html, or in any program that follows RFC 6962. It is for her alone.
    """
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.steps.publish.receipt import make_receipt

    with said():
        content = make_receipt(lottery, id, out=out, overwrite=overwrite)
        typer.echo(content.decode() if out is None else say("written.to", target=out))
