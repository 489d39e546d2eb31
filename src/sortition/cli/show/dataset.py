"""What `sortition dataset` says: what was written, and what it gives away."""

from __future__ import annotations

import typer

from sortition.cli.show.spoken import lead, say
from sortition.steps.dataset.run import HOUSEHOLD, POOL, QUOTAS, Dataset, DatasetOptions


def show_dataset(done: Dataset, options: DatasetOptions) -> None:
    """Say what was written, what it gives away, and how to draw from it."""
    places = [options.out / name for name in (POOL, QUOTAS)]
    size = options.inputs.panel_size
    homes = ""
    if done.household_limit is not None:
        limit = f" --household-limit {done.household_limit}" if done.household_limit > 1 else ""
        homes = f" --household {HOUSEHOLD}{limit}"
    lines = [
        say("dataset.made", people=done.people),
        "",
        lead("written", ", ".join(map(str, places))),
        lead("next", f"sortition select {places[0]} {places[1]} --size {size}{homes}"),
        "",
        say("dataset.alone", alone=done.alone, people=done.people),
    ]
    typer.echo("\n".join(lines))
