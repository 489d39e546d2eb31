"""A table on the terminal, or plain and as wide as it needs to be where nobody watches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 200


class Filled(Protocol):
    """What makes a table of something that is known already."""

    def __call__(self, *, plain: bool) -> Table: ...


def console_here() -> Console:
    """Where tables are printed."""
    console = Console()
    return console if console.is_terminal else Console(width=PIPED_WIDTH)


def printed(table: Filled) -> str:
    """The text of a table."""
    console = console_here()
    with console.capture() as text:
        console.print(table(plain=not console.is_terminal))
    return text.get()


def empty_table(columns: Sequence[str], *, labels: int, plain: bool) -> Table:
    """A table without rows; the first columns are labels, the others figures."""
    tight = (0, 1, 0, 0)
    table = Table(box=None, pad_edge=False) if plain else Table(box=SIMPLE_HEAD, padding=tight)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number < labels else "right")
    return table
