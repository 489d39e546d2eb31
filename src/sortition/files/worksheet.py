"""The call list: a worksheet that is written, worked on in a spreadsheet, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sortition.errors import Finding, InputErrors
from sortition.files.faults import attempt
from sortition.files.ids import read_ids
from sortition.files.labels import fold, listed
from sortition.files.lists import Row, workbook_bytes
from sortition.files.tables import Table
from sortition.membership.calls import STATUSES, Call, CallStatus

DAY_FIRST = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?")
WHOLE = re.compile(r"0*(\d{1,4})(?:[.,]0)?")
COLUMNS = ("status", "attempts", "deadline", "alternate", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetWords:
    """What the sheet, its columns and the statuses are called in one language.

    Attributes
    ----------
    sheet : str
    columns : mapping of str to str
        For each of `COLUMNS`.
    statuses : mapping of CallStatus to str
    """

    sheet: str
    columns: Mapping[str, str]
    statuses: Mapping[CallStatus, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """Somebody on the worksheet, and the row where she stands; a status can be left blank."""

    row: int
    id: str
    call: Call
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A worksheet that was read back, with the faults of its cells."""

    rows: tuple[SheetRow, ...]
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


def worksheet_bytes(rows: Sequence[Row], words: WorksheetWords) -> bytes:
    """The call list as a workbook of text cells, with the statuses to choose from."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and not always needed
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    workbook = load_workbook(BytesIO(workbook_bytes({words.sheet: rows})))
    sheet = workbook[words.sheet]
    statuses = ",".join(words.statuses[status] for status in STATUSES)
    choice = DataValidation(type="list", formula1=f'"{statuses}"', allow_blank=True)
    column = get_column_letter(rows[0].index(words.columns["status"]) + 1)
    choice.add(f"{column}2:{column}{len(rows)}")
    sheet.add_data_validation(choice)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def is_worksheet(table: Table, languages: Sequence[WorksheetWords]) -> bool:
    """Whether a table is a call list rather than a plain list of ids."""
    return _words_of(table, languages) is not None


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
    words = _words_of(table, languages)
    if words is None:
        wanted = listed(language.columns["status"] for language in languages)
        facts = {"wanted": wanted, "seen": listed(table.header)}
        raise InputErrors((table.finding(code="worksheet-columns", facts=facts),))
    columns = {fold(name): name for name in table.header}
    own = {name: columns.get(fold(title)) for name, title in words.columns.items()}
    known = {fold(word): status for one in languages for status, word in one.statuses.items()}
    known |= {fold(status): status for status in STATUSES}
    reader = _Reader(table=table, words=words, statuses=known, faults=faults)
    calls = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {
            name: row[table.header.index(column)] if column else "" for name, column in own.items()
        }
        calls.append((reader.call(number, cells), not cells["status"]))
    found = attempt(
        faults, lambda: read_ids(table, id_column, taken={c for c in own.values() if c})
    )
    if found is None:
        raise InputErrors(tuple(faults))
    return Worksheet(
        rows=tuple(
            SheetRow(row=number, id=id, call=call, blank=blank)
            for number, id, (call, blank) in zip(table.row_numbers, found.ids, calls, strict=True)
        ),
        faults=tuple(faults),
        assumed=table.assumed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the cells of one table."""

    table: Table
    words: WorksheetWords
    statuses: Mapping[str, CallStatus]
    faults: list[Finding]

    def call(self, row: int, cells: Mapping[str, str]) -> Call:
        status = self.statuses.get(fold(cells["status"]))
        if status is None and cells["status"]:
            known = listed(self.words.statuses[one] for one in STATUSES)
            self._fault("worksheet-status", row, "status", cells, known=known)
        attempts = WHOLE.fullmatch(cells["attempts"] or "0")
        if attempts is None:
            self._fault("worksheet-attempts", row, "attempts", cells)
        deadline = _day(cells["deadline"])
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
        column = self.words.columns[name]
        self.faults.append(
            self.table.finding(code=code, row=row, column=column, value=cells[name], facts=facts)
        )


def _words_of(table: Table, languages: Sequence[WorksheetWords]) -> WorksheetWords | None:
    names = {fold(name) for name in table.header}
    fitting = (one for one in languages if fold(one.columns["status"]) in names)
    return next(fitting, None)


def _day(text: str) -> date | None:
    """A day as it is written in a cell: ``2026-12-01``, or ``1.12.2026`` with the day first."""
    try:
        if found := YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
