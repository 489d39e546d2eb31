"""What `sortition quotas` says: the quotas, how they were made, and what was assumed."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import typer
from rich.table import Table
from rich.text import Text

from sortition.cli.show.spoken import assumed, figure, many, say, words
from sortition.cli.show.tables import empty_table, printed
from sortition.steps.quotas.run import MadeQuotas, QuotasOptions
from sortition.steps.quotas.writing import HEADER, QuotaLine, percent
from sortition.tables.numbers import in_digits
from sortition.texts.speech import speak


def show_quotas(made: MadeQuotas, options: QuotasOptions) -> None:
    """Say what the quotas are."""
    shown = printed(partial(table, made.lines))
    lines = [
        *(line.rstrip() for line in shown.rstrip().splitlines()),
        "",
        *map(speak, made.provenance),
    ]
    lines += assumed(made.statistics.assumed)
    written = [target for target in (options.out, options.page) if target is not None]
    if written:
        lines += ["", *(say("written.to", target=target) for target in written)]
    typer.echo("\n".join(lines))


def table(lines: tuple[QuotaLine, ...], *, plain: bool) -> Table:
    """The quotas, a row each."""
    shown = empty_table(words().each("quotas", *HEADER), labels=2, plain=plain)
    for line in lines:
        shown.add_row(
            Text(line.feature),  # nothing in a label is markup
            Text(line.value),
            many(line.lower),
            many(line.upper),
            _people(line.people),
            figure(f"{percent(line.share)}%"),
            many(line.seats),
        )
    return shown


def _people(count: Fraction) -> str:
    return many(int(count)) if count.denominator == 1 else figure(in_digits(count))
