"""The command that makes quotas from population figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sortition.cli.options.shared import (
    AsJson,
    Overwrite,
    PageLanguage,
    PanelSize,
    PdfFile,
    Quiet,
    names_in,
)


def quotas(
    statistics: Annotated[
        list[Path],
        typer.Argument(
            metavar="STATISTICS",
            help="How many people there are: CSV or XLSX, such as exports of StatBank Denmark.",
        ),
    ],
    *,
    size: PanelSize,
    ages: Annotated[
        str | None,
        typer.Option(
            metavar="BAND[,BAND…]",
            help="Bands of age such as 16-29,30-44,45-59,60+; people of other ages are left out.",
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option(metavar="NAME", help="The area, if the figures are about several.")
    ] = None,
    features: Annotated[
        str | None,
        typer.Option(
            metavar="COL[,COL…]",
            help="What gets quotas; file.csv:COL if two files have it. Default: all but the area.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WRITTEN=NAME",
            help="Call a feature or value otherwise, as the pool does. May be given again.",
        ),
    ] = None,
    table: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Two columns, such as parish and district: areas are put together by name or "
            "code. May be given again.",
        ),
    ] = None,
    method: Annotated[
        Literal["sainte-lague", "hamilton"],
        typer.Option(help="How seats are apportioned: Sainte-Laguë (Webster) or Hamilton."),
    ] = "sainte-lague",
    width: Annotated[
        int,
        typer.Option(metavar="W", min=0, help="How far min and max are from the seats."),
    ] = 1,
    at_least: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="At least so many seats for each value."),
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The quota file, a CSV file.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A page with the seats beside the population."),
    ] = None,
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    language: PageLanguage = "en",
    quiet: Quiet = False,
) -> None:
    """Make quotas from population figures, in proportion to how many people there are.

    Several files are joined, each with its own features. The quota file says where its figures
    come from, and `sortition select` reads it.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.quotas import show_quotas
    from sortition.cli.show.terminal import said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.quotas.apportioned import Apportionment
    from sortition.steps.quotas.document import quotas_json
    from sortition.steps.quotas.run import QuotasOptions, make_quotas

    with said(), on_paper(pdf, page, overwrite=overwrite, quiet=quiet or as_json):
        if quiet and (as_json or (out is None and page is None)):
            raise InputErrors((Finding(code="usage-quiet", value="--quiet"),))
        options = QuotasOptions(
            statistics=statistics,
            ages=names_in(ages),
            area=area,
            features=names_in(features),
            names=name or (),
            tables=table or (),
            apportionment=Apportionment(
                panel_size=size, method=method, at_least=at_least, width=width
            ),
            out=out,
            page=page,
            language=language,
            overwrite=overwrite,
        )
        made = make_quotas(options)
        if as_json:
            typer.echo(quotas_json(made, options).decode(), nl=False)
        elif not quiet:
            show_quotas(made, options)
