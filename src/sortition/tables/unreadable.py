"""What makes a table unreadable: a header that does not name its columns, garbled letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from sortition.errors import Finding
from sortition.tables.arrow import Bools, Ints, Texts, is_blank
from sortition.tables.delimited import DELIMITERS
from sortition.tables.grid import Grid
from sortition.tables.labels import nfc

# UTF-8 that was taken for Windows-1252: two bytes for æøå and their like, three for dashes and
# quotation marks. Other first bytes are left out, because they occur in honest text (»SØ«).
_SECOND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "\x80-\x9f"
MOJIBAKE = re.compile(f"[ÂÃ][{_SECOND}]|â[{_SECOND}]{{2}}|ï»¿|\ufffd")
FIRST_SIGNS = [sign.encode() for sign in "ÂÃâï\ufffd"]

TOO_LONG = "row-too-long"  # the one fault that hides no other, for it is about single rows


def header_faults(names: tuple[str, ...], grid: Grid, body: Ints) -> Iterator[Finding]:
    """Names that occur twice, and cells that stand under no name.

    Parameters
    ----------
    body : array of int
        The places of the rows under the header that are not blank.
    """
    too_long = list(_too_long(names, grid, body))
    if sum(map(bool, names)) == 1 and too_long:
        yield Finding(code="header-not-found", value=next(filter(None, names)))
        return
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(nfc(name), index)
        if name and first < index:
            letters = {"first": letter(first), "second": letter(index)}
            yield Finding(code="column-duplicate", column=name, facts=letters)
        if name:
            continue
        used = body[~is_blank(grid.columns[index])[body]]
        if len(used):
            row = int(grid.numbers[used[0]])
            yield Finding(code="column-without-name", row=row, column=letter(index))
    yield from too_long


def _too_long(names: tuple[str, ...], grid: Grid, body: Ints) -> Iterator[Finding]:
    sign = {"sign": DELIMITERS[grid.delimiter]} if grid.delimiter else {}
    filled: Bools = np.zeros(len(grid.numbers), dtype=bool)
    for column in grid.columns[len(names) :]:
        filled |= ~is_blank(column)
    for place in body[filled[body]].tolist():
        cells = grid.row(place)
        facts: dict[str, str | int] = {"cells": len(cells), "columns": len(names), **sign}
        extra = next(filter(None, cells[len(names) :]))
        yield Finding(code=TOO_LONG, row=int(grid.numbers[place]), value=extra, facts=facts)


def letter(index: int) -> str:
    """A column as a spreadsheet letters it: A, B, …, Z, AA, …"""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def garbled(grid: Grid, names: Sequence[str]) -> Iterator[Finding]:
    """Cells whose letters were read with a wrong encoding, here or before."""
    found = {
        (place, index): cell
        for index, column in enumerate(grid.columns)
        if _perhaps_garbled(column)  # far quicker than to search in each cell
        for place, cell in enumerate(column.to_pylist())
        if MOJIBAKE.search(cell)
    }
    for (place, index), cell in sorted(found.items()):
        column = (names[index] if index < len(names) else "") or letter(index)
        ours = grid.encoding == "windows-1252" and "\ufffd" in cell
        code = "wrong-encoding" if ours else "mojibake"
        yield Finding(code=code, row=int(grid.numbers[place]), column=column, value=cell)


def _perhaps_garbled(column: Texts) -> bool:
    for chunk in column.chunks:
        content = chunk.buffers()[2]
        data = content.to_pybytes() if content else b""
        # their last bytes are rare in other letters, and one byte is looked for far more quickly
        if any(sign[-1:] in data and sign in data for sign in FIRST_SIGNS):
            return True
    return False
