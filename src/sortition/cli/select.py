"""The command that draws a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import (
    Gamma,
    HouseholdColumns,
    HouseholdLimit,
    IdColumn,
    Overwrite,
    PageLanguage,
    PanelSize,
    PoolFile,
    Quiet,
    QuotasFile,
    Solver,
    Tickets,
    TimeLimit,
    names_in,
)
from sortition.model import ObjectiveName

Objective = Annotated[
    ObjectiveName,
    typer.Option(
        help="leximin: raise the lowest chance, then the next, and so on. "
        "maximin: raise the lowest, then lower the highest. nash: raise the product. "
        "minimax: lower the highest. goldilocks: neither too low nor too high."
    ),
]


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
    gamma: Gamma = 1.0,
    id_column: IdColumn = None,
    household: HouseholdColumns = None,
    household_limit: HouseholdLimit = 1,
    tickets: Tickets = 1000,
    solver: Solver = "highs",
    time_limit: TimeLimit = None,
    language: PageLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the results.")] = Path(
        "selection"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Draw a panel: find the fairest lottery, draw a ticket, write panel and report.

    The results are panel.csv, panel.xlsx, not_selected.csv, lottery.json, certificate.json,
    report.html, report.json and manifest.json, all or none of them.
    """
    from sortition.cli.select_show import show_run
    from sortition.cli.show import progress_of, said
    from sortition.preparation import Rules
    from sortition.runs.inputs import Inputs
    from sortition.runs.select import Options, run

    with said():
        options = Options(
            inputs=Inputs(
                pool=pool,
                quotas=quotas,
                panel_size=size,
                id_column=id_column,
                household_columns=names_in(household),
                household_limit=household_limit,
            ),
            seed=seed,
            rules=Rules(
                objective=objective,
                gamma=gamma,
                tickets=tickets,
                solver=solver,
                time_limit=time_limit,
            ),
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet) as progress:
            done = run(options, progress)
        if not quiet:
            show_run(done, options)
