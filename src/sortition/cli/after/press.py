"""The command that writes a page for citizens and media."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import Overwrite, PdfFile, Quiet
from sortition.cli.project import ProjectFile
from sortition.model.choices import BothLanguages


def press(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of a panel that was drawn.")
    ],
    *,
    population: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The population: feature, value, and population or share."
        ),
    ] = None,
    assembly: Annotated[
        str, typer.Option(metavar="NAME", help="What the assembly is called.")
    ] = "",
    organiser: Annotated[str, typer.Option(metavar="NAME", help="Who has it drawn.")] = "",
    contact: Annotated[
        str, typer.Option(metavar="TEXT", help="Whom to ask: a name, telephone or e-mail.")
    ] = "",
    days: Annotated[str, typer.Option(metavar="TEXT", help="When and where people meet.")] = "",
    language: Annotated[
        BothLanguages | None,
        typer.Option(help="The language of the page. Default: that of the report."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The page. Default: press.html, in DIR."),
    ] = None,
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Write one page for citizens and media: who was drawn, how, and how to check it.

    It has two pictures, each with a caption, names nobody, and has no small groups.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.press import show_page
    from sortition.cli.show.terminal import said
    from sortition.steps.press.page import About
    from sortition.steps.press.run import PAGE, PressOptions, write_press

    with said(), on_paper(pdf, out or directory / PAGE, overwrite=overwrite, quiet=quiet):
        done = write_press(
            PressOptions(
                directory=directory,
                population=population,
                about=About(assembly=assembly, organiser=organiser, contact=contact, days=days),
                language=language,
                out=out,
                overwrite=overwrite,
            )
        )
        if not quiet:
            show_page(done)
