"""The command that writes a page for citizens and media."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.outputs import PageOptions
from sortition.cli.options.shared import (
    AssemblyName,
    Contact,
    LanguageOfReport,
    MeetingDays,
    PanelFolder,
    PopulationFile,
)


@grouped
def press(
    directory: PanelFolder,
    *,
    population: PopulationFile = None,
    assembly: AssemblyName = "",
    organiser: Annotated[str, typer.Option(metavar="NAME", help="Who has it drawn.")] = "",
    contact: Contact = "",
    days: MeetingDays = "",
    language: LanguageOfReport = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The page. Default: press.html, in DIR."),
    ] = None,
    page: PageOptions,
) -> None:
    """Write one page for citizens and media: who was drawn, how, and how to check it.

    It has two pictures, each with a caption, names nobody, and has no small groups.
    """
    from sortition.cli.show.press import show_page
    from sortition.cli.show.terminal import said
    from sortition.steps.press.page import About
    from sortition.steps.press.run import PAGE, PressOptions, write_press

    with said(), page.printed(out or directory / PAGE):
        done = write_press(
            PressOptions(
                directory=directory,
                population=population,
                about=About(assembly=assembly, organiser=organiser, contact=contact, days=days),
                language=language,
                out=out,
                overwrite=page.overwrite,
            )
        )
        if not page.quiet:
            show_page(done)
