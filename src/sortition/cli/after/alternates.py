"""The command that chooses alternates for a panel that was drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import Overwrite, Quiet
from sortition.model.choices import BothLanguages

Dropout = Annotated[
    str | None,
    typer.Option(
        metavar="SHARE",
        help="The chance that somebody drops out, such as 0.1 or 10%. Default: 10.3%, as five "
        "former assemblies saw.",
    ),
]
DropoutRatesFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Chances for single values: feature, value and rate, or how many were selected and "
        "attended in former assemblies.",
    ),
]


def alternates(
    drawn: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder in which select or draw drew a panel."),
    ],
    *,
    count: Annotated[
        int | None, typer.Option(metavar="A", help="How many people are in reserve.")
    ] = None,
    second_panel: Annotated[
        bool,
        typer.Option(
            "--second-panel",
            help="Draw as many people again, by the same quotas, in place of a reserve.",
        ),
    ] = False,
    dropout: Dropout = None,
    dropout_rates: DropoutRatesFile = None,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="A public random text. Default: the one that drew the panel."
        ),
    ] = None,
    language: Annotated[
        BothLanguages | None, typer.Option(help="The language of the page. Default: the report's.")
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Choose people in reserve, so that a panel stays close to its quotas when some drop out.

    The folder gets alternates.csv, alternates.xlsx, alternates.json and alternates.html, all or
    none of them; with --second-panel also the second lottery and its proof.
    """
    from sortition.cli.show.alternates import show_alternates
    from sortition.cli.show.terminal import carry_out, said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.members.reserve.reading import AlternatesOptions
    from sortition.steps.members.reserve.run import choose_alternates

    with said():
        if (count is None) != second_panel:
            raise InputErrors((Finding(code="alternates-count-or-panel"),))
        options = AlternatesOptions(
            directory=drawn,
            count=count,
            dropout=dropout,
            dropout_rates=dropout_rates,
            seed=seed,
            language=language,
            overwrite=overwrite,
        )
        carry_out(choose_alternates, options, show_alternates, quiet=quiet)
