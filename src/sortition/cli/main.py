"""The commands and what they take."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from sortition import __version__
from sortition.cli.bench import bench
from sortition.cli.compare import compare
from sortition.cli.verify import verify
from sortition.model import Language, ObjectiveName, SolverName

app = typer.Typer(
    name="sortition",
    help="Draw citizens' assemblies by the fairest lottery that the quotas allow.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # letters that a terminal lacks are spelled out
            stream.reconfigure(errors="backslashreplace")
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sortition {__version__}")
        raise typer.Exit


@app.callback()
def sortition(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Draw citizens' assemblies by the fairest lottery that the quotas allow."""


@app.command()
def select(
    pool: Annotated[
        Path,
        typer.Argument(metavar="POOL", help="Who can be drawn: CSV or XLSX, a row a person."),
    ],
    quotas: Annotated[
        Path,
        typer.Argument(metavar="QUOTAS", help="How many of each: CSV or XLSX, a row a value."),
    ],
    size: Annotated[int, typer.Option(metavar="K", help="How many people sit on the panel.")],
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The public random text that draws. Default: a fresh one."
        ),
    ] = None,
    objective: Annotated[
        ObjectiveName,
        typer.Option(
            help="leximin: raise the lowest chance, then the next, and so on. "
            "maximin: raise the lowest, then lower the highest. nash: raise the product. "
            "minimax: lower the highest. goldilocks: neither too low nor too high."
        ),
    ] = "leximin",
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
        typer.Option(metavar="M", help="How many equally likely tickets there are."),
    ] = 1000,
    solver: Annotated[SolverName, typer.Option(help="What solves the programs.")] = "highs",
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", help="Stop with the best lottery so far, and say how good it is."
        ),
    ] = None,
    language: Annotated[Language, typer.Option(help="The language of the report.")] = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the results.")] = Path(
        "selection"
    ),
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the results of a former run.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")
    ] = False,
) -> None:
    """Draw a panel: find the fairest lottery, draw a ticket, write panel and report.

    The results are panel.csv, panel.xlsx, not_selected.csv, lottery.json, certificate.json,
    report.html, report.json and manifest.json, all or none of them.
    """
    from sortition.cli.show import names_in, progress_of, said, show_run
    from sortition.preparation import Rules
    from sortition.runs import Options, run

    with said():
        options = Options(
            pool=pool,
            quotas=quotas,
            panel_size=size,
            seed=seed,
            rules=Rules(
                objective=objective,
                gamma=gamma,
                tickets=tickets,
                solver=solver,
                time_limit=time_limit,
            ),
            id_column=id_column,
            household_columns=names_in(household),
            household_limit=household_limit,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        with progress_of(quiet) as progress:
            done = run(options, progress)
        if not quiet:
            show_run(done, options)


app.command()(compare)
app.command()(bench)
app.command()(verify)
