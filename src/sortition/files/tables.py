"""A file as a table of text: which row is the header, what was left out, what is garbled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.files.csv_tables import read_csv_grid
from sortition.files.grid import Grid
from sortition.files.labels import nfc
from sortition.files.xlsx_tables import OLE_MAGIC, ZIP_MAGIC, read_xlsx_grid

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
NUMBER = re.compile(r"[-+]?[\d.,]+%?")

# UTF-8 that was taken for Windows-1252: two bytes for æøå and their like, three for dashes and
# quotation marks. Other first bytes are left out, because they occur in honest text (»SØ«).
_SECOND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "\x80-\x9f"
MOJIBAKE = re.compile(f"[ÂÃ][{_SECOND}]|â[{_SECOND}]{{2}}|ï»¿|\ufffd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and the rows under it, all of them text.

    Attributes
    ----------
    file : str
        The name of the file, without its folder.
    sheet : str
        Empty for a CSV file.
    header : tuple of str
        All different and none empty.
    rows : tuple of tuple of str
        As wide as the header, trimmed; a missing cell is the empty text.
    row_numbers : tuple of int
        The row of the file in which each of them starts; the first line is row 1.
    digest : str
        SHA-256 of the bytes of the file, 64 hexadecimal digits.
    delimiter, encoding : str
        Of a CSV file; empty for a workbook. The encoding is ``utf-8``, ``utf-8-sig`` or
        ``windows-1252``.
    doubtful : mapping of (int, str) to str
        The code of a fault, by row number and column, for cells whose text is not what somebody
        typed, such as dates. They are faults only where the column is used.
    assumed : tuple of Finding
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)  # people's data stay out of tracebacks
    row_numbers: tuple[int, ...]
    digest: str
    delimiter: str
    encoding: str
    doubtful: Mapping[tuple[int, str], str]
    assumed: tuple[Finding, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column, from the first row under the header to the last."""
        index = self.header.index(name)
        return tuple([row[index] for row in self.rows])

    def finding(
        self,
        *,
        code: str,
        row: int | None = None,
        column: str = "",
        value: str = "",
        facts: Mapping[str, str | int] | None = None,
    ) -> Finding:
        """A finding about this table."""
        return Finding(
            code=code,
            file=self.file,
            sheet=self.sheet,
            row=row,
            column=column,
            value=value,
            facts=facts or {},
        )

    def doubts(self, columns: Collection[str]) -> list[Finding]:
        """The faults of the cells in these columns whose text is not what somebody typed."""
        position = {number: index for index, number in enumerate(self.row_numbers)}
        return [
            self.finding(
                code=code,
                row=number,
                column=column,
                value=self.rows[position[number]][self.header.index(column)],
            )
            for (number, column), code in sorted(self.doubtful.items())
            if column in columns
        ]


def read_table(path: Path) -> Table:
    """Read a CSV file or an XLSX workbook; which of them it is, its content decides.

    Raises
    ------
    InputErrors
        If the file cannot be read, holds no table, or its letters are garbled.
    """
    data = _read_bytes(path)
    named_workbook = path.suffix.casefold() in WORKBOOK_SUFFIXES
    if named_workbook or data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        grid = read_xlsx_grid(data, path.name)
    else:
        grid = read_csv_grid(data, path.name)
    assumed = grid.assumed
    if grid.sheet and not named_workbook:
        assumed = (Finding(code="workbook-by-content", file=path.name), *assumed)
    return _lay_out(grid, assumed, file=path.name, digest=sha256(data).hexdigest())


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        code = "file-missing"
    except IsADirectoryError:
        code = "file-is-a-folder"
    except (OSError, ValueError):
        code = "file-is-a-folder" if path.is_dir() else "file-unreadable"
    else:
        if data.strip():
            return data
        raise InputErrors((Finding(code="file-empty", file=path.name),))
    raise InputErrors((Finding(code=code, file=str(path)),))


def _lay_out(grid: Grid, assumed: tuple[Finding, ...], *, file: str, digest: str) -> Table:
    filled = [row for row in grid.rows if any(row[1])]
    if not filled:
        raise InputErrors((Finding(code="file-empty", file=file, sheet=grid.sheet),))
    titles = _count_titles([cells for _, cells in filled])
    (header_number, names), body = filled[titles], filled[titles + 1 :]
    faults = [*_header_faults(names, body), *_garbled(filled, names, grid.encoding)]
    if not body:
        faults.append(Finding(code="header-only", row=header_number))
    if faults:
        raise InputErrors(tuple(replace(fault, file=file, sheet=grid.sheet) for fault in faults))
    kept = [index for index, name in enumerate(names) if name]
    numbers = {number for number, _ in body}
    noticed = _left_out(grid, titles, header_number, blank_columns=len(names) - len(kept))
    return Table(
        file=file,
        sheet=grid.sheet,
        header=tuple(names[index] for index in kept),
        rows=tuple([_fitted(cells, kept, len(names)) for _, cells in body]),
        row_numbers=tuple([number for number, _ in body]),
        digest=digest,
        delimiter=grid.delimiter,
        encoding=grid.encoding,
        doubtful={
            (number, names[index]): code
            for (number, index), code in grid.doubtful.items()
            if number in numbers and index < len(names) and names[index]
        },
        assumed=(*assumed, *(replace(finding, file=file, sheet=grid.sheet) for finding in noticed)),
    )


def _fitted(cells: tuple[str, ...], kept: list[int], width: int) -> tuple[str, ...]:
    if len(kept) == width == len(cells):
        return cells
    padded = cells + ("",) * (width - len(cells))
    return tuple([padded[index] for index in kept])


def _count_titles(rows: list[tuple[str, ...]]) -> int:
    """How many rows stand above the header: single cells over a row of several names."""
    for index, cells in enumerate(rows):
        names = [cell for cell in cells if cell]
        if len(names) > 1:
            named = len(set(names)) == len(names) and not any(map(NUMBER.fullmatch, names))
            return index if named else 0
    return 0


def _left_out(
    grid: Grid, titles: int, header_number: int, *, blank_columns: int
) -> Iterator[Finding]:
    if titles:
        yield Finding(code="title-rows-skipped", row=header_number, facts={"count": titles})
    blank_rows = sum(1 for _, cells in grid.rows if not any(cells))
    if blank_rows:
        yield Finding(code="blank-rows-dropped", facts={"count": blank_rows})
    if blank_columns:
        yield Finding(code="blank-columns-dropped", facts={"count": blank_columns})


def _header_faults(
    names: tuple[str, ...], body: list[tuple[int, tuple[str, ...]]]
) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(nfc(name), index)
        if name and first < index:
            letters = {"first": _letter(first), "second": _letter(index)}
            yield Finding(code="column-duplicate", column=name, facts=letters)
        used = (number for number, cells in body if not name and any(cells[index : index + 1]))
        for number in list(used)[:1]:
            yield Finding(code="column-without-name", row=number, column=_letter(index))
    for number, cells in body:
        extra = [cell for cell in cells[len(names) :] if cell]
        if extra:
            facts = {"cells": len(cells), "columns": len(names)}
            yield Finding(code="row-too-long", row=number, value=extra[0], facts=facts)


def _letter(index: int) -> str:
    """A column as a spreadsheet letters it: A, B, …, Z, AA, …"""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _garbled(
    rows: list[tuple[int, tuple[str, ...]]], names: tuple[str, ...], encoding: str
) -> Iterator[Finding]:
    for number, cells in rows:
        line = "\n".join(cells)
        if line.isascii() or not MOJIBAKE.search(line):
            continue
        for index, cell in enumerate(cells):
            if not MOJIBAKE.search(cell):
                continue
            column = (names[index] if index < len(names) else "") or _letter(index)
            if encoding == "windows-1252" and "\ufffd" in cell:
                yield Finding(code="wrong-encoding", row=number, column=column, value=cell)
            else:
                yield Finding(code="mojibake", row=number, column=column, value=cell)
