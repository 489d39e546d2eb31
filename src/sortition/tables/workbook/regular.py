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

ROW = re.compile(rb'\s*<row((?: [\w:]+="[^"<>&]*")*+) ?(/?)>')
NUMBER = re.compile(rb' r="([0-9]+)"')
LETTERS = re.compile(rb"[A-Z]{1,3}")
# what stands in a cell behind its reference, up to its end
SEEN = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")? ?>'
    rb'(?:<v>([^<>]*)</v>|<is><t(?: xml:space="preserve")?>([^<>]*)</t></is>)?'
)
REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
DIGITS = b"0123456789"
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
        number = count = 0
        *parts, rest = rows.split(b"</row>")
        for part in parts:
            row, cells = self._row(part)
            given = NUMBER.search(row)
            before, number = number, int(given[1]) if given else number + 1
            if not before < number <= LAST_ROW:
                raise _Irregular
            self._sheet.rows += [(skipped, ()) for skipped in range(before + 1, number)]
            self._sheet.rows.append((number, self._cells(number, cells)))
            count += len(cells)
            if count > MOST_CELLS:
                raise TooManyCells
        if rest.strip():
            raise _Irregular

    def _row(self, part: bytes) -> tuple[bytes, list[list[bytes]]]:
        """The attributes of a row, and for each cell what stands up to and behind its reference."""
        begun = ROW.match(part)
        if begun is None or begun[2]:
            raise _Irregular
        content = part[begun.end() :]
        if b"/>" in content:  # blank cells, that only have a style
            content = content.replace(b"/>", b"></c>")
        *cells, rest = content.split(b"</c>")
        if rest:
            raise _Irregular
        return begun[1], [cell.split(b'"', 2) for cell in cells]

    def _cells(self, number: int, found: list[list[bytes]]) -> tuple[str, ...]:
        if not found:
            return ()
        try:
            begun, references, after = zip(*found, strict=True)
        except ValueError:
            raise _Irregular from None
        if begun.count(b"<c r=") < len(begun):
            raise _Irregular
        letters = tuple([reference.rstrip(DIGITS) for reference in references])
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
        if not all(map(LETTERS.fullmatch, letters)):
            raise _Irregular
        places = [self._columns[name.decode()] for name in letters]
        if sorted(set(places)) != places:
            raise _Irregular
        self._places[letters] = places
        return places

    def __missing__(self, after: bytes) -> str:
        found = SEEN.fullmatch(after)
        if found is None:
            raise _Irregular
        style, kind, value, inline = found.groups()
        text = (value or inline or b"").decode()
        text = unescape(text, OTHERS) if "&" in text else text
        seen = doubt = ""
        if text:
            seen, doubt = self._read((kind or b"n").decode(), int(style or 0), text, False)
        if doubt:
            self._doubts[after] = doubt
        self[after] = seen
        return seen
