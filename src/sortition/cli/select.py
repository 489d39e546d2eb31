"""The command that draws a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import (
    AgeOn,
    CprKey,
    FromCpr,
    Gamma,
    HouseholdColumns,
    HouseholdLimit,
    IdColumn,
    KeepCpr,
    MapFile,
    Objective,
    Overwrite,
    PageLanguage,
    PanelSize,
    PoolFile,
    PoolSheet,
    Quiet,
    QuotasFile,
    QuotasSheet,
    RatesFile,
    Solver,
    Tickets,
    TimeLimit,
    TowardWhom,
    check_toward,
    cpr_rules,
    names_in,
)
from sortition.cli.project import ProjectFile


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
    toward: TowardWhom = "pool",
    rates: RatesFile = None,
    id_column: IdColumn = None,
    household: HouseholdColumns = None,
    household_limit: HouseholdLimit = 1,
    mapping: MapFile = None,
    pool_sheet: PoolSheet = None,
    quotas_sheet: QuotasSheet = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    cpr_key: CprKey = None,
    keep_cpr: KeepCpr = False,
    tickets: Tickets = 1000,
    alternates: Annotated[
        int | None,
        typer.Option(
            metavar="A", help="Draw so many people in reserve as well: each ticket names its own."
        ),
    ] = None,
    solver: Solver = "highs",
    time_limit: TimeLimit = None,
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
    from sortition.instance.inputs import Inputs
    from sortition.selection.preparation import Rules
    from sortition.steps.select.run import Options, run

    check_toward(toward, rates, objective)
    with said():
        options = Options(
            inputs=Inputs(
                pool=pool,
                quotas=quotas,
                panel_size=size,
                id_column=id_column,
                household_columns=names_in(household),
                household_limit=household_limit,
                mapping=mapping,
                pool_sheet=pool_sheet,
                quotas_sheet=quotas_sheet,
                cpr=cpr_rules(from_cpr, age_on, cpr_key, keep_cpr),
            ),
            seed=seed,
            rules=Rules(
                objective=objective,
                gamma=gamma,
                tickets=tickets,
                solver=solver,
                time_limit=time_limit,
            ),
            rates=rates,
            language=language,
            out=out,
            overwrite=overwrite,
            alternates=alternates,
        )
        with progress_of(quiet) as progress:
            done = run(options, progress)
        if not quiet:
            show_run(done, options)
