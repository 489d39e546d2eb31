"""The command that follows groups from the registry to the panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.inputs import cpr_rules
from sortition.cli.options.shared import (
    AgeOn,
    AsJson,
    FromCpr,
    MapFile,
    Overwrite,
    PageLanguage,
    PdfFile,
    Quiet,
    ResultsFolder,
    names_in,
)
from sortition.cli.project import ProjectFile


def _stage(what: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(metavar="FILE", help=what)
    return info


def funnel(
    *,
    registry: Annotated[Path | None, _stage("Who could be invited.")] = None,
    invited: Annotated[
        list[Path] | None, _stage("Who was; once for each wave, and for those tried at doors.")
    ] = None,
    answered: Annotated[Path | None, _stage("Who answered.")] = None,
    pool: Annotated[Path | None, _stage("Who could be drawn.")] = None,
    selected: Annotated[Path | None, _stage("Who was drawn.")] = None,
    confirmed: Annotated[Path | None, _stage("Who said yes to that.")] = None,
    attended: Annotated[Path | None, _stage("Who came.")] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="COL[,COL…]", help="The features to count by; the channel can be one."
        ),
    ],
    strata: Annotated[
        str | None,
        typer.Option(
            metavar="COL[,COL…]",
            help="Those of --by that together make the strata of the rates. Default: all.",
        ),
    ] = None,
    id_columns: Annotated[
        str | None,
        typer.Option("--id", metavar="COL[,COL…]", help="The columns that tell people apart."),
    ] = None,
    mapping: MapFile = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The report.json of the selection, for everybody's chances."
        ),
    ] = None,
    one_frame: Annotated[
        bool,
        typer.Option(
            "--one-frame",
            help="The lists are of one frame of several, such as a shelter's: who is in --report "
            "and not in --pool was asked from another.",
        ),
    ] = False,
    smallest: Annotated[
        int, typer.Option(metavar="N", help="Tell no number of people below this.")
    ] = 5,
    language: PageLanguage = "en",
    out: ResultsFolder = Path("funnel"),
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Follow each group from the registry to the panel, and say who was not reached.

    Give the lists of two stages or more, CSV or XLSX, a row a person. The results are funnel.html,
    funnel.json and funnel.csv for everybody, without small numbers; and in the folder office, not
    to be published, response_rates.csv for plan and participation.csv for select.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.funnel import show_funnel
    from sortition.cli.show.terminal import said
    from sortition.steps.funnel.counts import StageName
    from sortition.steps.funnel.options import PAGE, FunnelOptions
    from sortition.steps.funnel.run import funnel_files

    given: dict[StageName, Path | None] = {
        "registry": registry,
        "invited": invited[0] if invited else None,
        "answered": answered,
        "pool": pool,
        "selected": selected,
        "confirmed": confirmed,
        "attended": attended,
    }
    shown = out / PAGE if out else None
    with said(), on_paper(pdf, shown, overwrite=overwrite, quiet=quiet or as_json):
        options = FunnelOptions(
            stages={name: path for name, path in given.items() if path is not None},
            by=names_in(by),
            strata=names_in(strata),
            id_columns=names_in(id_columns),
            waves=invited[1:] if invited else (),
            mapping=mapping,
            cpr=cpr_rules(from_cpr, age_on, None, False),
            report=report,
            one_frame=one_frame,
            smallest=smallest,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        done = funnel_files(options)
        if not quiet:
            show_funnel(done, options, as_json=as_json)
