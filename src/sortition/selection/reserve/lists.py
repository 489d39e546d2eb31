"""The lists of people who are called later, as the pool's columns came."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.audit.shapes.run import ALTERNATES, ALTERNATES_WORKBOOK
from sortition.tables.roster import Roster
from sortition.tables.written.lists import Row, csv_rows, people, workbook_bytes

ORDER = "order"


def alternates_lists(roster: Roster, ids: Sequence[str], *, ordered: bool) -> dict[str, bytes]:
    """``alternates.csv`` and ``alternates.xlsx``; see `alternates_rows`."""
    table = alternates_rows(roster, ids, ordered=ordered)
    return {
        ALTERNATES: csv_rows(table, like=roster.table),
        ALTERNATES_WORKBOOK: workbook_bytes({"alternates": table}, ids={roster.id_column or "id"}),
    }


def alternates_rows(roster: Roster, ids: Sequence[str], *, ordered: bool) -> tuple[Row, ...]:
    """A header and the people in this order.

    Parameters
    ----------
    roster : Roster
    ids : sequence of str
        Of the roster.
    ordered : bool
        Whether the order means something, so that a column in front says it.
    """
    header, rows = people(roster, frozenset(ids))
    by_id = dict(zip(sorted(ids), rows, strict=True))
    chosen = [by_id[id] for id in ids]
    if ordered:
        column = ORDER
        while column in header:
            column += "_"
        header = (column, *header)
        chosen = [(str(number), *row) for number, row in enumerate(chosen, start=1)]
    return (header, *chosen)
