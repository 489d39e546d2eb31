"""The command that drafts a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options import (
    AgeOn,
    FromCpr,
    Overwrite,
    PoolFile,
    PoolSheet,
    QuotasFile,
    QuotasSheet,
    cpr_rules,
)
from sortition.cli.project import ProjectFile


def map(
    pool: PoolFile,
    quotas: QuotasFile,
    *,
    pool_sheet: PoolSheet = None,
    quotas_sheet: QuotasSheet = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file for the draft. Default: it is printed."),
    ] = None,
    overwrite: Overwrite = False,
    _project: ProjectFile = None,
) -> None:
    """Draft a map: which columns and values of the pool are those of the quotas.

    Check the draft, answer what it leaves open, and give it to other commands with --map.
    """
    from sortition.cli.show.map import show_draft
    from sortition.cli.show.terminal import said
    from sortition.instance.inputs import Inputs
    from sortition.steps.check.map import MapOptions, draft_from_files

    with said():
        inputs = Inputs(
            pool=pool,
            quotas=quotas,
            panel_size=1,
            pool_sheet=pool_sheet,
            quotas_sheet=quotas_sheet,
            cpr=cpr_rules(from_cpr, age_on, None, False),
        )
        options = MapOptions(inputs=inputs, out=out, overwrite=overwrite)
        show_draft(draft_from_files(options), options)
