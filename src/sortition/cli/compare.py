"""The command that puts the objectives side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.model import Language, SolverName


def compare(
    pool: Annotated[Path, typer.Argument(metavar="POOL", help="As for select.")],
    quotas: Annotated[Path, typer.Argument(metavar="QUOTAS", help="As for select.")],
    *,
    size: Annotated[int, typer.Option(metavar="K", help="How many people sit on the panel.")],
    gamma: Annotated[
        float,
        typer.Option(
            metavar="G", help="For goldilocks: how much low chances weigh against high ones."
        ),
    ] = 1.0,
    id_column: Annotated[
        str | None,
        typer.Option("--id", metavar="COLUMN", help="The column that tells people apart."),
    ] = None,
    household: Annotated[
        str | None,
        typer.Option(
            metavar="COL[,COL…]",
            help="At most one person from each address, which these columns make up.",
        ),
    ] = None,
    household_limit: Annotated[
        int,
        typer.Option(metavar="N", help="With --household: at most so many from each address."),
    ] = 1,
    tickets: Annotated[
        int,
        typer.Option(metavar="M", help="How many equally likely tickets each lottery has."),
    ] = 1000,
    solver: Annotated[SolverName, typer.Option(help="What solves the programs.")] = "highs",
    draws: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="How many panels the greedy rule draws for the estimates."
        ),
    ] = 10_000,
    language: Annotated[Language, typer.Option(help="The language of compare.html.")] = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for compare.html and compare.json."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a former comparison.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="With --out: say nothing unless something is wrong.")
    ] = False,
) -> None:
    """Compare the objectives: what chances each of them gives, side by side.

    Besides the five objectives: uniform, where every panel that meets the quotas is equally
    likely, and legacy, the greedy rule that fills a panel one person at a time.
    """
    # --help must not wait for NumPy and the solvers
    from sortition.cli.compare_show import show_comparison  # noqa: PLC0415
    from sortition.cli.show import names_in, progress_of, said  # noqa: PLC0415
    from sortition.comparison_files import CompareOptions, compare_files  # noqa: PLC0415
    from sortition.preparation import Rules  # noqa: PLC0415

    if quiet and out is None:
        raise typer.BadParameter("without --out there is nothing else to do", param_hint="--quiet")
    with said():
        options = CompareOptions(
            pool=pool,
            quotas=quotas,
            panel_size=size,
            rules=Rules(gamma=gamma, tickets=tickets, solver=solver),
            draws=draws,
            id_column=id_column,
            household_columns=names_in(household),
            household_limit=household_limit,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet) as progress:
            compared = compare_files(options, progress)
        if not quiet:
            show_comparison(compared, options)
