"""What `sortition press` and `sortition my-chance` say: where the page is."""

from __future__ import annotations

import typer

from sortition.steps.press.run import Written
from sortition.texts.grouping import grouped


def show_page(done: Written) -> None:
    """Say where the page is."""
    lines = [f"Written   {done.target}"]
    if done.assumed:
        lines += ["", "What was assumed:", *(f"  {line}" for line in grouped(done.assumed))]
    typer.echo("\n".join(lines))
