"""XLSX workbooks: sheets and styles as openpyxl reads them, cells by our own eyes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import IO

from sortition.tables.grid import Grid
from sortition.tables.workbook.outline import Outline
from sortition.tables.workbook.regular import read_sheet, read_strings
from sortition.tables.workbook.shown import Shown, rows_hidden

HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*\bhidden="(?:1|true)"')
PIECE = 1 << 20  # bytes


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
            grid = replace(read_sheet(stream, self._shown), sheet=name)
        with self._outline.open(self._outline.parts[name]) as stream:
            hidden = _hidden_rows(stream)
        return replace(grid, assumed=(*grid.assumed, *rows_hidden(hidden)))


def _hidden_rows(stream: IO[bytes]) -> int:
    """How many rows of a sheet a spreadsheet does not show, as those that a filter leaves out."""
    count, begun = 0, b""
    while piece := stream.read(PIECE):
        whole, tag, begun = (begun + piece).rpartition(b"<")
        begun = tag + begun
        if b" hidden=" in whole:
            count += len(HIDDEN_ROW.findall(whole))
    return count
