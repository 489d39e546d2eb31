"""The command for the call list of a panel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import Overwrite, PanelFolder, Quiet, as_day
from sortition.model.choices import BothLanguages


def confirm(
    directory: PanelFolder,
    *,
    read: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Read a call list back: who has confirmed, who has declined."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The workbook to write. Default: calls.xlsx in DIR."),
    ] = None,
    deadline: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE",
            parser=as_day,
            help="The day by which those without an answer are to give one, such as 2026-12-01 "
            "or 01-12-2026.",
        ),
    ] = None,
    language: Annotated[
        BothLanguages | None,
        typer.Option(help="The language of the list. Default: that of the report."),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Write the call list of a panel, or with --read take in what people answered.

    The list has everything the pool knows of each person, and columns for the status, the calls,
    the day for an answer, the next alternate and a note. What is read back is kept in DIR as
    calls-1.json, calls-2.json, …, and its digest in the log. They hold personal data.
    """
    from sortition.cli.show.confirm import show_answers, show_worksheet
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.members.confirm import WriteOptions, read_answers, write_worksheet

    with said():
        if read is not None:
            if out is not None or deadline is not None or overwrite:
                raise InputErrors((Finding(code="confirm-read-alone"),))
            done = read_answers(directory, read)
            if not quiet:
                show_answers(done, directory, read)
            return
        options = WriteOptions(
            directory=directory,
            out=out,
            deadline=deadline.date() if deadline else None,
            language=language,
            overwrite=overwrite,
        )
        done = write_worksheet(options)
        if not quiet:
            show_worksheet(done, options)
