"""What an invitation puts beside the columns of the registry."""

from __future__ import annotations

from sortition.tables.labels import fold
from sortition.tables.matching import NO
from sortition.tables.rows import Table

# what an invitation puts beside the columns of the registry
CODE, WAVE, TICKET, CHANCE, PSEUDONYM, TRIED = (
    *("code", "invited_wave", "invited_ticket"),
    *("invited_probability", "invited_pseudonym", "tried"),
)
INVITATION = (CODE, WAVE, TICKET, CHANCE, PSEUDONYM, TRIED)


def untried(table: Table) -> frozenset[int]:
    """The rows, from 0, of a list for doors and telephones that nobody has come to yet."""
    column = tried_column(table)
    cells = table.column(column) if column else ()
    return frozenset(place for place, cell in enumerate(cells) if not cell or fold(cell) in NO)


def tried_column(table: Table) -> str:
    """The column of such a list that says what came of it; empty for any other list."""
    return next((name for name in table.header if fold(name) == TRIED), "")
