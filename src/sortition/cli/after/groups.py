"""The command that seats a panel at tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.inputs import cpr_rules
from sortition.cli.options.shared import (
    AgeOn,
    AsJson,
    CprKey,
    FromCpr,
    IdColumn,
    Overwrite,
    PageLanguage,
    PoolSheet,
    Quiet,
    names_in,
)


def groups(
    people: Annotated[
        Path,
        typer.Argument(
            metavar="PEOPLE", help="A folder with a panel that was drawn, or a list: CSV or XLSX."
        ),
    ],
    *,
    tables: Annotated[
        int | None, typer.Option(metavar="N", help="How many tables there are.")
    ] = None,
    chairs: Annotated[
        str | None,
        typer.Option(
            metavar="N|N-N|N,N,…",
            help="In place of --tables: at most so many people at a table (6), so many (6-8), or "
            "the chairs of each table (4,6,8).",
        ),
    ] = None,
    sessions: Annotated[int, typer.Option(metavar="N", help="How many sessions there are.")],
    mix: Annotated[
        str | None,
        typer.Option(
            metavar="COL[,COL…]",
            help="Mix each table on these features or columns. Default: the features with quotas.",
        ),
    ] = None,
    names: Annotated[
        str | None,
        typer.Option(metavar="COL[,COL…]", help="The columns of people's names. Default: ids."),
    ] = None,
    id_column: IdColumn = None,
    pool_sheet: PoolSheet = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    cpr_key: CprKey = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who sits together, apart or at a set table: columns group, rule, who.",
        ),
    ] = None,
    attendance: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Who is there: an id and yes or no for session 1, session 2, …"
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A former plan, of which as little as can be changes."),
    ] = None,
    from_session: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="With --keep: the first session that was not held yet. Default: 1."
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Another text gives another plan. Default: the panel's seed."
        ),
    ] = None,
    effort: Annotated[
        int, typer.Option(metavar="N", help="Search so many times as long as usual.")
    ] = 1,
    language: PageLanguage = "en",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The folder for the plan. Default: seating, in the panel's folder."
        ),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Seat a panel at tables over several sessions, with mixed tables and many meetings.

    The results are seating.xlsx with a sheet a session, seating.csv, name_cards.html and
    seating.json, all or none of them. They hold personal data.
    """
    from sortition.cli.show.groups import show_groups, show_groups_json
    from sortition.cli.show.terminal import progress_of, said
    from sortition.steps.seating.options import GroupsOptions
    from sortition.steps.seating.run import seat_files

    with said():
        options = GroupsOptions(
            people=people,
            tables=tables,
            chairs=chairs,
            sessions=sessions,
            mix=None if mix is None else tuple(names_in(mix)),
            names=tuple(names_in(names)),
            id_column=id_column,
            sheet=pool_sheet,
            cpr=cpr_rules(from_cpr, age_on, cpr_key, False),
            rules=rules,
            attendance=attendance,
            keep=keep,
            from_session=from_session,
            seed=seed,
            effort=effort,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet or as_json) as progress:
            done = seat_files(options, progress)
        if as_json:
            show_groups_json(done)
        elif not quiet:
            show_groups(done, options)
