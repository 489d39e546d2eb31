"""The command that puts the objectives side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.inputs import Files, ReadingOptions, TowardOptions
from sortition.cli.options.outputs import PageOptions
from sortition.cli.options.shared import KeepCpr, PageLanguage, Solver, Tickets


@grouped
def compare(
    *,
    files: Files,
    aim: TowardOptions,
    reading: ReadingOptions,
    keep_cpr: KeepCpr = False,
    tickets: Tickets = 1000,
    solver: Solver = "highs",
    draws: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="How many panels the greedy rule draws for the estimates."
        ),
    ] = 10_000,
    manipulation: Annotated[
        bool,
        typer.Option("--manipulation", help="Try what false answers gain under each objective."),
    ] = False,
    lies: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="For --manipulation: how many lies are tried at most."
        ),
    ] = 40,
    language: PageLanguage = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for compare.html and compare.json."),
    ] = None,
    page: PageOptions,
) -> None:
    """Compare the objectives: what chances each of them gives, side by side.

    Besides the objectives, population among them if asked for: uniform, where every panel that
    meets the quotas is equally likely, and legacy, the greedy rule that fills a panel one person
    at a time.
    """
    from sortition.cli.show.compare import show_comparison
    from sortition.cli.show.terminal import carry_out, said
    from sortition.errors import Finding, InputErrors
    from sortition.selection.preparation import Rules
    from sortition.steps.compare.run import PAGE, CompareOptions, compare_files

    with said(), page.printed(out / PAGE if out else None):
        if page.quiet and out is None:
            raise InputErrors((Finding(code="usage-quiet", value="--quiet"),))
        aim.check()
        options = CompareOptions(
            inputs=reading.inputs(files, keep_cpr=keep_cpr),
            rules=Rules(gamma=aim.gamma, tickets=tickets, solver=solver),
            rates=aim.rates,
            draws=draws,
            lies=lies if manipulation else 0,
            language=language,
            out=out,
            overwrite=page.overwrite,
        )
        carry_out(compare_files, options, show_comparison, quiet=page.quiet)
