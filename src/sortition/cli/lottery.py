"""The command that publishes a lottery before it is drawn."""

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
from sortition.model import DrawSource


def lottery(
    pool: PoolFile,
    quotas: QuotasFile,
    *,
    size: PanelSize,
    source: Annotated[
        DrawSource,
        typer.Option(
            help="What will draw. drawn: digits by balls or dice, which are the ticket. "
            "seed: a text found in public. A beacon is named with --beacon."
        ),
    ] = "drawn",
    beacon: Annotated[
        str | None,
        typer.Option(
            metavar="ROUND|TIME",
            help="A future round of the drand quicknet beacon will draw: its number, or its time.",
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
    solver: Solver = "highs",
    time_limit: TimeLimit = None,
    language: PageLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the lottery.")] = Path(
        "lottery"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Publish a lottery before it is drawn: numbered tickets, their proof, a digest to announce.

    The folder has a part for everybody (public) and one for an auditor (sealed). Draw from it
    with sortition draw.
    """
    from sortition.cli.show.lottery import show_published
    from sortition.cli.show.terminal import progress_of, said
    from sortition.instance.inputs import Inputs
    from sortition.selection.preparation import Rules
    from sortition.steps.publish.run import LotteryOptions, promised, publish_lottery

    check_toward(toward, rates, objective)
    with said():
        options = LotteryOptions(
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
            rules=Rules(
                objective=objective,
                gamma=gamma,
                tickets=tickets,
                solver=solver,
                time_limit=time_limit,
            ),
            rates=rates,
            source=promised(source, beacon),
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet) as progress:
            done = publish_lottery(options, progress)
        if not quiet:
            show_published(done, options)
