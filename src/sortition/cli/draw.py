"""The command that draws from a published lottery."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import (
    AsJson,
    ContactsOfOthers,
    ListColumns,
    PublicSeed,
    SpokenLanguage,
    names_in,
)


def draw(
    published: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="The folder that sortition lottery wrote, or a bare lottery.json.",
        ),
    ],
    *,
    seed: PublicSeed = None,
    drawn: Annotated[
        str | None,
        typer.Option(metavar="DIGITS", help="The ticket's number as it was drawn by hand."),
    ] = None,
    beacon: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The promised round of the beacon, as JSON."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Draw without asking again, as scripts need it.")
    ] = False,
    columns: ListColumns = None,
    contacts_of_others: ContactsOfOthers = False,
    as_json: AsJson = False,
    _language: SpokenLanguage = None,
) -> None:
    """Draw one ticket from a published lottery: print its number and its panel.

    A folder is verified first and drawn once: what is to be drawn is shown on a terminal, and
    asked again. Lists, report and the record of the draw are written to it. From a bare
    lottery.json nothing is written.
    """
    from sortition.cli.show.draw import ask_whether_to_draw, show_drawn
    from sortition.cli.show.terminal import said
    from sortition.steps.publish.draw import about_to_draw, draw_bare, draw_folder
    from sortition.steps.publish.sources import chosen_outcome

    with said():
        outcome = chosen_outcome(seed=seed, drawn=drawn, beacon_file=beacon)
        bare = published.is_file()
        if not (bare or yes) and sys.stdin.isatty():
            ask_whether_to_draw(about_to_draw(published, outcome), outcome)
        done = (
            draw_bare(published, outcome)
            if bare
            else draw_folder(
                published,
                outcome,
                contacts_of_others=contacts_of_others,
                columns=None if columns is None else names_in(columns),
            )
        )
        if as_json:
            document = {
                "ticket": done.drawn.ticket,
                "panel": list(done.drawn.panel),
                **({} if bare else {"ids": list(done.ids)}),
            }
            typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
            return
        show_drawn(done, str(published), contacts_of_others=contacts_of_others)
