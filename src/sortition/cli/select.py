"""The command that draws a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import (
    KeepCpr,
    Objective,
    Overwrite,
    PageLanguage,
    PanelSize,
    PoolFile,
    Quiet,
    QuotasFile,
    ReadingOptions,
    SolvingOptions,
    TowardOptions,
    grouped,
)
from sortition.cli.project import ProjectFile


@grouped
def select(
    pool: PoolFile,
    quotas: QuotasFile,
    *,
    size: PanelSize,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The public random text that draws. Default: a fresh one."
        ),
    ] = None,
    objective: Objective = "leximin",
    aim: TowardOptions,
    reading: ReadingOptions,
    keep_cpr: KeepCpr = False,
    solving: SolvingOptions,
    alternates: Annotated[
        int | None,
        typer.Option(
            metavar="A", help="Draw so many people in reserve as well: each ticket names its own."
        ),
    ] = None,
    language: PageLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the results.")] = Path(
        "selection"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Draw a panel: find the fairest lottery, draw a ticket, write panel and report.

    The results are panel.csv, panel.xlsx, not_selected.csv, lottery.json, certificate.json,
    report.html, report.json and manifest.json, all or none of them; with --alternates also
    alternates.csv and alternates.xlsx.
    """
    from sortition.cli.show.select import show_run
    from sortition.cli.show.terminal import progress_of, said
    from sortition.steps.select.run import Options, run

    aim.check(objective)
    with said():
        options = Options(
            inputs=reading.inputs(pool, quotas, size, keep_cpr=keep_cpr),
            seed=seed,
            rules=solving.rules(objective, aim),
            rates=aim.rates,
            language=language,
            out=out,
            overwrite=overwrite,
            alternates=alternates,
        )
        with progress_of(quiet) as progress:
            done = run(options, progress)
        if not quiet:
            show_run(done, options)
