"""The cells of a sheet in which all is text, as openpyxl writes them, in a tenth of the time.

openpyxl makes an object and an XML element of every cell. Here it writes the sheet around them, and
knows their styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from sortition.audit.spreadsheets import is_formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767  # characters in a cell
DATA = re.compile(b"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)


def with_cells(part: bytes, cells: bytes) -> bytes:
    """The XML of a sheet with these cells instead of its own."""
    return DATA.sub(lambda _: cells, part, count=1)


def cells_of(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> bytes:
    """The element `sheetData`, its first row bold; its styles are made known to the sheet."""
    lines = "".join(_rows(sheet, rows))
    return f"<sheetData>{lines}</sheetData>".encode()


def _rows(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    letters = [get_column_letter(place) for place in range(1, max(map(len, rows), default=0) + 1)]
    styles: dict[tuple[bool, bool], int] = {}
    for number, row in enumerate(rows, start=1):
        cells = []
        for letter, text in zip(letters, row, strict=False):
            kind = (number == 1, is_formula(text))
            if kind not in styles:
                styles[kind] = _style(sheet, bold=kind[0], formula=kind[1])
            cells.append(_cell(f'r="{letter}{number}" s="{styles[kind]}"', text))
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(attributes: str, text: str) -> str:
    if not text:
        return f'<c {attributes} t="n" />'
    own = NOT_IN_XML.sub("\ufffd", text)[:LONGEST]
    space = ' xml:space="preserve"' if own != own.strip() else ""
    written = escape(own, quote=False).replace("\r", "&#13;")  # which a parser would take for \n
    return f'<c {attributes} t="inlineStr"><is><t{space}>{written}</t></is></c>'


def _style(sheet: Worksheet, *, bold: bool, formula: bool) -> int:
    """The number of the style of a cell, as text that is not computed."""
    from openpyxl.cell import Cell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = Cell(sheet, row=1, column=1)
    cell.number_format = "@"
    cell.quotePrefix = formula
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
    style: int = cell.style_id
    return style
