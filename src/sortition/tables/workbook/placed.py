"""Where the cells of a block of a sheet stand, of which kind they are, and where their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sortition.tables.arrow import Ints
from sortition.tables.workbook.blocks import Irregular
from sortition.tables.workbook.grammar import (
    BLANK_CELL,
    BLANK_FORMULA,
    BLANK_ROW,
    CELL,
    FORMULA,
    ROW,
    TEXT,
    VALUE,
)
from sortition.tables.workbook.sheet_xml import HIDING, LAST_COLUMN, LAST_ROW
from sortition.tables.workbook.tags import Tags

QUOTE = ord('"')
NUMBERED_ROW = int.from_bytes(b'<row r="', "little")
REFERENCE_AT = len('<c r="')


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The cells of a block that are not blank, or a formula without its result.

    Attributes
    ----------
    numbers : array of int
        Of the rows of the block, blank ones too.
    hidden : int
        How many of these are hidden.
    rows : array of int
        The place among them of each cell's.
    columns : array of int
        The index of each cell's, from 0.
    heads : list of (str, int)
        Kinds and styles of cells.
    codes : array of int
        The place among them of each cell's.
    begins, ends : array of int
        Where the text of each begins and ends.
    """

    numbers: Ints
    hidden: int
    rows: Ints
    columns: Ints
    heads: list[tuple[str, int]]
    codes: Ints
    begins: Ints
    ends: Ints


def place_cells(tags: Tags, last: int) -> Placed:
    """Place the cells of a block.

    Parameters
    ----------
    last : int
        The number of the last row before the block.

    Raises
    ------
    Irregular
        If rows or cells are not in order, or say more than once what they are.
    """
    rows = tags.where(ROW, BLANK_ROW)
    cells = tags.where(CELL, BLANK_CELL)
    numbers, hidden = _rows(tags, rows, last)
    counts = np.diff(np.searchsorted(cells, np.append(rows, len(tags.kinds))))
    row_of = np.repeat(np.arange(len(rows)), counts)
    columns, after = _references(tags, cells)
    if not ((columns[:-1] < columns[1:]) | (row_of[:-1] < row_of[1:])).all():
        raise Irregular
    found, codes = tags.attributes(cells, after)
    begins, ends = _texts(tags, cells)
    filled = begins < ends
    filled[np.searchsorted(cells, tags.where(FORMULA, BLANK_FORMULA)) - 1] = True
    kept = np.flatnonzero(filled)
    return Placed(
        numbers=numbers,
        hidden=hidden,
        rows=row_of[kept],
        columns=columns[kept],
        heads=list(map(_head, found)),
        codes=codes[kept],
        begins=begins[kept],
        ends=ends[kept],
    )


def _rows(tags: Tags, rows: Ints, last: int) -> tuple[Ints, int]:
    """The numbers of the rows, and how many of them are hidden."""
    numbered = tags.words(tags.begins[rows]) == NUMBERED_ROW
    if numbered.all():
        numbers, ends = tags.numbers(tags.begins[rows] + 8)
        tails = _closed(tags, ends)
    elif numbered.any():
        raise Irregular
    else:
        numbers, tails = np.arange(last + 1, last + 1 + len(rows)), tags.tails[rows]
    if len(rows) and not (
        last < numbers[0] and numbers[-1] <= LAST_ROW and (numbers[:-1] < numbers[1:]).all()
    ):
        raise Irregular
    found, codes = tags.attributes(rows, tails)
    hiding = np.array(
        [_told(attributes).get("hidden") in HIDING for attributes in found], dtype=bool
    )
    return numbers, int(np.count_nonzero(hiding[codes]))


def _references(tags: Tags, cells: Ints) -> tuple[Ints, Ints]:
    """The index of each cell's column, and where its tag goes on after its reference."""
    at = tags.begins[cells] + REFERENCE_AT
    columns: Ints = np.zeros(len(cells), dtype=np.int64)
    for _ in range(3):
        letters = tags.data[at] - ord("A")
        more = letters < 26
        columns = np.where(more, columns * 26 + letters + 1, columns)
        at = at + more
    _, ends = tags.numbers(at)
    if len(cells) and not (columns.min() >= 1 and columns.max() <= LAST_COLUMN):
        raise Irregular
    return columns - 1, _closed(tags, ends)


def _texts(tags: Tags, cells: Ints) -> tuple[Ints, Ints]:
    """Where the text of each cell begins and ends; without a text both are where its tag does."""
    begins = tags.ends[cells] + 1
    ends = begins.copy()
    holding = tags.where(VALUE, TEXT)
    owners = np.searchsorted(cells, holding) - 1
    begins[owners], ends[owners] = tags.held(holding)
    return begins, ends


def _closed(tags: Tags, ends: Ints) -> Ints:
    """Where it goes on after the quotation mark that ends a value."""
    if (tags.data[ends] != QUOTE).any():
        raise Irregular
    return ends + 1


def _head(attributes: Mapping[str, str]) -> tuple[str, int]:
    told = _told(attributes)
    style = told.get("s", "0")
    if not style.isdecimal():
        raise Irregular
    return told.get("t", "n"), int(style)


def _told(attributes: Mapping[str, str]) -> Mapping[str, str]:
    if "r" in attributes:  # it stood in front of these already, or is not the first
        raise Irregular
    return attributes
