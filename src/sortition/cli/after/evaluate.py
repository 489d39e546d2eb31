"""The command that sets a panel beside what it was to be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import (
    AsJson,
    Overwrite,
    PanelFolder,
    PdfFile,
    PopulationFile,
    Quiet,
)
from sortition.errors import Finding, InputErrors
from sortition.model.choices import BothLanguages


def evaluate(
    directory: PanelFolder,
    *,
    attendance: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Who came: an id and yes or no for session 1, session 2, …"
        ),
    ] = None,
    population: PopulationFile = None,
    questionnaire: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What the members answered: a row a person, a column a question."
        ),
    ] = None,
    template: Annotated[
        bool,
        typer.Option(
            "--template",
            help="Write the members' questionnaire, a workbook and a text for a form, and no more.",
        ),
    ] = False,
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
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Set panel, confirmed and attended beside quotas and population, session by session.

    The results are evaluation.html and evaluation.json. They name nobody. Of the members' answers
    they tell no number below 5.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.evaluate import show_evaluated, show_evaluated_json, show_template
    from sortition.cli.show.terminal import said
    from sortition.steps.evaluate.run import (
        FOLDER,
        PAGE,
        EvaluateOptions,
        evaluate_files,
        write_template,
    )

    shown = (out or directory / FOLDER) / PAGE
    with said(), on_paper(pdf, shown, overwrite=overwrite, quiet=quiet or as_json):
        if template:
            given = {
                "--attendance": attendance,
                "--population": population,
                "--questionnaire": questionnaire,
                "--pdf": pdf,
                "--json": as_json or None,
            }
            _refuse([option for option, value in given.items() if value is not None])
            written = write_template(directory, language=language, out=out, overwrite=overwrite)
            if not quiet:
                show_template(written)
            return
        options = EvaluateOptions(
            directory=directory,
            attendance=attendance,
            population=population,
            questionnaire=questionnaire,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        done = evaluate_files(options)
        if as_json:
            show_evaluated_json(done)
        elif not quiet:
            show_evaluated(done, options)


def _refuse(idle: Sequence[str]) -> None:
    """Options that say nothing about the questionnaire."""
    if idle:
        facts = {"mode": "--template"}
        raise InputErrors(
            tuple(Finding(code="usage-no-use", value=option, facts=facts) for option in idle)
        )
