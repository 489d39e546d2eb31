"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.model import Language, SolverName

PoolFile = Annotated[
    Path, typer.Argument(metavar="POOL", help="Who can be drawn: CSV or XLSX, a row a person.")
]
QuotasFile = Annotated[
    Path, typer.Argument(metavar="QUOTAS", help="How many of each: CSV or XLSX, a row a value.")
]
PanelSize = Annotated[
    int, typer.Option("--size", metavar="K", help="How many people sit on the panel.")
]
Gamma = Annotated[
    float,
    typer.Option(metavar="G", help="For goldilocks: how much low chances weigh against high ones."),
]
IdColumn = Annotated[
    str | None,
    typer.Option("--id", metavar="COLUMN", help="The column that tells people apart."),
]
HouseholdColumns = Annotated[
    str | None,
    typer.Option(
        "--household",
        metavar="COL[,COL…]",
        help="At most one person from each address, which these columns make up.",
    ),
]
HouseholdLimit = Annotated[
    int, typer.Option(metavar="N", help="With --household: at most so many from each address.")
]
Tickets = Annotated[
    int, typer.Option(metavar="M", help="How many equally likely tickets there are.")
]
Solver = Annotated[SolverName, typer.Option(help="What solves the programs.")]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", help="Stop with the best lottery so far, and say how good it is."
    ),
]
PageLanguage = Annotated[Language, typer.Option(help="The language of the pages.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace the results of a former run.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")]


def names_in(listed: str | None) -> list[str]:
    """The names in a list with commas; none if it was not given."""
    return [] if listed is None else [name.strip() for name in listed.split(",")]
