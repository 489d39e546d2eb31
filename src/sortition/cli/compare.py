"""The command that puts the objectives side by side."""

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
    TowardWhom,
    check_toward,
    cpr_rules,
    names_in,
)
from sortition.cli.project import ProjectFile


def compare(
    pool: PoolFile,
    quotas: QuotasFile,
    *,
    size: PanelSize,
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
    solver: Solver = "highs",
    draws: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="How many panels the greedy rule draws for the estimates."
        ),
    ] = 10_000,
    language: PageLanguage = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for compare.html and compare.json."),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Compare the objectives: what chances each of them gives, side by side.

    Besides the objectives, population among them if asked for: uniform, where every panel that
    meets the quotas is equally likely, and legacy, the greedy rule that fills a panel one person
    at a time.
    """
    from sortition.cli.show.compare import show_comparison
    from sortition.cli.show.terminal import progress_of, said
    from sortition.instance.inputs import Inputs
    from sortition.selection.preparation import Rules
    from sortition.steps.compare.run import CompareOptions, compare_files

    if quiet and out is None:
        raise typer.BadParameter("without --out there is nothing else to do", param_hint="--quiet")
    check_toward(toward, rates, "leximin")
    with said():
        options = CompareOptions(
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
            rules=Rules(gamma=gamma, tickets=tickets, solver=solver),
            rates=rates,
            draws=draws,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet) as progress:
            compared = compare_files(options, progress)
        if not quiet:
            show_comparison(compared, options)
