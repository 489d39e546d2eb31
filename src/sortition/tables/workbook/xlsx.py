"""XLSX workbooks: sheets and styles as openpyxl reads them, cells by our own eyes."""

from __future__ import annotations

from dataclasses import replace

from sortition.tables.grid import Grid
from sortition.tables.workbook.outline import Outline
from sortition.tables.workbook.regular import read_sheet, read_strings
from sortition.tables.workbook.shown import Shown


class Xlsx:
    """An XLSX workbook; see `sortition.tables.workbook.cells.Book`."""

    def __init__(self, data: bytes) -> None:
        self._outline = Outline(data)
        self.names = tuple(self._outline.parts)
        self.visible = tuple(self._outline.visible)
        strings: list[str] = []
        if self._outline.strings_part:
            with self._outline.open(self._outline.strings_part) as stream:
                strings = read_strings(stream)
        self._shown = Shown(strings, self._outline.look, self._outline.moment)

    def sheet(self, name: str) -> Grid:
        """The cells of one sheet."""
        with self._outline.open(self._outline.parts[name]) as stream:
            return replace(read_sheet(stream, self._shown), sheet=name)
