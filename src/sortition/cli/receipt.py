"""The command that gives a volunteer what she needs to find herself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import PageLanguage


def receipt(
    id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Whose receipt it is.", show_default=False),
    ] = None,
    *,
    everybody: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Make a page for everybody who volunteered, and receipts.csv for a mail merge, in "
            "the folder --out.",
        ),
    ] = False,
    lottery: Annotated[
        Path,
        typer.Option("--from", metavar="DIR", help="The folder that sortition lottery wrote."),
    ] = Path("lottery"),
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write it to a file. Default: print it. With --all: the folder."
        ),
    ] = None,
    language: PageLanguage = "en",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Give one volunteer her row, her token and the proof that both are in the commitment.

    She opens it in verify.html, or in any program that follows RFC 6962. It is for her alone.
    """
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.publish.receipt import make_receipt, make_receipts

    with said():
        if everybody == (id is not None):
            raise InputErrors((Finding(code="receipt-one-or-all"),))
        if id is None:
            folder = out or Path("receipts")
            count = make_receipts(lottery, out=folder, language=language, overwrite=overwrite)
            typer.echo(say("written.receipts", folder=folder, count=count))
            return
        content = make_receipt(lottery, id, out=out, overwrite=overwrite)
        typer.echo(content.decode() if out is None else say("written.to", target=out))
