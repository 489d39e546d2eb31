"""What `sortition map` says: the draft itself, or where it is, and what it leaves open."""

from __future__ import annotations

import typer

from sortition.instance.mapping.draft import Draft
from sortition.steps.check.map import MapOptions


def show_draft(draft: Draft, options: MapOptions) -> None:
    """Print the draft, or say that it is written; a printed draft is a file by itself."""
    if draft.open:
        left = f"Places that wait for an answer, marked TO DO: {draft.open}."
    else:
        left = "Everything was matched. Check it all the same."
    if options.out is None:
        typer.echo(draft.text, nl=False)
        typer.echo(left, err=True)
    else:
        typer.echo(f"Written: {options.out}\n{left}")
