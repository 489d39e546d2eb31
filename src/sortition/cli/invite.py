"""The command that draws who is invited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.shared import (
    AgeOn,
    FromCpr,
    HouseholdColumns,
    IdColumn,
    KeepCpr,
    MapFile,
    Overwrite,
    PageLanguage,
    PublicSeed,
    Quiet,
    ResultsFolder,
    names_in,
)
from sortition.model.choices import DesignName, Short

DesignOption = Annotated[
    DesignName | None,
    typer.Option(
        help="simple: everybody alike. hamilton, sainte-lague: strata in proportion. neyman: with "
        "--deviations. response-adjusted: with --rates. pps, two-stage: clusters first. "
        "Default: simple, or hamilton with --by."
    ),
]
ShortOption = Annotated[
    Short | None,
    typer.Option(help="What to do where a stratum has fewer people than letters. Default: fail."),
]


def invite(
    registry: Annotated[
        list[Path],
        typer.Argument(
            metavar="REGISTRY",
            help="Who can be invited: CSV, XLSX, Parquet or a folder of Parquet files. Several "
            "with the same columns are one registry. Files of counts (.json) are allocated.",
        ),
    ],
    *,
    size: Annotated[int | None, typer.Option(metavar="N", help="How many letters.")] = None,
    seed: PublicSeed = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="COL[,COL…]", help="The columns whose values make the strata."),
    ] = None,
    id_column: IdColumn = None,
    household: HouseholdColumns = None,
    mapping: MapFile = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    min_age: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Nobody younger on the day of --age-on is invited. 0: of any age."
        ),
    ] = None,
    protected: Annotated[
        str | None,
        typer.Option(
            metavar="COL",
            help="The column that says who has address protection, if its name does not say so. "
            "They are left out.",
        ),
    ] = None,
    keep_protected: Annotated[
        bool,
        typer.Option("--keep-protected", help="Invite people with address protection as well."),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COL=VALUE[,VALUE…]",
            help="Only these people, such as a group that is thin; may be given again, and all "
            "must hold.",
        ),
    ] = None,
    exclude: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="People who may not be invited, such as staff; by id, CPR number, e-mail, phone, "
            "or name with birth or address; once for each list.",
        ),
    ] = None,
    design: DesignOption = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            metavar="COL=VALUE[,VALUE…]:SHARE",
            help="This share of the letters goes only to people with these values.",
        ),
    ] = None,
    rates: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Response rates of the strata, as plan reads them."),
    ] = None,
    deviations: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A standard deviation for each stratum, in a column “deviation”."
        ),
    ] = None,
    short: ShortOption = None,
    clusters: Annotated[
        str | None,
        typer.Option(metavar="COL", help="The column of the clusters that are drawn first."),
    ] = None,
    cluster_count: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="How many clusters; two-stage: at most, by default the fewest."
        ),
    ] = None,
    cap: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="two-stage: no larger share of a cluster's people is invited. Default: 0.5.",
        ),
    ] = None,
    not_again: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="An invited.csv of a former wave, none of whom is invited again; once for each.",
        ),
    ] = None,
    wave: Annotated[
        int | None,
        typer.Option(metavar="N", help="Which wave this is. Default: the one after those."),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            metavar="COL", help="The column that says how a letter is sent, to be counted."
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A secret that makes pseudonyms for the tickets, and the codes in the letters. "
            "It is made if there is no such file.",
        ),
    ] = None,
    series: Annotated[
        str | None,
        typer.Option(
            metavar="SIGN",
            help="A letter or digit that all codes begin with, so that they tell from which list "
            "somebody was invited, such as one of people that a register misses.",
        ),
    ] = None,
    doors: Annotated[
        bool,
        typer.Option(
            "--doors",
            help="Also write doors.xlsx, in the order of the draw: for whoever goes from door to "
            "door or calls, and may stop before its end.",
        ),
    ] = False,
    keep_cpr: KeepCpr = False,
    counts_only: Annotated[
        bool,
        typer.Option(
            "--counts-only", help="Draw nobody; write how many there are of each stratum."
        ),
    ] = False,
    allocation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Letters that were allocated for several registries together."
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Draw on this Dask cluster."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help="Draw with so many threads. Default: 2."),
    ] = None,
    language: PageLanguage = "en",
    out: ResultsFolder = Path("invitations"),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Draw who gets a letter, by a ticket that anybody with the seed can check.

    The results are invited.csv and .xlsx, letters.csv and .xlsx (with a code for each person),
    report.html, report.json and manifest.json, all or none of them.
    """
    from sortition.cli.show.invite import show_invited
    from sortition.cli.show.terminal import carry_out, said
    from sortition.steps.invite.options import Options
    from sortition.steps.invite.run import invite as run

    with said():
        options = Options(
            registries=tuple(registry),
            size=size,
            seed=seed,
            by=tuple(names_in(by)),
            id_column=id_column,
            household=tuple(names_in(household)),
            mapping=mapping,
            from_cpr=tuple(names_in(from_cpr)),
            age_on=age_on.date() if age_on else None,
            min_age=min_age,
            protected=protected,
            keep_protected=keep_protected,
            only=tuple(only or ()),
            excluded=tuple(exclude or ()),
            design=design,
            overlay=overlay,
            rates=rates,
            deviations=deviations,
            short=short,
            clusters=clusters,
            cluster_count=cluster_count,
            cap=cap,
            not_again=tuple(not_again or ()),
            wave=wave,
            channel=channel,
            key=key,
            series=series,
            doors=doors,
            keep_cpr=keep_cpr,
            counts_only=counts_only,
            allocation=allocation,
            scheduler=scheduler,
            workers=workers,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        carry_out(run, options, show_invited, quiet=quiet)
