"""The command that packs the parts of a published lottery."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import LotteryFolder, Overwrite, SpokenLanguage


def pack(
    lottery: LotteryFolder,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to put them. Default: DIR.")
    ] = None,
    overwrite: Overwrite = False,
    _language: SpokenLanguage = None,
) -> None:
    """Pack what everybody may have into public.zip, and what an auditor needs into sealed.zip.

    sealed.zip holds the public part too. Neither holds contact details.
    """
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.steps.publish.pack import pack_parts

    with said():
        target = lottery if out is None else out
        names = pack_parts(lottery, target, overwrite=overwrite)
        typer.echo(say("written.files", folder=target, files=", ".join(names)))
