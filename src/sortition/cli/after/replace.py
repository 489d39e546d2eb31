"""The command that fills the places of those who leave a panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sortition.cli.options.shared import LanguageOfReport, PanelFolder, Quiet

DrawnFolderArgument = PanelFolder


def replace(
    directory: DrawnFolderArgument,
    *,
    dropouts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who leaves: ids as CSV or XLSX, or a call list, of which those who declined. "
            "Without it, the round that was announced is drawn.",
        ),
    ] = None,
    unavailable: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who else of the pool is not to be drawn: ids."),
    ] = None,
    places_from: Annotated[
        Literal["alternates", "pool"] | None,
        typer.Option(
            "--from",
            help="Call the alternates in their order, or draw from the whole pool. "
            "Default: the alternates, if some of them fit.",
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="A new public random text. Default: the seed of the first draw."
        ),
    ] = None,
    drawn: Annotated[
        str | None,
        typer.Option(metavar="DIGITS", help="The digits of the ticket, drawn by hand."),
    ] = None,
    beacon: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A beacon's round, as its relays publish it in JSON."),
    ] = None,
    language: LanguageOfReport = None,
    promise: Annotated[
        str | None,
        typer.Option(
            metavar="drawn|ROUND|TIME",
            help="Announce the round, and promise what will draw it: digits by hand, or a future "
            "round of the drand quicknet beacon, by its number or its time.",
        ),
    ] = None,
    late: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Volunteers who came after the first draw, with the columns of the pool: they "
            "join it before this round is drawn.",
        ),
    ] = None,
    late_map: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --late: the map file that the pool was read by."),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FEATURE:VALUE=N",
            help="A seat off this quota is N times as dear, where not all quotas can be kept. May "
            "be given again.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Say who could come, which quotas would give way and what the draw takes; write "
            "nothing and draw nobody.",
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Fill the places of those who leave a panel, by alternates or by a fair lottery.

    Those who stay keep their places; what they leave open are the quotas of the lottery. The
    results are a folder replacement-1, replacement-2, … in DIR and an event in its log. Nothing
    is overwritten. With --promise, list and lottery are fixed first and drawn later.
    """
    from sortition.cli.show.replace import show_replaced, show_trial
    from sortition.cli.show.terminal import carry_out, said
    from sortition.steps.members.replace.options import ReplaceOptions
    from sortition.steps.members.replace.run import replace_dropouts
    from sortition.steps.members.replace.trying import try_replacing

    with said():
        options = ReplaceOptions(
            directory=directory,
            dropouts=dropouts,
            unavailable=unavailable,
            places_from=places_from,
            seed=seed,
            digits=drawn,
            beacon_file=beacon,
            language=language,
            promise=promise,
            weights=weight or (),
            dry=dry_run,
            late=late,
            mapping=late_map,
        )
        if dry_run:
            carry_out(try_replacing, options, show_trial, quiet=quiet)
            return
        carry_out(replace_dropouts, options, show_replaced, quiet=quiet)
