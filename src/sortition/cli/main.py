"""The commands and what they take."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from sortition import __version__
from sortition.cli.bench import bench
from sortition.cli.compare import compare
from sortition.cli.select import select
from sortition.cli.verify import verify

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


# in the order in which an assembly needs them
for command in (select, compare, verify, bench):
    app.command()(command)
