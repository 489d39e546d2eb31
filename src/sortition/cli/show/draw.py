"""What `sortition draw` says before a draw that is final, and after it."""

from __future__ import annotations

import typer

from sortition.audit.draw.sources import Outcome
from sortition.cli.show.spoken import assumed, lead, many, say
from sortition.steps.publish.draw import DrawnLottery, ToDraw

NAMED = {"drawn": "ticket", "seed": "seed", "beacon": "round"}


def ask_whether_to_draw(ahead: ToDraw, outcome: Outcome) -> None:
    """Say what is about to be drawn, from which commitment and by what, and ask whether to.

    Raises
    ------
    typer.Abort
        If the answer is no.
    """
    lines = [
        ahead.about,
        lead("digest", ahead.announced),
        lead("tickets", many(ahead.tickets)),
        lead(NAMED[outcome.source.kind], str(outcome.source.round or outcome.text)),
    ]
    typer.echo("\n".join(lines), err=True)
    typer.confirm(say("draw.ask"), abort=True, err=True)


def show_drawn(done: DrawnLottery, published: str, *, contacts_of_others: bool) -> None:
    """The ticket, its panel, and the files that were written."""
    lines = [
        lead("ticket", str(done.number)),
        lead("panel", " ".join(done.ids or done.drawn.panel)),
    ]
    if done.written:
        lines.append(lead("written", f"{published}: {', '.join(done.written)}"))
        if not contacts_of_others:
            lines.append(lead("others", say("lists.others")))
    lines += assumed(done.noticed, "noticed")
    typer.echo("\n".join(lines))
