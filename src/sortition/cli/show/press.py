"""What `sortition press` and `sortition my-chance` say: where the page is."""

from __future__ import annotations

import typer

from sortition.cli.show.spoken import assumed, lead
from sortition.steps.press.run import Written


def show_page(done: Written) -> None:
    """Say where the page is."""
    typer.echo("\n".join([lead("written", str(done.target)), *assumed(done.assumed)]))
