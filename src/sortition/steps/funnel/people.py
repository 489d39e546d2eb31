"""Whom a list counts that says of each person what came of it: a call list, or attendance."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sortition.errors import Finding, InputErrors
from sortition.steps.funnel.counts import StageName
from sortition.steps.members import WorksheetWords, is_worksheet, read_worksheet, status_names
from sortition.steps.seating import SESSION, read_who_came
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.invitation import tried_column, untried


def counted(
    name: StageName,
    table: Table,
    id_column: str | None,
    languages: Sequence[WorksheetWords],
) -> tuple[Table, tuple[Finding, ...]]:
    """The rows of those who confirmed or came, and what was assumed.

    A list without such columns counts everybody on it.

    Parameters
    ----------
    name : str
    table : Table
    id_column : str or None
        None: the one that its name tells.
    languages : sequence of WorksheetWords
        Any of which a call list may be in.

    Raises
    ------
    InputErrors
        If a status or a session cannot be read, or the people cannot be told apart.
    """
    if name == "confirmed" and _is_call_list(table, languages):
        column = _ids_in(table, id_column)
        sheet = read_worksheet(table, languages, id_column=column)
        if sheet.faults:
            raise InputErrors((*sheet.faults, table.finding(code="funnel-status-or-all")))
        rows = {one.row for one in sheet.rows if one.call.status == "confirmed"}
        return _only(table, rows), (table.finding(code="funnel-confirmed-counted"),)
    if name == "attended" and any(SESSION.fullmatch(fold(column)) for column in table.header):
        column = _ids_in(table, id_column)
        ids = read_ids(table, column, taken=()).ids
        roster = Roster(table=table, id_column=column, ids=ids)
        came = frozenset().union(*read_who_came(table, roster, ids, ids).sessions)
        rows = {row for row, id in zip(table.row_numbers, ids, strict=True) if id in came}
        return _only(table, rows), (table.finding(code="funnel-attended-counted"),)
    if name == "invited" and (tried := tried_column(table)):
        gone = untried(table)
        rows = {row for place, row in enumerate(table.row_numbers) if place not in gone}
        return _only(table, rows), (table.finding(code="funnel-tried-counted", column=tried),)
    return table, ()


def _is_call_list(table: Table, languages: Sequence[WorksheetWords]) -> bool:
    try:
        return is_worksheet(table, languages)
    except InputErrors:
        facts = {"wanted": status_names(languages)}
        raise InputErrors((table.finding(code="funnel-status-unclear", facts=facts),)) from None


def _ids_in(table: Table, wanted: str | None) -> str:
    column = read_ids(table, wanted, taken=()).column
    if column is None:
        raise InputErrors((table.finding(code="funnel-list-without-ids"),))
    return column


def _only(table: Table, rows: Collection[int]) -> Table:
    if not set(table.row_numbers).intersection(rows):
        raise InputErrors((table.finding(code="funnel-nobody-counted"),))
    return table.only(rows)
