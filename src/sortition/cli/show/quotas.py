"""What `sortition quotas` says: the quotas, how they were made, and what was assumed."""

from __future__ import annotations

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sortition.steps.quotas.run import MadeQuotas, QuotasOptions
from sortition.steps.quotas.statistics.figures import figure
from sortition.steps.quotas.writing import HEADER, QuotaLine, percent
from sortition.texts.grouping import grouped

PIPED_WIDTH = 200


def show_quotas(made: MadeQuotas, options: QuotasOptions) -> None:
    """Say what the quotas are."""
    console = Console()
    plain = not console.is_terminal
    if plain:
        console = Console(width=PIPED_WIDTH)
    with console.capture() as printed:
        console.print(table(made.lines, plain=plain))
    lines = [*(line.rstrip() for line in printed.get().rstrip().splitlines()), "", *made.notes]
    if made.statistics.assumed:
        assumed = grouped(made.statistics.assumed)
        lines += ["", "What was assumed:", *(f"  {line}" for line in assumed)]
    if options.out is not None:
        lines += ["", f"Written: {options.out}"]
    typer.echo("\n".join(lines))


def table(lines: tuple[QuotaLine, ...], *, plain: bool) -> Table:
    """The quotas, a row each."""
    tight = (0, 1, 0, 0)
    shown = Table(box=None, pad_edge=False) if plain else Table(box=SIMPLE_HEAD, padding=tight)
    for column in HEADER:
        shown.add_column(column, justify="left" if column in HEADER[:2] else "right")
    for line in lines:
        shown.add_row(
            Text(line.feature),  # nothing in a label is markup
            Text(line.value),
            str(line.lower),
            str(line.upper),
            figure(line.people),
            f"{percent(line.share)}%",
            str(line.seats),
        )
    return shown
