"""What people write below a table: totals, where it comes from, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.tables.grid import Grid, Row
from sortition.tables.labels import squeeze

TOTALS = {
    *("i alt", "ialt", "total", "totalt", "tot", "all", "alle", "hele landet", "all denmark"),
    *("alle aldre", "begge kjønn", "hela riket", "riket"),
}


def is_total(label: str) -> bool:
    """Whether a value stands for all values of its feature together."""
    words = squeeze(label)
    return (
        words in TOTALS
        or words.endswith((" i alt", " total"))
        or words.startswith(("total,", "totalt "))
    )


def count_notes(grid: Grid, body: Sequence[int]) -> int:
    """How many rows at the end are notes and not part of the table.

    A note is several words in the first cell of a row and nothing else. The first of them has a
    colon or stands below a blank row, so that somebody of whom nothing but a name is known is no
    note. A row that begins with ``#`` is a comment, which others read.

    Parameters
    ----------
    body : sequence of int
        The places in the grid of the rows under the header that are not blank.
    """
    start = len(body)
    while start > 1 and _could_be_one(grid.row(body[start - 1])):
        start -= 1
    for index in range(start, len(body)):
        if body[index] - 1 != body[index - 1] or ":" in grid.row(body[index])[0]:
            return len(body) - index
    return 0


def _could_be_one(cells: Row) -> bool:
    words = cells[0].split()
    return len(words) > 1 and not words[0].startswith("#") and not any(cells[1:])
