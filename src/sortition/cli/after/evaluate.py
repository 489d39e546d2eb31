"""The command that sets a panel beside what it was to be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import AsJson, BothLanguages, Overwrite, Quiet


def evaluate(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of a panel that was drawn.")
    ],
    *,
    attendance: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Who came: an id and yes or no for session 1, session 2, …"
        ),
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The population: feature, value, and population or share."
        ),
    ] = None,
    language: Annotated[
        BothLanguages | None,
        typer.Option(help="The language of page and summary. Default: that of the report."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The folder for the results. Default: evaluation, in DIR."
        ),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Set panel, confirmed and attended beside quotas and population, session by session.

    The results are evaluation.html and evaluation.json. They name nobody.
    """
    from sortition.cli.show.evaluate import show_evaluated, show_evaluated_json
    from sortition.cli.show.terminal import said
    from sortition.steps.evaluate.run import EvaluateOptions, evaluate_files

    with said():
        options = EvaluateOptions(
            directory=directory,
            attendance=attendance,
            population=population,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        done = evaluate_files(options)
        if as_json:
            show_evaluated_json(done)
        elif not quiet:
            show_evaluated(done, options)
