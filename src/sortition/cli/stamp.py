"""The command that adds the time stamp of a third party to a commitment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import LotteryFolder, Overwrite, SpokenLanguage


def stamp(
    lottery: LotteryFolder,
    *,
    request: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the request, to be sent to a time stamp service."),
    ] = None,
    reply: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep its reply as public/commitment.tsr."),
    ] = None,
    overwrite: Overwrite = False,
    _language: SpokenLanguage = None,
) -> None:
    """Have a third party say when the commitment was there (RFC 3161).

    Nothing is sent anywhere: the request is a file, and so is the reply. Verify reads the time and
    the digest; who signed is checked with `openssl ts -verify`.
    """
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.publish.stamping import ask_for_stamp, keep_stamp

    with said():
        if (request is None) == (reply is None):
            raise InputErrors((Finding(code="stamp-what"),))
        if request is not None:
            digest = ask_for_stamp(lottery, request, overwrite=overwrite)
            typer.echo(say("written.request", target=request, digest=digest))
        elif reply is not None:
            keep_stamp(lottery, reply)
            typer.echo(say("written.files", folder=lottery, files="public/commitment.tsr"))
