"""Sheets and strings that are written as nearly all programs write them, read by their pattern.

An XML parser calls Python for each element, and a pool of 200,000 rows has millions. Here a row is
one match, and what stands below each other is read together. What differs from the pattern in
anything, a formula among it, is not read here but by `sheet_xml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import IO

import numpy as np

from sortition.tables.arrow import Ints, Texts, is_blank, joined, taken, texts, trimmed
from sortition.tables.grid import MOST_CELLS, Grid, TooManyCells
from sortition.tables.workbook.blocks import Blocks, Irregular, without_references
from sortition.tables.workbook.sheet_xml import (
    LAST_ROW,
    ColumnIndices,
    SharedStrings,
    Sheet,
)
from sortition.tables.workbook.shown import Shown

ROW = r'\s*<row((?: [\w:]+="[^"<>&]*")*+) ?(?:/>|>'
# of one column: style and kind, what stands in <v>, what stands in <t>
CELL = (
    r'(?:<c r="{}[0-9]++"((?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+) ?+(?:/>|>'
    r'(?:<v>([^<>]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<>]*+)</t></is>)?+</c>))?+'
)
GROUPS = 3  # of a cell
ROW_ENDED = "</row>"
NUMBER = re.compile(r' r="([0-9]+)"')
LETTERS = re.compile(r'<c r="([A-Z]{1,3})[0-9]')
HEAD = re.compile(r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
MOST_PATTERNS = 50  # of one sheet; rows that grow wider and wider are left to the parser
STRING_ENDED = "</t></si>"
STRING_BEGUN = {"<si><t", '<si><t xml:space="preserve"'}


def read_strings(stream: IO[bytes]) -> list[str]:
    """The shared strings, trimmed, by their pattern or by an XML parser."""
    blocks = Blocks(
        stream=stream,
        begins=re.compile(rb"<sst[^<>]*[^<>/]>"),
        element=STRING_ENDED.encode(),
        ends=b"</sst>",
    )
    found: list[str] = []
    try:
        for block in blocks:
            found += _strings(block)
    except Irregular:
        stream.seek(0)
        shared = SharedStrings()
        shared.parse(stream)
        found = shared.strings
    return [text.strip() for text in found]


def _strings(block: str) -> Sequence[str]:
    *parts, rest = block.split(STRING_ENDED)
    split = [part.rpartition(">") for part in parts]
    begun = {part.strip() for part in {part for part, _, _ in split}}
    stored = [text for _, _, text in split]
    if rest.strip() or not begun <= STRING_BEGUN or "<" in "".join(stored):
        raise Irregular
    return without_references(stored)


def read_sheet(stream: IO[bytes], shown: Shown) -> Grid:
    """The cells of a sheet, by their pattern or by an XML parser.

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
    return Grid.of_rows(sheet.rows, doubtful=sheet.doubtful, merges=sheet.merges)


class _Rows:
    """Reads rows, and puts together what stands below each other."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._indices = ColumnIndices()
        self._columns: dict[int, str] = {}  # their letters by their places
        self._patterns = 0
        self._rows: list[tuple[str, ...]] = []
        self._numbers: list[int] = []
        self._parts: list[tuple[int, dict[int, Texts]]] = []  # rows, and their columns
        self._doubtful: dict[tuple[int, int], str] = {}
        self._refers = False  # whether references stand in what is being read
        self._compile()

    def read(self, stream: IO[bytes]) -> Grid:
        """Read them all."""
        blocks = Blocks(
            stream=stream,
            begins=re.compile(rb"<sheetData>"),
            element=ROW_ENDED.encode(),
            ends=b"</sheetData>",
        )
        for block in blocks:
            self._refers = "&" in block
            self._match(block)
            self._put_together()
            if len(self._numbers) * (1 + max(self._columns, default=0)) > MOST_CELLS:
                raise TooManyCells
        around = Sheet(self._shown.cell)
        around.parse(BytesIO(blocks.frame))
        columns, numbers, lengths = self._whole()
        return Grid(
            columns=tuple(columns),
            numbers=numbers,
            lengths=lengths,
            doubtful=self._doubtful,
            merges=tuple(around.merges),
        )

    def _match(self, block: str) -> None:
        begin, end = 0, len(block.rstrip())
        number = self._numbers[-1] if self._numbers else 0
        while begin < end:
            found = self._pattern.match(block, begin)
            if found is None:
                self._put_together()
                self._widen(block[begin : block.find(ROW_ENDED, begin)])
                continue
            begin = found.end()
            row = found.groups("")
            given = NUMBER.search(row[0])
            before, number = number, int(given[1]) if given else number + 1
            if not before < number <= LAST_ROW:
                raise Irregular
            self._rows.append(row)
            self._numbers.append(number)

    def _widen(self, row: str) -> None:
        """Look for the columns of this row too."""
        found = {self._indices[letters]: letters for letters in LETTERS.findall(row)}
        if found.keys() <= self._columns.keys() or self._patterns == MOST_PATTERNS:
            raise Irregular
        self._columns = dict(sorted((self._columns | found).items()))
        self._compile()

    def _compile(self) -> None:
        cells = "".join(map(CELL.format, self._columns.values()))
        self._pattern = re.compile(f"{ROW}{cells}{ROW_ENDED})")
        self._patterns += 1

    def _put_together(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            _, *groups = zip(*rows, strict=True)
            columns = {
                place: self._column(place, *groups[GROUPS * index : GROUPS * (index + 1)])
                for index, place in enumerate(self._columns)
            }
            self._parts.append((len(rows), columns))

    def _column(
        self, place: int, heads: Sequence[str], values: Sequence[str], inline: Sequence[str]
    ) -> Texts:
        if not any(values):
            values = inline
        elif any(inline):
            values = [value or text for value, text in zip(values, inline, strict=True)]
        if self._refers:
            values = without_references(values)
        if heads.count(heads[0]) == len(heads):
            seen = self._alike(heads[0], place, range(len(values)), values)
        else:
            several = [""] * len(values)
            for head in set(heads):
                where = [index for index, one in enumerate(heads) if one == head]
                alike = self._alike(head, place, where, [values[index] for index in where])
                for index, text in zip(where, alike, strict=True):
                    several[index] = text
            seen = several
        return trimmed(texts(seen))

    def _alike(
        self, head: str, place: int, where: Sequence[int], stored: Sequence[str]
    ) -> Sequence[str]:
        """What is seen in cells of one column, kind and style, and the doubts about them."""
        found = HEAD.fullmatch(head)
        style, kind = found.groups() if found else (None, None)
        seen, doubts = self._shown.alike(kind or "n", int(style or 0), stored)
        self._note(place, where, stored, doubts)
        return seen

    def _note(
        self, place: int, where: Sequence[int], stored: Sequence[str], doubts: Mapping[str, str]
    ) -> None:
        if not doubts:
            return
        done = sum(count for count, _ in self._parts)
        for index, text in zip(where, stored, strict=True):
            if text in doubts:
                self._doubtful[self._numbers[done + index], place] = doubts[text]

    def _whole(self) -> tuple[list[Texts], Ints, Ints]:
        """The columns up to the last that is not blank, the row numbers and the row lengths."""
        given = np.array(self._numbers, dtype=np.int64)
        last = int(given[-1]) if len(given) else 0
        lengths: Ints = np.zeros(last, dtype=np.int64)
        columns: dict[int, Texts] = {}
        for place in self._columns:
            parts = [columns_.get(place) or _blank(count) for count, columns_ in self._parts]
            column = joined(parts)
            filled = given[~is_blank(column)] - 1
            if len(filled):
                lengths[filled] = place + 1
                columns[place] = column
        width = max(columns, default=-1) + 1
        if width * last > MOST_CELLS:
            raise TooManyCells
        if last > len(given):
            columns = {place: _spread(column, given, last) for place, column in columns.items()}
        blank = _blank(last)
        whole = [columns.get(place, blank) for place in range(width)]
        return whole, np.arange(1, last + 1), lengths


def _blank(count: int) -> Texts:
    return texts([""] * count)


def _spread(column: Texts, numbers: Ints, last: int) -> Texts:
    """A column with a blank cell for each row that is left out."""
    places = np.full(last, len(column))
    places[numbers - 1] = np.arange(len(column))
    return taken(joined([column, _blank(1)]), places)
