"""The call list: a worksheet that is written, worked on in a spreadsheet, and read back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from sortition.errors import Finding, InputErrors
from sortition.steps.members.calls import STATUSES, Call, CallStatus
from sortition.steps.members.worksheet_names import (
    COLUMNS,
    WorksheetWords,
    answers,
    spoken,
    status_column,
    status_names,
)
from sortition.tables.dates import read_date
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold, listed, nfc
from sortition.tables.rows import Table
from sortition.tables.written.lists import Row, workbook_bytes

WHOLE = re.compile(r"0*(\d{1,4})(?:[.,]0)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """Somebody on the worksheet, and the row where she stands; a status can be left blank."""

    row: int
    id: str
    call: Call
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A worksheet that was read back, the words it is in, and the faults of its cells."""

    rows: tuple[SheetRow, ...]
    words: WorksheetWords
    faults: tuple[Finding, ...]
    assumed: tuple[Finding, ...]


def worksheet_rows(
    header: Row,
    people: Sequence[tuple[Row, Call, str]],
    words: WorksheetWords,
) -> list[Row]:
    """The rows of the call list: what is known of each person, then the columns to fill in.

    Parameters
    ----------
    header : tuple of str
        Of what is known. A column that is called like one to fill in is left out.
    people : sequence of (tuple of str, Call, str)
        What is known of somebody, how far she has come, and the alternate who would take her
        place.
    words : WorksheetWords
    """
    own = {fold(name) for name in words.columns.values()}
    kept = [index for index, name in enumerate(header) if fold(name) not in own]
    rows = [(*(header[index] for index in kept), *(words.columns[name] for name in COLUMNS))]
    for known, call, alternate in people:
        rows.append(
            (
                *(known[index] for index in kept),
                words.statuses[call.status],
                str(call.attempts),
                call.deadline.isoformat() if call.deadline else "",
                alternate,
                call.note,
            )
        )
    return rows


def worksheet_bytes(rows: Sequence[Row], words: WorksheetWords, *, id_column: str) -> bytes:
    """The call list as a workbook without formulas, with the statuses to choose from."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and not always needed
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    ids = {id_column, words.columns["alternate"]}
    workbook = load_workbook(BytesIO(workbook_bytes({words.sheet: rows}, ids=ids)))
    sheet = workbook[words.sheet]
    statuses = ",".join(words.statuses[status] for status in STATUSES)
    choice = DataValidation(type="list", formula1=f'"{statuses}"', allow_blank=True)
    column = get_column_letter(rows[0].index(words.columns["status"]) + 1)
    choice.add(f"{column}2:{column}{len(rows)}")
    sheet.add_data_validation(choice)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def read_worksheet(
    table: Table, languages: Sequence[WorksheetWords], *, id_column: str
) -> Worksheet:
    """Read a call list, in whichever order its rows and columns are by now.

    Parameters
    ----------
    table : Table
        Columns that were added are passed over.
    languages : sequence of WorksheetWords
        Any of which it may be in.
    id_column : str
        As the list that was written has it.

    Raises
    ------
    InputErrors
        If it is no call list, or its ids cannot be read.
    """
    faults: list[Finding] = []
    status = status_column(table, languages)
    if status is None:
        facts = {"wanted": status_names(languages), "seen": listed(table.header)}
        raise InputErrors((table.finding(code="worksheet-columns", facts=facts),))
    said_in = spoken(table, status, languages)
    columns = {fold(name): name for name in table.header}
    titles = {
        name: next((t for one in languages if (t := fold(one.columns[name])) in columns), "")
        for name in COLUMNS
    }
    own = {name: columns.get(title) for name, title in titles.items()} | {"status": status}
    reader = _Reader(
        table=table,
        columns=own,
        statuses=answers(languages),
        known=listed(dict.fromkeys(one.statuses[status] for one in said_in for status in STATUSES)),
        faults=faults,
    )
    calls = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {
            name: row[table.header.index(column)] if column else "" for name, column in own.items()
        }
        calls.append((reader.call(number, cells), not cells["status"]))
    ids = _ids(table, id_column, {column for column in own.values() if column}, faults)
    return Worksheet(
        words=said_in[0],
        rows=tuple(
            SheetRow(row=number, id=id, call=call, blank=blank)
            for number, id, (call, blank) in zip(table.row_numbers, ids, calls, strict=True)
            if id
        ),
        faults=tuple(faults),
        assumed=table.assumed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the cells of one table."""

    table: Table
    columns: Mapping[str, str | None]
    statuses: Mapping[str, CallStatus]
    known: str
    faults: list[Finding]

    def call(self, row: int, cells: Mapping[str, str]) -> Call:
        status = self.statuses.get(fold(cells["status"]))
        if status is None and cells["status"]:
            self._fault("worksheet-status", row, "status", cells, known=self.known)
        attempts = WHOLE.fullmatch(cells["attempts"] or "0")
        if attempts is None:
            self._fault("worksheet-attempts", row, "attempts", cells)
        deadline = read_date(cells["deadline"])
        if deadline is None and cells["deadline"]:
            self._fault("worksheet-deadline", row, "deadline", cells)
        return Call(
            status=status or "to-call",
            attempts=int(attempts[1]) if attempts else 0,
            deadline=deadline,
            note=cells["note"],
        )

    def _fault(
        self, code: str, row: int, name: str, cells: Mapping[str, str], **facts: str
    ) -> None:
        column = self.columns[name] or ""
        self.faults.append(
            self.table.finding(code=code, row=row, column=column, value=cells[name], facts=facts)
        )


def _ids(
    table: Table, id_column: str, taken: Collection[str], faults: list[Finding]
) -> tuple[str, ...]:
    """The id of each row; where one is at fault it is kept, so that its row is judged as well.

    Raises
    ------
    InputErrors
        With the faults so far, if the column cannot be told.
    """
    try:
        return read_ids(table, id_column, taken=taken).ids
    except InputErrors as errors:
        faults += errors.faults
        column = next((fault.column for fault in errors.faults if fault.row), "")
        if column not in table.header:
            raise InputErrors(tuple(faults)) from None
        return tuple(nfc(cell) for cell in table.column(column))
