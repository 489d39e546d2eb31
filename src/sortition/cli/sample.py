"""The command that invents a pool to rehearse with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import Overwrite, PageLanguage, Quiet, QuotasFile, QuotasSheet


def sample(
    quotas: QuotasFile,
    *,
    size: Annotated[
        int, typer.Option(metavar="N", help="How many people are invented, panel and others.")
    ],
    panel: Annotated[
        int | None,
        typer.Option(
            metavar="K",
            help="How many people sit on the panel that fits. Default: what the quotas add up to.",
        ),
    ] = None,
    misses: Annotated[
        bool,
        typer.Option(
            "--misses", help="Leave one person out, so that no panel fits: what is said then?"
        ),
    ] = False,
    seed: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Any text; another one makes other people.")
    ] = None,
    quotas_sheet: QuotasSheet = None,
    language: PageLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="FILE", help="The pool, a CSV file.")] = Path(
        "sample-pool.csv"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Invent a pool that fits the quotas, or just misses them, to rehearse a selection with.

    Nobody in it exists: names say so, and addresses and e-mails lead nowhere.
    """
    from sortition.cli.show.demo import show_sample
    from sortition.cli.show.terminal import said
    from sortition.steps.sample.run import SampleOptions, make_sample

    with said():
        options = SampleOptions(
            quotas=quotas,
            quotas_sheet=quotas_sheet,
            people=size,
            panel_size=panel,
            misses=misses,
            seed=seed,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        made = make_sample(options)
        if not quiet:
            show_sample(made, options)
