"""The command that writes one volunteer's page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import LanguageOfReport, Overwrite, PanelFolder, PdfFile, Quiet


def my_chance(
    directory: PanelFolder,
    id: Annotated[str, typer.Argument(metavar="ID", help="Whose page it is.")],
    *,
    language: LanguageOfReport = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path(
        "my_chance.html"
    ),
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Write one page for one volunteer: her chance, why it is what it is, and her tickets.

    It is for her alone.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.press import show_page
    from sortition.cli.show.terminal import said
    from sortition.steps.press.run import write_chance

    with said(), on_paper(pdf, out, overwrite=overwrite, quiet=quiet):
        done = write_chance(directory, id, language=language, out=out, overwrite=overwrite)
        if not quiet:
            show_page(done)
