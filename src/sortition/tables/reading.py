"""A file as a table of text: which row is the header, what was left out, what is garbled."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sortition.errors import Finding, InputErrors
from sortition.tables.content import File
from sortition.tables.delimited import read_csv_grid
from sortition.tables.grid import MOST_CELLS, Grid
from sortition.tables.layout import merges_noticed, notes_noticed, rows_noticed
from sortition.tables.merges import fill_merged, merges_below
from sortition.tables.notes import count_notes
from sortition.tables.unreadable import TOO_LONG, garbled, header_faults
from sortition.tables.workbook.cells import read_xlsx_grid
from sortition.tables.workbook.refusals import OLE_MAGIC, ZIP_MAGIC

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
NUMBER = re.compile(r"[-+]?[\d.,]+%?")


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
    merged : mapping of (int, str) to int
        The first row of the merged cells, by row number and column, for each cell that looks
        blank in the workbook and got the content of the first.
    numbering : tuple of str
        What the rows were numbered before some of them were left out; empty if all are there.
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
    merged: Mapping[tuple[int, str], int] = field(default_factory=dict)
    numbering: tuple[str, ...] = ()

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

    def numbers(self) -> tuple[str, ...]:
        """The rows numbered from 1, equally long; a row that is left out keeps its number."""
        width = len(str(len(self.rows)))
        return self.numbering or tuple(
            [str(number).zfill(width) for number in range(1, len(self.rows) + 1)]
        )

    def doubts(self, columns: Collection[str]) -> list[Finding]:
        """The faults of the cells in these columns whose text is not what somebody typed."""
        if not self.doubtful:
            return []
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


def read_table(
    path: File, sheet: str | None = None, *, faults: list[Finding] | None = None
) -> Table:
    """Read a CSV file or an XLSX workbook; which of them it is, its content decides.

    Parameters
    ----------
    path : File
    sheet : str, optional
        The name of the sheet. Without it, the first visible one that is not empty is taken.
    faults : list of Finding, optional
        Faults of single rows join these, and the rows are left out, for whoever will look for
        more faults in the others before he raises all of them.

    Raises
    ------
    InputErrors
        If the file cannot be read, has no such sheet, holds no table, or its letters are garbled.
    """
    data = read_bytes(path)
    named_workbook = path.suffix.casefold() in WORKBOOK_SUFFIXES
    if named_workbook or data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        grid = read_xlsx_grid(data, path.name, sheet)
    elif sheet is not None:
        raise InputErrors((Finding(code="sheet-of-csv", file=path.name, value=sheet),))
    else:
        grid = read_csv_grid(data, path.name)
    assumed = grid.assumed
    if grid.sheet and not named_workbook:
        assumed = (Finding(code="workbook-by-content", file=path.name), *assumed)
    table, of_rows = _lay_out(grid, assumed, file=path.name, digest=sha256(data).hexdigest())
    if of_rows and faults is None:
        raise InputErrors(of_rows)
    if faults is not None:
        faults += of_rows
    return table


def read_bytes(path: File) -> bytes:
    """What a file holds.

    Raises
    ------
    InputErrors
        If it cannot be read, or nothing is in it.
    """
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


def _lay_out(
    grid: Grid, assumed: tuple[Finding, ...], *, file: str, digest: str
) -> tuple[Table, tuple[Finding, ...]]:
    """The table, and the faults of rows that are not in it."""
    filled = [row for row in grid.rows if any(row[1])]
    if not filled:
        raise InputErrors((Finding(code="file-empty", file=file, sheet=grid.sheet),))
    titles = _count_titles([cells for _, cells in filled])
    (header_number, names), body = filled[titles], filled[titles + 1 :]
    if len(body) * len(names) > MOST_CELLS:
        raise InputErrors((Finding(code="table-too-large", file=file, sheet=grid.sheet),))
    notes = count_notes(body, {number for number, cells in grid.rows if not any(cells)})
    below = body[len(body) - notes :]
    body = body[: len(body) - notes]
    found = [*header_faults(names, body, grid.delimiter), *garbled(filled, names, grid.encoding)]
    if not body:
        found.append(Finding(code="header-only", row=header_number))
    faults = tuple(replace(fault, file=file, sheet=grid.sheet) for fault in found)
    too_long = {fault.row for fault in faults if fault.code == TOO_LONG}
    body = [row for row in body if row[0] not in too_long]
    if not body or any(fault.code != TOO_LONG for fault in faults):
        raise InputErrors(faults)
    body, merged = fill_merged(body, list(merges_below(grid, header_number)))
    kept = [index for index, name in enumerate(names) if name]
    numbers = {number for number, _ in body}
    doubtful = {
        place: grid.doubtful[merged.get(place, place[0]), place[1]]
        for place in {*grid.doubtful, *merged}
        if (merged.get(place, place[0]), place[1]) in grid.doubtful
    }
    noticed = [
        *rows_noticed(grid, titles, header_number, blank_columns=len(names) - len(kept)),
        *notes_noticed(below),
        *merges_noticed(merged, names),
    ]
    table = Table(
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
            for (number, index), code in doubtful.items()
            if number in numbers and index < len(names) and names[index]
        },
        assumed=(*assumed, *(replace(finding, file=file, sheet=grid.sheet) for finding in noticed)),
        merged={
            (number, names[index]): first
            for (number, index), first in merged.items()
            if index < len(names) and names[index]
        },
    )
    return table, faults


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
