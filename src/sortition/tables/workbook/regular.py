"""Sheets and strings that are written as nearly all programs write them, many cells at once.

What differs from that in anything is not read here but by `sheet_xml`, an XML parser that calls
Python for each element; both say the same.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO

import numpy as np

from sortition.tables.arrow import Ints, Texts, is_blank, joined, taken, texts, trimmed
from sortition.tables.grid import MOST_CELLS, Grid, TooManyCells
from sortition.tables.workbook.blocks import Blocks, Irregular, without_names
from sortition.tables.workbook.grammar import BLANK_TEXT, SHARED, SHEET, TEXT
from sortition.tables.workbook.placed import Placed, place_cells
from sortition.tables.workbook.sheet_xml import SharedStrings, Sheet
from sortition.tables.workbook.shown import Shown, rows_hidden
from sortition.tables.workbook.tags import Tags


def read_strings(stream: IO[bytes]) -> list[str]:
    """The shared strings, trimmed, many at once or by an XML parser."""
    blocks = Blocks(
        stream=stream,
        begins=re.compile(rb"<sst[^<>]*[^<>/]>"),
        element=b"</si>",
        ends=b"</sst>",
    )
    try:
        return [text for block in blocks for text in _strings(block)]
    except Irregular:
        stream.seek(0)
    shared = SharedStrings()
    shared.parse(stream)
    return [text.strip() for text in shared.strings]


def _strings(block: bytes) -> list[str]:
    tags = Tags(block, SHARED)
    begins, ends = tags.held(tags.where(TEXT, BLANK_TEXT))
    found: list[str] = trimmed(without_names(tags.texts(begins, ends))).to_pylist()
    return found


def read_sheet(stream: IO[bytes], shown: Shown) -> Grid:
    """The cells of a sheet, many at once or by an XML parser.

    Parameters
    ----------
    stream : binary file
        It is read again from its beginning if need be.
    shown : Shown

    Returns
    -------
    Grid
        Rows that the file leaves out are there, as blank ones.
    """
    try:
        return _Rows(shown).read(stream)
    except Irregular:
        stream.seek(0)
    sheet = Sheet(shown.cell)
    sheet.parse(stream)
    return Grid.of_rows(
        sheet.rows,
        doubtful=sheet.doubtful,
        merges=sheet.merges,
        assumed=rows_hidden(sheet.hidden),
    )


class _Rows:
    """Reads rows block by block, and puts the columns of the blocks together."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._numbers: list[Ints] = []  # of the rows of each block
        self._columns: list[dict[int, Texts]] = []  # of each block, by their places
        self._doubtful: dict[tuple[int, int], str] = {}
        self._last = 0  # the number of the last row
        self._count = self._width = self._hidden = 0

    def read(self, stream: IO[bytes]) -> Grid:
        """Read them all."""
        blocks = Blocks(
            stream=stream,
            begins=re.compile(rb"<sheetData>"),
            element=b"</row>",
            ends=b"</sheetData>",
        )
        for block in blocks:
            self._add(Tags(block, SHEET))
        around = Sheet(self._shown.cell)
        around.parse(BytesIO(blocks.frame))
        columns, numbers, lengths = self._whole()
        return Grid(
            columns=tuple(columns),
            numbers=numbers,
            lengths=lengths,
            doubtful=self._doubtful,
            merges=tuple(around.merges),
            assumed=rows_hidden(self._hidden),
        )

    def _add(self, tags: Tags) -> None:
        placed = place_cells(tags, self._last)
        count = len(placed.numbers)
        if not count:
            return
        self._last = int(placed.numbers[-1])
        self._count += count
        self._hidden += placed.hidden
        self._width = max(self._width, int(placed.columns.max(initial=-1)) + 1)
        if self._count * self._width > MOST_CELLS:
            raise TooManyCells
        order = np.argsort(placed.columns.astype(np.int16), kind="stable")
        found, begins = np.unique(placed.columns[order], return_index=True)
        self._numbers.append(placed.numbers)
        ends = np.append(begins, len(order))[1:]
        self._columns.append(
            {
                int(column): self._column(tags, placed, order[begin:end])
                for column, begin, end in zip(found, begins, ends, strict=True)
            }
        )

    def _column(self, tags: Tags, placed: Placed, cells: Ints) -> Texts:
        """What is seen in the rows of a block, from the cells of one column."""
        codes = placed.codes[cells]
        alike = [cells[codes == code] for code in np.flatnonzero(np.bincount(codes))]
        column = joined([self._seen(tags, placed, some) for some in alike])
        rows = placed.rows[np.concatenate(alike)]
        count = len(placed.numbers)
        return column if len(alike) == 1 and len(rows) == count else _spread(column, rows, count)

    def _seen(self, tags: Tags, placed: Placed, cells: Ints) -> Texts:
        """What is seen in cells of one column, kind and style, and the doubts about them."""
        kind, style = placed.heads[placed.codes[cells[0]]]
        begins, ends = placed.begins[cells], placed.ends[cells]
        if kind == "s":
            numbers, stop = tags.numbers(begins)
            if (stop != ends).any():
                raise Irregular
            return self._shown.shared(numbers)
        seen, doubts = self._shown.alike(kind, style, without_names(tags.texts(begins, ends)))
        for index, doubt in doubts.items():
            cell = cells[index]
            number = int(placed.numbers[placed.rows[cell]])
            self._doubtful[number, int(placed.columns[cell])] = doubt
        return seen

    def _whole(self) -> tuple[list[Texts], Ints, Ints]:
        """The columns up to the last that is not blank, the row numbers and the row lengths."""
        nothing: Ints = np.zeros(0, dtype=np.int64)
        given = np.concatenate([nothing, *self._numbers])
        lengths: Ints = np.zeros(self._last, dtype=np.int64)
        columns: dict[int, Texts] = {}
        for place in sorted({place for columns_ in self._columns for place in columns_}):
            parts = [
                columns_.get(place) or _blank(len(numbers))
                for numbers, columns_ in zip(self._numbers, self._columns, strict=True)
            ]
            column = joined(parts)
            filled = given[~is_blank(column)] - 1
            if len(filled):
                lengths[filled] = place + 1
                columns[place] = column
        width = max(columns, default=-1) + 1
        if width * self._last > MOST_CELLS:
            raise TooManyCells
        if self._last > len(given):
            columns = {
                place: _spread(column, given - 1, self._last) for place, column in columns.items()
            }
        blank = _blank(self._last)
        whole = [columns.get(place, blank) for place in range(width)]
        return whole, np.arange(1, self._last + 1), lengths


def _blank(count: int) -> Texts:
    return texts([""] * count)


def _spread(column: Texts, rows: Ints, count: int) -> Texts:
    """A column of so many cells, blank ones where no row says otherwise."""
    places = np.full(count, len(column))
    places[rows] = np.arange(len(column))
    return taken(joined([column, _blank(1)]), places)
