"""The command that publishes a lottery before it is drawn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.inputs import FairestOptions, Files
from sortition.cli.options.shared import Overwrite, Quiet, ReportLanguage, as_day
from sortition.cli.project import ProjectFile
from sortition.model import DrawSource, Share


@grouped
def lottery(
    *,
    files: Files,
    source: Annotated[
        DrawSource,
        typer.Option(
            help="What will draw. drawn: digits by balls or dice, which are the ticket. "
            "seed: a text found in public. A beacon is named with --beacon."
        ),
    ] = "drawn",
    beacon: Annotated[
        str | None,
        typer.Option(
            metavar="ROUND|TIME",
            help="A future round of the drand quicknet beacon will draw: its number, or its time.",
        ),
    ] = None,
    numbers: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="With --source seed: which numbers make it, such as "
            "'7 from 1 to 36; Lotto; danskespil.dk; 2031-12-06'. Can be given several times.",
        ),
    ] = None,
    assembly: Annotated[
        str, typer.Option(metavar="NAME", help="The assembly that is drawn; published.")
    ] = "",
    organiser: Annotated[
        str, typer.Option(metavar="NAME", help="Who has it drawn; published.")
    ] = "",
    day: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE",
            parser=as_day,
            help="The day of the draw; published. Default: that of the source, or today.",
        ),
    ] = None,
    fairest: FairestOptions,
    few_tickets: Annotated[
        str,
        typer.Option(metavar="REASON", help="Why there are fewer than 1,000 tickets; published."),
    ] = "",
    share: Annotated[
        Share,
        typer.Option(
            help="How much of the chances goes out beside the tickets: everybody's, ranges of ten "
            "people or more, or none. Less can be checked by less."
        ),
    ] = "chances",
    rehearsal: Annotated[
        bool,
        typer.Option(
            "--rehearsal", help="A trial that decides nothing: commitment, lists and pages say so."
        ),
    ] = False,
    language: ReportLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the lottery.")] = Path(
        "lottery"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Publish a lottery before it is drawn: numbered tickets, their proof, a digest to announce.

    The folder has a part for everybody (public) and one for an auditor (sealed). Draw from it
    with sortition draw.
    """
    from sortition.cli.show.lottery import show_published
    from sortition.cli.show.terminal import carry_out, said
    from sortition.steps.publish.publishing import About
    from sortition.steps.publish.run import LotteryOptions, publish_lottery
    from sortition.steps.publish.sources import day_of, promised

    with said():
        fairest.check()
        source_of_chance = promised(source, beacon, numbers or ())
        options = LotteryOptions(
            inputs=fairest.inputs(files),
            rules=fairest.rules(),
            rates=fairest.aim.rates,
            source=source_of_chance,
            about=About(
                assembly=assembly,
                organiser=organiser,
                day=day_of(source_of_chance, day and day.date()),
                few_tickets=few_tickets,
            ),
            language=language,
            out=out,
            overwrite=overwrite,
            mix=fairest.mix,
            share=share,
            rehearsal=rehearsal,
        )
        carry_out(publish_lottery, options, show_published, quiet=quiet)
