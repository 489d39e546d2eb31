"""What `sortition evaluate` says: the evaluation in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from sortition.cli.show.spoken import assumed, lead, spoken
from sortition.steps.evaluate.page import answered, opinions, summary
from sortition.steps.evaluate.run import DOCUMENT, PAGE, Evaluated, EvaluateOptions


def show_evaluated(done: Evaluated, options: EvaluateOptions) -> None:
    """Say how the panel compares, and where it is written."""
    told = done.satisfaction
    lines = summary(done.evaluation, spoken())
    lines += [*answered(told, spoken()), *opinions(told, spoken())]
    lines += ["", lead("written", f"{options.folder}: {PAGE}, {DOCUMENT}"), *assumed(done.assumed)]
    typer.echo("\n".join(lines))


def show_template(written: Sequence[Path]) -> None:
    """Say where the questionnaire is."""
    typer.echo(lead("written", ", ".join(map(str, written))))


def show_evaluated_json(done: Evaluated) -> None:
    """Print the evaluation as JSON."""
    typer.echo(done.document.decode().rstrip("\n"))
