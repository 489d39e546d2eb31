"""The command that checks quotas against the population and the pool."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.inputs import Files, ReadingOptions
from sortition.cli.options.outputs import PageOptions
from sortition.cli.options.shared import AsJson, PageLanguage, PanelSize, QuotasFile, Solver

NO_POOL = "-"

PoolOrNone = Annotated[
    Path,
    typer.Argument(
        metavar="POOL",
        help="Who can be drawn: CSV or XLSX, a row a person; or - to compare the quotas with the "
        "population alone.",
    ),
]


@grouped
def check(
    pool: PoolOrNone,
    quotas: QuotasFile,
    *,
    size: PanelSize,
    population: Annotated[
        Path | None,
        typer.Option(
            metavar="TABLE",
            help="How the population is made up: feature, value and population or share.",
        ),
    ] = None,
    reading: ReadingOptions,
    solver: Solver = "highs",
    write_relaxed: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="If there is no panel: write the proposed quotas, as CSV."
        ),
    ] = None,
    as_json: AsJson = False,
    language: PageLanguage = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for check.html and check.json."),
    ] = None,
    page: PageOptions,
) -> None:
    """Check quotas against the population and the pool before anybody is drawn.

    The exit code is 0 if a panel is possible, 1 if none is, and 2 if the files have faults.
    """
    from sortition.cli.show.check import show_check
    from sortition.cli.show.terminal import THE_ANSWER_IS_NO, progress_of, said
    from sortition.steps.check.run import PAGE, CheckOptions, check_inputs

    without_pool = pool.name == NO_POOL
    shown = out / PAGE if out else None
    with said(), page.printed(shown, quiet=as_json):
        inputs = None
        if not without_pool:
            inputs = reading.inputs(Files(pool=pool, quotas=quotas, size=size))
        options = CheckOptions(
            quotas=quotas,
            quotas_sheet=reading.quotas_sheet,
            panel_size=size,
            inputs=inputs,
            population=population,
            solver=solver,
            language=language,
            out=out,
            write_relaxed=write_relaxed,
            overwrite=page.overwrite,
        )
        with progress_of(page.quiet or as_json) as progress:
            checked = check_inputs(options, progress)
        if as_json:
            typer.echo(checked.document.decode(), nl=False)
        elif not page.quiet:
            show_check(checked, options)
        if checked.check.infeasible:
            raise typer.Exit(THE_ANSWER_IS_NO)
