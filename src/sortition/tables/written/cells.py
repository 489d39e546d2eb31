"""The cells of a sheet, as openpyxl writes them, in a tenth of the time.

openpyxl makes an object and an XML element of every cell. Here it writes the sheet around them, and
knows their styles. A column of figures holds numbers, and sorts as they do; the rest are texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from sortition.audit.spreadsheets import is_formula
from sortition.tables.columns import PERHAPS_AN_ID, PERSONAL
from sortition.tables.labels import squeeze
from sortition.tables.numbers import number_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767  # characters in a cell
AT_ONCE = 1_000  # rows that are written together, since most texts of a pool come again
# longer ones are telephone numbers and the like
FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,9})?")
POSTAL = re.compile(r"\bpost|\bzip|\bplz\b|ticket|token")
DATA = re.compile(b"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)


def with_cells(part: bytes, cells: bytes) -> bytes:
    """The XML of a sheet with these cells instead of its own."""
    return DATA.sub(lambda _: cells, part, count=1)


def cells_of(sheet: Worksheet, rows: Sequence[Sequence[str]], ids: Collection[str] = ()) -> bytes:
    """The element `sheetData`, its first row bold; its styles are made known to the sheet.

    Parameters
    ----------
    ids : collection of str
        Columns that are text whatever stands in them.
    """
    lines = "".join(_rows(sheet, rows, ids))
    return f"<sheetData>{lines}</sheetData>".encode()


def of_numbers(name: str, cells: Collection[str]) -> bool:
    """Whether a column holds figures alone, and by its name no ids, telephones or postal codes.

    Only what a spreadsheet shows as it is written here is a figure: ``034`` and ``1.50`` are text.
    """
    figures = set(cells) - {""}
    squeezed = squeeze(name)
    names = any(pattern.search(squeezed) for pattern in (PERHAPS_AN_ID, PERSONAL, POSTAL))
    return not names and bool(figures) and all(map(_is_figure, figures))


def _is_figure(cell: str) -> bool:
    return FIGURE.fullmatch(cell) is not None and number_text(float(cell)) == cell


def _rows(sheet: Worksheet, rows: Sequence[Sequence[str]], ids: Collection[str]) -> Iterator[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    figures = [
        name not in ids and of_numbers(name, cells) for name, *cells in zip(*rows, strict=True)
    ]
    letters = [get_column_letter(place) for place in range(1, len(figures) + 1)]
    styles: dict[tuple[bool, bool, bool], int] = {}

    def style(text: str, *, first: bool, figure: bool) -> int:
        kind = (first, figure, is_formula(text))
        if kind not in styles:
            styles[kind] = _style(sheet, bold=first, number=figure, formula=kind[2])
        return styles[kind]

    # the header and the first row alone, so that styles are numbered as they occur row by row
    starts = (0, 1, *range(2, len(rows), AT_ONCE))
    for start, end in pairwise((*starts, len(rows))):
        columns = []
        for letter, cells, numbers in zip(
            letters, zip(*rows[start:end], strict=True), figures, strict=False
        ):
            first, figure = start == 0, numbers and start > 0
            made = {
                text: _cell(style(text, first=first, figure=figure), text, number=figure)
                for text in dict.fromkeys(cells)
            }
            columns.append(
                [f'<c r="{letter}{n}" {made[text]}' for n, text in enumerate(cells, start + 1)]
            )
        for n, row in enumerate(zip(*columns, strict=True), start + 1):
            yield f'<row r="{n}">{"".join(row)}</row>'


def _cell(style: int, text: str, *, number: bool) -> str:
    """A cell without its place."""
    if not text:
        return f's="{style}" t="n" />'
    if number:
        return f's="{style}" t="n"><v>{text}</v></c>'
    own = NOT_IN_XML.sub("\ufffd", text)[:LONGEST]
    space = ' xml:space="preserve"' if own != own.strip() else ""
    written = escape(own, quote=False).replace("\r", "&#13;")  # which a parser would take for \n
    return f's="{style}" t="inlineStr"><is><t{space}>{written}</t></is></c>'


def _style(sheet: Worksheet, *, bold: bool, number: bool, formula: bool) -> int:
    """The number of the style of a cell: a number, or text that is not computed."""
    from openpyxl.cell import Cell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = Cell(sheet, row=1, column=1)
    cell.number_format = "General" if number else "@"
    cell.quotePrefix = formula
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
    style: int = cell.style_id
    return style
