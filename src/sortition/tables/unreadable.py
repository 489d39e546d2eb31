"""What makes a table unreadable: a header that does not name its columns, garbled letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sortition.errors import Finding
from sortition.tables.delimited import DELIMITERS
from sortition.tables.labels import nfc

# UTF-8 that was taken for Windows-1252: two bytes for æøå and their like, three for dashes and
# quotation marks. Other first bytes are left out, because they occur in honest text (»SØ«).
_SECOND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "\x80-\x9f"
MOJIBAKE = re.compile(f"[ÂÃ][{_SECOND}]|â[{_SECOND}]{{2}}|ï»¿|\ufffd")
FIRST_SIGNS = "ÂÃâï\ufffd"

NumberedRow = tuple[int, tuple[str, ...]]


TOO_LONG = "row-too-long"  # the one fault that hides no other, for it is about single rows


def header_faults(
    names: tuple[str, ...], body: list[NumberedRow], delimiter: str
) -> Iterator[Finding]:
    """Names that occur twice, and cells that stand under no name."""
    too_long = list(_too_long(names, body, delimiter))
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
        used = next((number for number, cells in body if any(cells[index : index + 1])), None)
        if used is not None:
            yield Finding(code="column-without-name", row=used, column=letter(index))
    yield from too_long


def _too_long(names: tuple[str, ...], body: list[NumberedRow], delimiter: str) -> Iterator[Finding]:
    sign = {"sign": DELIMITERS[delimiter]} if delimiter else {}
    for number, cells in body:
        extra = [cell for cell in cells[len(names) :] if cell]
        if extra:
            facts: dict[str, str | int] = {"cells": len(cells), "columns": len(names), **sign}
            yield Finding(code=TOO_LONG, row=number, value=extra[0], facts=facts)


def letter(index: int) -> str:
    """A column as a spreadsheet letters it: A, B, …, Z, AA, …"""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def garbled(rows: list[NumberedRow], names: tuple[str, ...], encoding: str) -> Iterator[Finding]:
    """Cells whose letters were read with a wrong encoding, here or before."""
    text = "\n".join(["\n".join(cells) for _, cells in rows])
    if not any(sign in text for sign in FIRST_SIGNS):  # far quicker than to search in each row
        return
    for number, cells in rows:
        line = "\n".join(cells)
        if line.isascii() or not MOJIBAKE.search(line):
            continue
        for index, cell in enumerate(cells):
            if not MOJIBAKE.search(cell):
                continue
            column = (names[index] if index < len(names) else "") or letter(index)
            if encoding == "windows-1252" and "\ufffd" in cell:
                yield Finding(code="wrong-encoding", row=number, column=column, value=cell)
            else:
                yield Finding(code="mojibake", row=number, column=column, value=cell)
