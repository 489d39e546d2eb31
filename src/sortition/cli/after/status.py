"""The command that tells the state of a panel."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sortition.cli.options.shared import AsJson, PanelFolder, SpokenLanguage, as_day, names_in


def status(
    directory: PanelFolder,
    *,
    on: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE",
            parser=as_day,
            help="Which days for an answer have passed by this one. Default: none is judged.",
        ),
    ] = None,
    substitutes: Annotated[
        bool,
        typer.Option(
            "--substitutes",
            help="For each member, how many of the pool could take her place without breaking a "
            "quota.",
        ),
    ] = False,
    aside: Annotated[
        str | None,
        typer.Option(
            metavar="FEATURE[,FEATURE…]",
            help="With --substitutes: leave the quotas on these features out of account.",
        ),
    ] = None,
    as_json: AsJson = False,
    _language: SpokenLanguage = None,
) -> None:
    """Tell the state of a panel: places, answers, quotas, who is next. Nothing is written."""
    from sortition.cli.show.status import show_status, show_status_json, show_substitutes
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.members.status import panel_status

    with said():
        day = on.date() if on else None
        if aside is not None and not substitutes:
            raise InputErrors((Finding(code="aside-alone"),))
        left = names_in(aside) if substitutes else None
        state = panel_status(directory, day, aside=left)
        if as_json:
            show_status_json(state)
        else:
            show_status(state, directory, day)
            if left is not None:
                show_substitutes(state, left)
