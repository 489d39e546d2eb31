"""The rows of a sheet that is written as nearly all programs write it, read by their pattern.

An XML parser calls Python for each element, and a pool of 200,000 rows has millions. What differs
from the pattern in anything, a formula among it, is not read here but by `sheet_xml`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import IO
from xml.sax.saxutils import unescape

from sortition.tables.grid import MOST_CELLS
from sortition.tables.workbook.sheet_xml import (
    LAST_ROW,
    CellReader,
    ColumnIndices,
    Sheet,
    TooManyCells,
)

_CONTENT = rb'(?:<v>[^<>]*</v>|<is><t(?: xml:space="preserve")?>[^<>]*</t></is>)?'
_AFTER = rb'(?: s="[0-9]+")?(?: t="[A-Za-z]+")? ?(?:/>|>' + _CONTENT + rb"</c>)"
_CELLS = rb'(?:<c r="[A-Z]{1,3}[0-9]+"' + _AFTER + rb")*+"
CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"(' + _AFTER + rb")")
ROW = re.compile(rb'\s*<row((?: [\w:]+="[^"<>&]*")*+) ?(?:/>|>(' + _CELLS + rb")</row>)")
NUMBER = re.compile(rb' r="([0-9]+)"')
SEEN = re.compile(rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")? ?>(?:<v>|<is><t[^<>]*>)([^<>]+)<')
REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
CONTROLS = bytes({*range(32)} - {9, 10})
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
OTHERS = {"&quot;": '"', "&apos;": "'"}


def read_sheet(stream: IO[bytes], read: CellReader) -> Sheet:
    """The cells of a sheet, by their pattern or, if they do not follow it, by an XML parser.

    Parameters
    ----------
    stream : binary file
    read : callable
        See `Sheet`.
    """
    data = stream.read()
    head, begun, rest = data.partition(b"<sheetData>")
    rows, ended, tail = rest.rpartition(b"</sheetData>")
    if begun and ended and _is_plain(head, rows):
        sheet = Sheet(read)
        sheet.parse(BytesIO(b"".join((head, begun, ended, tail))))
        with suppress(_Irregular):
            _Rows(sheet, read).read(rows)
            return sheet
    sheet = Sheet(read)
    sheet.parse(BytesIO(data))
    return sheet


def _is_plain(head: bytes, rows: bytes) -> bool:
    """Whether the rows are in UTF-8, stand where they seem to, and hold what they seem to."""
    encoding = ENCODING.search(head)
    return (
        b"<!" not in head
        and (encoding is None or encoding[1].lower() == b"utf-8")
        and len(rows.translate(None, CONTROLS)) == len(rows)
        and b"]]>" not in rows
        and REFERENCE.search(rows) is None
    )


class _Irregular(Exception):
    """The rows do not follow the pattern."""


class _Rows(dict[bytes, str]):
    """What is seen in a cell, by all that stands behind its place; each is read once."""

    def __init__(self, sheet: Sheet, read: CellReader) -> None:
        super().__init__()
        self._sheet = sheet
        self._read = read
        self._doubts: dict[bytes, str] = {}
        self._columns = ColumnIndices()
        self._places: dict[tuple[bytes, ...], list[int]] = {}

    def read(self, rows: bytes) -> None:
        """Read them all."""
        number = count = end = 0
        for row in ROW.finditer(rows):
            if row.start() != end:
                raise _Irregular
            end = row.end()
            given = NUMBER.search(row[1])
            before, number = number, int(given[1]) if given else number + 1
            if not before < number <= LAST_ROW:
                raise _Irregular
            self._sheet.rows += [(skipped, ()) for skipped in range(before + 1, number)]
            cells = self._cells(number, CELL.findall(row[2] or b""))
            self._sheet.rows.append((number, cells))
            count += len(cells)
            if count > MOST_CELLS:
                raise TooManyCells
        if rows[end:].strip():
            raise _Irregular

    def _cells(self, number: int, found: list[tuple[bytes, bytes]]) -> tuple[str, ...]:
        if not found:
            return ()
        letters, after = zip(*found, strict=True)
        places = self._places.get(letters) or self._place(letters)
        cells = list(map(self.__getitem__, after))
        if self._doubts:
            for place, one in zip(places, after, strict=True):
                if one in self._doubts:
                    self._sheet.doubtful[number, place] = self._doubts[one]
        if places[-1] >= len(places):
            of_place = dict(zip(places, cells, strict=True))
            cells = [of_place.get(place, "") for place in range(places[-1] + 1)]
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)

    def _place(self, letters: tuple[bytes, ...]) -> list[int]:
        places = [self._columns[name.decode()] for name in letters]
        if sorted(set(places)) != places:
            raise _Irregular
        self._places[letters] = places
        return places

    def __missing__(self, after: bytes) -> str:
        found = SEEN.match(after)
        seen = doubt = ""
        if found:
            style, kind, content = found.groups()
            text = content.decode()
            text = unescape(text, OTHERS) if "&" in text else text
            seen, doubt = self._read((kind or b"n").decode(), int(style or 0), text, False)
        if doubt:
            self._doubts[after] = doubt
        self[after] = seen
        return seen
