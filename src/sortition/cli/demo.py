"""The command that shows what a selection is, with nothing but the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import Overwrite, PageLanguage, Quiet


def demo(
    *,
    language: PageLanguage = "en",
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the samples and the selection.")
    ] = Path("demo"),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Try it out: copy the samples, draw a panel from them, and say which page to open.

    The samples are those of an invented Danish municipality: registry, pool, quotas and more. They
    are put into samples, and what select writes into selection.
    """
    from sortition.cli.show.demo import show_demo
    from sortition.cli.show.terminal import progress_of, said
    from sortition.steps.demo.run import DemoOptions, run_demo

    with said():
        options = DemoOptions(out=out, language=language, overwrite=overwrite)
        with progress_of(quiet) as progress:
            selecting, done = run_demo(options, progress)
        if not quiet:
            show_demo(done, selecting)
