"""The XML of one sheet, cell by cell, in one pass and without a tree.

A pool of 200,000 rows has millions of cells; an object for each of them takes minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from sortition.tables.grid import MOST_CELLS, Merge, TooManyCells

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the file format
HIDING = {"1", "true"}  # how a row says that it is hidden
DIGITS = "0123456789"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Cell = tuple[str, str]  # its text, and the code of a doubt or nothing
# from the kind of a cell, its style, its text and whether a formula stands behind it
CellReader = Callable[[str, int, str, bool], Cell]


class _LocalNames(dict[str, str]):
    """Names of elements without their prefixes."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


class _Texts:
    """Collects what stands in ``<t>`` and ``<v>``, and not what is said about how to read it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._kept = 0
        self._local = _LocalNames()
        self._phonetic = False

    def parse(self, stream: IO[bytes]) -> None:
        """Read it all; malformed XML raises `expat.ExpatError`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._parts.append
        parser.ParseFile(stream)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        if local in {"t", "v"}:
            del self._parts[self._kept :]
        elif local == "rPh":
            self._phonetic = True
        else:
            self._open(local, attributes)

    def _end(self, name: str) -> None:
        local = self._local[name]
        if local in {"t", "v"}:
            if not self._phonetic:
                self._kept = len(self._parts)
        elif local == "rPh":
            self._phonetic = False
        else:
            self._close(local)

    def _take(self) -> str:
        """What was collected since it was last taken."""
        kept = self._parts[: self._kept] if self._kept < len(self._parts) else self._parts
        text = "".join(kept)
        self._parts.clear()
        self._kept = 0
        return text

    def _open(self, local: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _close(self, local: str) -> None:
        raise NotImplementedError


class SharedStrings(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def _open(self, local: str, attributes: dict[str, str]) -> None:
        if local == "si":
            self._take()

    def _close(self, local: str) -> None:
        if local == "si":
            self.strings.append(self._take())


class Sheet(_Texts):
    """Rows, doubts and merges of a sheet.

    Parameters
    ----------
    read : callable
        Says what is seen in a cell, from its kind (``s``: the number of a shared string, ``n``: a
        number, and so on), its style, its text, and whether a formula stands behind it.

    Attributes
    ----------
    rows : list of (int, tuple of str)
        Rows that the file leaves out are there, as blank ones; blank cells at the end are not.
    doubtful : dict of (int, int) to str
        The code of a doubt, by row number and column index.
    merges : list of Merge
    hidden : int
        How many rows a spreadsheet does not show, as those that a filter leaves out.
    """

    def __init__(self, read: CellReader) -> None:
        super().__init__()
        self.rows: list[tuple[int, tuple[str, ...]]] = []
        self.doubtful: dict[tuple[int, int], str] = {}
        self.merges: list[Merge] = []
        self.hidden = 0
        self._read = read
        self._columns = ColumnIndices()
        self._number = 0
        self._cells: list[str] = []
        self._count = 0
        self._index = -1
        self._attributes: dict[str, str] = {}
        self._formula = False

    def _open(self, local: str, attributes: dict[str, str]) -> None:
        if local == "c":
            self._take()
            self._attributes = attributes
            self._formula = False
        elif local == "f":
            self._formula = True
        elif local == "row":
            self._begin_row(int(attributes.get("r", self._number + 1)))
            self.hidden += attributes.get("hidden") in HIDING
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _close(self, local: str) -> None:
        if local == "c":
            self._add_cell()
        elif local == "row":
            self.rows.append((self._number, tuple(self._cells)))

    def _begin_row(self, number: int) -> None:
        if not self._number < number <= LAST_ROW:
            raise ValueError("rows are not in order")
        self.rows += [(skipped, ()) for skipped in range(self._number + 1, number)]
        self._number, self._cells, self._index = number, [], -1

    def _add_cell(self) -> None:
        attributes = self._attributes
        reference = attributes.get("r")
        self._index = self._columns[reference.rstrip(DIGITS)] if reference else self._index + 1
        text, formula = self._take(), self._formula
        if not text and not formula:
            return
        kind, style = attributes.get("t", "n"), int(attributes.get("s", 0))
        text, doubt = self._read(kind, style, text, formula)
        if doubt:
            self.doubtful[self._number, self._index] = doubt
        if text:
            self._put(text)

    def _put(self, text: str) -> None:
        gap = self._index - len(self._cells)
        if gap < 0:
            raise ValueError("cells are not in order")
        self._count += gap + 1
        if self._count > MOST_CELLS:
            raise TooManyCells
        if gap:
            self._cells += [""] * gap
        self._cells.append(text)

    def _merge(self, reference: str) -> None:
        """Note the first column of cells that are merged over several rows."""
        first, _, last = reference.partition(":")
        begin, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
        if begin and end and int(begin[2]) < int(end[2]):
            self.merges.append(
                Merge(column=self._columns[begin[1]], first=int(begin[2]), last=int(end[2]))
            )


class ColumnIndices(dict[str, int]):
    """The indices of columns by their letters, from 0."""

    def __missing__(self, letters: str) -> int:
        self[letters] = _column(letters)
        return self[letters]


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64  # A is 65
    if not 1 <= index <= LAST_COLUMN:
        raise ValueError("no column of a sheet")
    return index - 1
