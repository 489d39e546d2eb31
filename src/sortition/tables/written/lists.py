"""The lists of people that are written: CSV and XLSX, as the pool's columns came."""

from __future__ import annotations

import datetime
import re
import zipfile
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from errno import ENOSPC
from functools import partial
from io import BytesIO
from itertools import groupby
from os import strerror
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, canonicalize

import numpy as np

from sortition.audit.spreadsheets import APOSTROPHE, FORMULA_STARTS, neutral
from sortition.tables.arrow import Texts, content, respelled, side_by_side, taken, texts
from sortition.tables.delimited import DELIMITERS
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.cells import cells_of, with_cells
from sortition.tables.written.packed import packed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = tuple[str, ...]

FIRST = "".join([*FORMULA_STARTS, APOSTROPHE]).encode()  # of which a spreadsheet makes more
QUOTED = '"\n\r'  # for which a field needs quotation marks whatever parts the columns
WIDEST_COLUMN = 60  # characters
EPOCH = datetime.datetime(1980, 1, 1)  # the first date that a zip archive can hold
XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def people(roster: Roster, ids: Collection[str]) -> tuple[Row, list[Row]]:
    """The header and the rows of these people, sorted by id (code points).

    If the rows of the pool were numbered, the numbers come first, in a column ``id``.
    """
    header, columns = _columns(roster, ids)
    return header, list(zip(*[column.to_pylist() for column in columns], strict=True))


def _columns(roster: Roster, ids: Collection[str]) -> tuple[Row, list[Texts]]:
    """The header and the columns of these people; see `people`."""
    header, columns = roster.table.header, roster.table.cells.columns
    if roster.id_column is None:
        header, columns = ("id", *header), [texts(roster.ids), *columns]
    places = [place for place, id in enumerate(roster.ids) if id in ids]
    places.sort(key=roster.ids.__getitem__)
    return header, [taken(column, np.array(places, dtype=np.int64)) for column in columns]


def csv_bytes(
    roster: Roster, ids: Collection[str], columns: Collection[str] | None = None
) -> bytes:
    """A CSV file in the pool's dialect, with the ids and these columns alone; None: with all.

    UTF-8, with a byte order mark if the pool had one, was Windows-1252 or a workbook: its users
    open CSV files in a spreadsheet that would garble letters without it. Cells that a spreadsheet
    would take for a formula begin with an apostrophe.
    """
    if columns is not None:
        wanted = {*columns, roster.id_column or "id"}
        kept = [name for name in roster.table.header if name in wanted]
        roster = replace(roster, table=roster.table.keeping(kept))
    header, chosen = _columns(roster, ids)
    return _csv(header, [chosen], like=roster.table)


def csv_rows(rows: Sequence[Row], *, like: Table) -> bytes:
    """Rows as a CSV file in the dialect of a table that was read; see `csv_bytes`."""
    header, *others = rows
    # notes below a list are shorter than its rows
    alike = [list(map(texts, zip(*same, strict=True))) for _, same in groupby(others, len)]
    return _csv(header, alike, like=like)


def _csv(header: Row, parts: Iterable[Sequence[Texts]], *, like: Table) -> bytes:
    """A header and the columns of the rows below it; see `csv_rows`."""
    delimiter = csv_delimiter(like)
    # or a reader who looks for what parts the columns of the header would find another sign too
    signs = _any_of(*DELIMITERS, delimiter)
    lines = [(delimiter.join([_quoted(cell, signs) for cell in header]) + "\n").encode()]
    needed = [delimiter] if len(header) > 1 else [*DELIMITERS, delimiter]
    spell = partial(_quoted, signs=_any_of(*needed))
    for columns in parts:
        cells = [
            respelled(column, spell, signs="".join([*needed, *QUOTED]).encode(), first=FIRST)
            for column in columns
        ]
        rows = side_by_side([side_by_side(cells, delimiter), ""], "\n")
        lines.append(content(rows))
    marked = _is_workbook(like) or like.encoding in {"utf-8-sig", "windows-1252"}
    return b"".join([BOM_UTF8 if marked else b"", *lines])


def csv_delimiter(like: Table) -> str:
    """What parts the columns of a CSV file in the dialect of a table that was read.

    A workbook gives a semicolon, which is what spreadsheets expect where decimals have a comma.
    """
    return like.delimiter or (";" if _is_workbook(like) else ",")


def _is_workbook(table: Table) -> bool:
    return not table.encoding


def _any_of(*signs: str) -> re.Pattern[str]:
    """Signs for which a CSV field needs quotation marks, with those that are so for any."""
    return re.compile(f"[{re.escape(''.join([*signs, *QUOTED]))}]")


def _quoted(cell: str, signs: re.Pattern[str]) -> str:
    """One CSV field. The csv module leaves a lone carriage return unquoted in some versions."""
    cell = neutral(cell)
    return '"' + cell.replace('"', '""') + '"' if signs.search(cell) else cell


def xlsx_bytes(roster: Roster, ids: Collection[str], *, title: str) -> bytes:
    """A workbook of one sheet; see `workbook_bytes`. The same people give the same bytes."""
    header, rows = people(roster, ids)
    return workbook_bytes({title: (header, *rows)}, ids={roster.id_column or "id"})


def workbook_bytes(sheets: Mapping[str, Sequence[Row]], *, ids: Collection[str] = ()) -> bytes:
    """A workbook of sheets by their names, each with its header as its first row.

    Columns of figures are numbers; all else is text, so nothing is computed and no zero is lost.
    The same rows give the same bytes where the same zlib compresses them.

    Parameters
    ----------
    ids : collection of str
        Columns that are text whatever stands in them.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and not always needed

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    cells = [_laid_out(workbook.create_sheet(title), rows, ids) for title, rows in sheets.items()]
    return _timeless(workbook, cells)


def _laid_out(sheet: Worksheet, rows: Sequence[Row], ids: Collection[str]) -> bytes:
    """Lay a sheet out for these rows, and give its cells."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for number, row in ((1, rows[0][:1]), (len(rows), rows[0])):  # its corners
        sheet.cell(number, len(row))
    for index, width in enumerate(_widths(rows), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    return cells_of(sheet, rows, ids)


def _widths(rows: Sequence[Row]) -> list[int]:
    return [min(max(map(len, cells)) + 3, WIDEST_COLUMN) for cells in zip(*rows, strict=True)]


def _steady(part: bytes) -> bytes:
    """The XML of a part in its canonical form: openpyxl writes another where lxml is installed."""
    try:
        return XML_HEAD + canonicalize(part.decode()).encode()
    except ParseError:  # lxml says nothing where the disk had no room for all of it
        raise OSError(ENOSPC, strerror(ENOSPC)) from None


def _timeless(workbook: Workbook, cells: Sequence[bytes]) -> bytes:
    """The bytes of a workbook with the cells of its sheets, compressed, without a time."""
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    workbook.properties.creator = "sortition"
    workbook.properties.created = workbook.properties.modified = EPOCH
    untidy = BytesIO()
    # closed in any case: on a full disk the archive would complain when it is forgotten
    with zipfile.ZipFile(untidy, "w") as archive:
        ExcelWriter(workbook, archive).save()
    own = {f"xl/worksheets/sheet{n}.xml": data for n, data in enumerate(cells, start=1)}
    with zipfile.ZipFile(untidy) as source:
        parts = ((name, _steady(source.read(name))) for name in source.namelist())
        whole = ((name, with_cells(p, own[name]) if name in own else p) for name, p in parts)
        return packed(whole, smaller=True)
