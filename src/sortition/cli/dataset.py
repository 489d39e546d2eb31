"""The command that makes a data set without personal data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.around.grouping import grouped
from sortition.cli.options.inputs import Files, ReadingOptions
from sortition.cli.options.shared import Overwrite, Quiet


@grouped
def dataset(
    *,
    files: Files,
    reading: ReadingOptions,
    labels: Annotated[
        bool,
        typer.Option(
            "--labels", help="Keep the names of features and values. Default: they get numbers."
        ),
    ] = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the data set.")] = Path(
        "dataset"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Make a data set without personal data, of which the same lottery can be made.

    It has the values that the quotas count and who lives together, in an order of chance; no ids,
    names, addresses or other columns.
    """
    from sortition.cli.show.dataset import show_dataset
    from sortition.cli.show.terminal import said
    from sortition.steps.dataset.run import DatasetOptions, make_dataset

    if reading.seated is not None:
        raise typer.BadParameter("is not for a data set", param_hint="--seated")
    with said():
        options = DatasetOptions(
            inputs=reading.inputs(files), labels=labels, out=out, overwrite=overwrite
        )
        done = make_dataset(options)
        if not quiet:
            show_dataset(done, options)
