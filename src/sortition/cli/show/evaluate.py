"""What `sortition evaluate` says: the evaluation in plain words."""

from __future__ import annotations

import typer

from sortition.cli.show.spoken import assumed, lead, spoken
from sortition.steps.evaluate.page import summary
from sortition.steps.evaluate.run import DOCUMENT, PAGE, Evaluated, EvaluateOptions


def show_evaluated(done: Evaluated, options: EvaluateOptions) -> None:
    """Say how the panel compares, and where it is written."""
    lines = summary(done.evaluation, spoken())
    lines += ["", lead("written", f"{options.folder}: {PAGE}, {DOCUMENT}"), *assumed(done.assumed)]
    typer.echo("\n".join(lines))


def show_evaluated_json(done: Evaluated) -> None:
    """Print the evaluation as JSON."""
    typer.echo(done.document.decode().rstrip("\n"))
