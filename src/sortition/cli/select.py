"""The command that draws a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.inputs import FairestOptions, Files
from sortition.cli.options.outputs import PageOptions
from sortition.cli.options.shared import (
    ContactsOfOthers,
    ListColumns,
    ReportLanguage,
    ResultsFolder,
    names_in,
)


@grouped
def select(
    *,
    files: Files,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The public random text that draws. Default: a fresh one."
        ),
    ] = None,
    fairest: FairestOptions,
    columns: ListColumns = None,
    contacts_of_others: ContactsOfOthers = False,
    workbook: Annotated[
        bool,
        typer.Option(
            "--workbook", help="Write a copy of the pool's workbook too, with the results as tabs."
        ),
    ] = False,
    alternates: Annotated[
        int | None,
        typer.Option(
            metavar="A", help="Draw so many people in reserve as well: each ticket names its own."
        ),
    ] = None,
    rehearsal: Annotated[
        bool,
        typer.Option(
            "--rehearsal", help="A trial that decides nothing: seed, lists and page say so."
        ),
    ] = False,
    language: ReportLanguage = "en",
    out: ResultsFolder = Path("selection"),
    page: PageOptions,
) -> None:
    """Draw a panel: find the fairest lottery, draw a ticket, write panel and report.

    The results are panel.csv, panel.xlsx, not_selected.csv, lottery.json, certificate.json,
    report.html, report.json, manifest.json and roster.json, all or none of them; with --alternates
    also alternates.csv and alternates.xlsx. Contact details of those who were not drawn are in
    roster.json alone, where replace finds them, unless they are asked for.
    """
    from sortition.audit.shapes.run import PAGE
    from sortition.cli.show.select import show_run
    from sortition.cli.show.terminal import carry_out, said
    from sortition.steps.select.ready import Options
    from sortition.steps.select.run import run

    with said(), page.printed(out / PAGE):
        fairest.check()
        options = Options(
            inputs=fairest.inputs(files),
            seed=seed,
            rules=fairest.rules(),
            rates=fairest.aim.rates,
            language=language,
            out=out,
            overwrite=page.overwrite,
            mix=fairest.mix,
            alternates=alternates,
            columns=None if columns is None else tuple(names_in(columns)),
            contacts_of_others=contacts_of_others,
            rehearsal=rehearsal,
            workbook=workbook,
        )
        carry_out(run, options, show_run, quiet=page.quiet)
