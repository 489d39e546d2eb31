"""What `sortition map` says: the draft itself, or where it is, and what it leaves open."""

from __future__ import annotations

import typer

from sortition.cli.show.spoken import say
from sortition.instance.mapping.draft import Draft
from sortition.steps.check.map import MapOptions


def show_draft(draft: Draft, options: MapOptions) -> None:
    """Print the draft, or say that it is written; a printed draft is a file by itself."""
    left = say("map.open", n=draft.open) if draft.open else say("map.matched")
    if options.out is None:
        typer.echo(draft.text, nl=False)
        typer.echo(left, err=True)
    else:
        typer.echo(f"{say('written.to', target=options.out)}\n{left}")
