"""XLSB and old XLS workbooks, of which only the values are read, not how they are shown.

python-calamine reads them, and gives neither the formats of numbers (``0017``, per cent) nor cells
with an error or without the result of a formula, which are blank to it. That is always said. Which
rows are hidden is seen in the records of the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import TypeAlias, TypeVar

from sortition.errors import Finding
from sortition.tables.grid import MOST_CELLS, Grid, Merge, Row, TooManyCells
from sortition.tables.numbers import number_text
from sortition.tables.workbook.records import hidden_rows
from sortition.tables.workbook.shown import date_text, doubt_of, rows_hidden

T = TypeVar("T")
Value: TypeAlias = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


class Protected(Exception):
    """The workbook is protected by a password."""


class Values:
    """An XLSB or XLS workbook; see `sortition.tables.workbook.cells.Book`."""

    def __init__(self, data: bytes, *, is_archive: bool) -> None:
        from python_calamine import (  # noqa: PLC0415 - few need it
            CalamineWorkbook,
            PasswordError,
            SheetTypeEnum,
            SheetVisibleEnum,
        )

        try:
            self._book = _calm(lambda: CalamineWorkbook.from_filelike(BytesIO(data)))
        except PasswordError:
            raise Protected from None
        self._hidden = partial(hidden_rows, data, is_archive=is_archive)
        sheets = [
            sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        self.names = tuple(sheet.name for sheet in sheets)
        self.visible = tuple(
            sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible
        )

    def sheet(self, name: str) -> Grid:
        """The values of one sheet."""
        sheet = _calm(lambda: self._book.get_sheet_by_name(name))
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise TooManyCells
        doubtful: dict[tuple[int, int], str] = {}
        rows: list[tuple[int, Row]] = []
        for number, values in enumerate(_calm(lambda: sheet.to_python(False)), start=1):
            cells = list(map(_seen, values))
            doubtful |= {(number, place): doubt for place, doubt in _doubts(values)}
            while cells and not cells[-1]:
                cells.pop()
            rows.append((number, tuple(cells)))
        return Grid.of_rows(
            rows,
            sheet=name,
            doubtful=doubtful,
            merges=[
                Merge(column=left, first=top + 1, last=bottom + 1)
                for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
                if bottom > top
            ],
            assumed=(Finding(code="workbook-values-only"), *self._told_hidden(name)),
        )

    def _told_hidden(self, name: str) -> tuple[Finding, ...]:
        count = self._hidden(name)
        return (Finding(code="rows-hidden-unseen"),) if count is None else rows_hidden(count)


def _calm(read: Callable[[], T]) -> T:
    """What is read; a panic of the library is an exception like any other."""
    try:
        return read()
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError("the library gave up") from None
        raise


def _seen(value: Value) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return number_text(value) if isinstance(value, (int, float)) else date_text(value)


def _doubts(values: list[Value]) -> Iterator[tuple[int, str]]:
    for place, value in enumerate(values):
        if isinstance(value, (int, float)):
            if doubt := doubt_of(value):
                yield place, doubt
        elif not isinstance(value, str):
            yield place, "date-cell"
