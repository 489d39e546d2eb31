"""Tables with a row for each person and a column for each session: attendance, former plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.steps.seating.plan import Seats
from sortition.steps.seating.rules import unknown_id
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold, listed
from sortition.tables.matching import meanings
from sortition.tables.roster import Roster
from sortition.tables.rows import Table

SESSION = re.compile(r"(?:session|runde|møde|meeting|mødegang)\s*0*(\d{1,4})")
TABLE = re.compile(r"0*(\d{1,4})")


def heads_sessions(row: tuple[str, ...]) -> bool:
    """Whether a row of a file names a session."""
    return any(SESSION.fullmatch(fold(cell)) for cell in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who is there: for each id of the roster, in order, one truth for each session."""

    present: tuple[tuple[bool, ...], ...]
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerPlan:
    """Where people sat or were to sit, by session and then by the ids of the roster in order."""

    seats: Seats
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The columns of the sessions, and the row of each id."""

    columns: Mapping[int, str]
    id_column: str
    row_of: Mapping[str, int]


def read_attendance(table: Table, roster: Roster, *, sessions: int, held: int = 0) -> Attendance:
    """Read who is there when: yes or no in the columns ``session 1``, ``session 2``, …

    People and sessions that are not in the table are taken to be there. What it says of sessions
    that were held makes no difference.

    Raises
    ------
    InputErrors
        With every fault of the table.
    """
    sheet = _read_sheet(table, roster, sessions)
    faults = [
        unknown_id(table, table.row_numbers[index], sheet.id_column, id, roster)
        for id, index in sheet.row_of.items()
        if id not in roster.ids
    ]
    said: dict[int, list[bool]] = {}
    for session, column in sheet.columns.items():
        cells = table.column(column)
        means = meanings(set(cells), ("yes", "no"))
        faults += [
            table.finding(code="seating-answer-unclear", row=row, column=column, value=cell)
            for row, cell in zip(table.row_numbers, cells, strict=True)
            if cell not in means
        ]
        said[session] = [means.get(cell) != "no" for cell in cells]
    if faults:
        raise InputErrors(tuple(faults))
    present = tuple(
        tuple(
            id not in sheet.row_of or session not in said or said[session][sheet.row_of[id]]
            for session in range(1, sessions + 1)
        )
        for id in sorted(roster.ids)
    )
    assumed = (*table.assumed, *_taken_to_come(table, sheet, roster, range(held + 1, sessions + 1)))
    return Attendance(present=present, assumed=assumed)


def read_former(
    table: Table, roster: Roster, *, tables: int, sessions: int, held: int
) -> FormerPlan:
    """Read a plan as it was written: a table's number, or nothing, in the column of a session.

    Parameters
    ----------
    held : int
        How many sessions were held already; the plan must have them all.

    Raises
    ------
    InputErrors
        With every fault of the table.
    """
    sheet = _read_sheet(table, roster, None)
    faults = [
        table.finding(code="seating-session-missing", facts={"session": session})
        for session in range(1, held + 1)
        if session not in sheet.columns
    ]
    faults += _table_faults(table, sheet, tables, sessions)
    if faults:
        raise InputErrors(tuple(faults))
    ids = sorted(roster.ids)
    seats = []
    for session in range(1, sessions + 1):
        cells = table.column(sheet.columns[session]) if session in sheet.columns else ()
        rows = [sheet.row_of.get(id) if cells else None for id in ids]
        seats.append(
            tuple(int(cells[row]) if row is not None and cells[row] else None for row in rows)
        )
    gone = [id for id in sheet.row_of if id not in roster.ids]
    new = [id for id in ids if id not in sheet.row_of]
    noticed = [
        table.finding(code=code, value=", ".join(people), facts={"count": len(people)})
        for code, people in (("seating-people-gone", gone), ("seating-people-new", new))
        if people
    ]
    return FormerPlan(seats=tuple(seats), assumed=(*table.assumed, *noticed))


def _read_sheet(table: Table, roster: Roster, sessions: int | None) -> _Sheet:
    """The columns and ids; with a number of sessions, a later one is a fault."""
    numbered = [(SESSION.fullmatch(fold(name)), name) for name in table.header]
    columns = {int(found[1]): name for found, name in numbered if found}
    faults: list[Finding] = []
    if not columns:
        seen = {"seen": listed(table.header)}
        faults.append(table.finding(code="seating-sessions-header", facts=seen))
    for session, column in columns.items():
        if session < 1 or (sessions is not None and session > sessions):
            facts = {"sessions": sessions or 0}
            faults.append(table.finding(code="seating-session-unknown", column=column, facts=facts))
    wanted = roster.id_column if roster.id_column in table.header else None
    try:
        ids = read_ids(table, wanted, taken=set(columns.values()))
    except InputErrors as errors:
        raise InputErrors((*faults, *errors.faults)) from None
    if ids.column is None:
        faults.append(table.finding(code="seating-without-ids"))
    if faults or ids.column is None:
        raise InputErrors(tuple(faults))
    row_of = {id: index for index, id in enumerate(ids.ids)}
    return _Sheet(columns=columns, id_column=ids.column, row_of=row_of)


def _table_faults(table: Table, sheet: _Sheet, tables: int, sessions: int) -> Iterator[Finding]:
    for session, column in sheet.columns.items():
        for row, cell in zip(table.row_numbers, table.column(column), strict=True):
            number = TABLE.fullmatch(cell)
            known = number is not None and 1 <= int(number[1]) <= tables
            if cell and session <= sessions and not known:
                facts = {"tables": tables}
                yield table.finding(
                    code="seating-table-unknown", row=row, column=column, value=cell, facts=facts
                )


def _taken_to_come(
    table: Table, sheet: _Sheet, roster: Roster, sessions: range
) -> Iterator[Finding]:
    missing = [id for id in sorted(roster.ids) if id not in sheet.row_of]
    if missing:
        yield table.finding(code="seating-attendance-assumed", facts={"count": len(missing)})
    for session in sessions:
        if session not in sheet.columns:
            yield table.finding(code="seating-session-assumed", facts={"session": session})
