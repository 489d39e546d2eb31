"""A CSV file or a workbook as a table of text."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.tables.content import File
from sortition.tables.delimited import read_csv_grid
from sortition.tables.grid import Grid, Headed
from sortition.tables.layout import lay_out
from sortition.tables.marks import without_marks
from sortition.tables.rows import Table
from sortition.tables.workbook.refusals import OLE_MAGIC, ZIP_MAGIC

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}

# a path has one sign where an address has two
WEB = re.compile(r"((?:https?|ftp|file):)[/\\]+(.*)", re.IGNORECASE | re.DOTALL)
HOSTS = re.compile(
    r"(?:www\.|docs\.google\.|drive\.google\.|onedrive\.|[\w-]+\.sharepoint\.)", re.IGNORECASE
)
# how files begin that people give for a table
NO_TABLE = {
    b"%pdf": "PDF",
    b"par1": "Parquet",
    b"$fl": "SPSS",
    **dict.fromkeys((b"<!", b"<html", b"<table", b"<?xml"), "HTML"),
    b"[internetshortcut]": "URL",
}


def read_table(
    path: File,
    sheet: str | None = None,
    *,
    faults: list[Finding] | None = None,
    headed: Headed | None = None,
    alike: dict[str, str] | None = None,
) -> Table:
    """Read a CSV file or a workbook; which kind it is, its content decides.

    Parameters
    ----------
    path : File
    sheet : str, optional
        The name of the sheet. Without it, the first visible one that is not empty is taken.
    faults : list of Finding, optional
        Faults of single rows join these, and the rows are left out, for whoever will look for
        more faults in the others before he raises all of them.
    headed : callable, optional
        Whether a row has the names that are needed. The first that has them is the header, and the
        first sheet with such a row is taken if none was named.
    alike : dict, optional
        Columns with a name that occurred before get a number after it and join these, each with
        the name; without it they are a fault.

    Raises
    ------
    InputErrors
        If the file cannot be read, has no such sheet, holds no table, or its letters are garbled.
    """
    data = read_bytes(path)
    grid = read_grid(data, path, sheet, headed)
    assumed = grid.assumed
    if grid.sheet and path.suffix.casefold() not in WORKBOOK_SUFFIXES:
        assumed = (Finding(code="workbook-by-content", file=path.name), *assumed)
    layout = lay_out(grid, path.name, headed, alike)
    if layout.faults and faults is None:
        raise InputErrors(layout.faults)
    if faults is not None:
        faults += layout.faults
    return Table(
        file=path.name,
        sheet=grid.sheet,
        cells=pa.table(dict(layout.columns)),
        row_numbers=tuple(layout.numbers.tolist()),
        digest=digest(data),
        delimiter=grid.delimiter,
        encoding=grid.encoding,
        doubtful=layout.doubtful,
        assumed=(*assumed, *layout.noticed),
        merged=layout.merged,
    )


def read_own_list(path: Path) -> Table:
    """A list that this package wrote, so that nothing of it had to be assumed.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    return replace(read_table(path), assumed=())


def read_grid(
    data: bytes, path: File, sheet: str | None = None, headed: Headed | None = None
) -> Grid:
    """The cells of a CSV file or a workbook, whichever its bytes are; see `read_table`.

    Raises
    ------
    InputErrors
        If the bytes are neither, or there is no such sheet.
    """
    named_workbook = path.suffix.casefold() in WORKBOOK_SUFFIXES
    if named_workbook or data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        from sortition.tables.workbook.cells import (  # noqa: PLC0415 - not always needed
            read_workbook_grid,
        )

        return read_workbook_grid(data, path.name, sheet, headed)
    kind = _no_table(data)
    if kind:
        raise InputErrors((Finding(code="no-table", file=path.name, facts={"kind": kind}),))
    if sheet is not None:
        raise InputErrors((Finding(code="sheet-of-csv", file=path.name, value=sheet),))
    return without_marks(read_csv_grid(data, path.name))


def _no_table(data: bytes) -> str:
    """What kind of file this is, if it is one that cannot hold a table as we read it; or empty."""
    start = data.removeprefix(BOM_UTF8).lstrip()
    for begins, kind in NO_TABLE.items():
        if start[:40].lower().startswith(begins):
            return kind
    if start.startswith((b"{", b"[")):
        with suppress(ValueError, RecursionError):
            json.loads(start)
            return "JSON"
    return ""


def read_bytes(path: File) -> bytes:
    """What a file holds.

    Raises
    ------
    InputErrors
        If it cannot be read, or nothing is in it.
    """
    address = WEB.match(str(path))
    if address:
        fault = Finding(code="file-is-an-address", file=f"{address[1]}//{address[2]}")
        raise InputErrors((fault,))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        code = "file-is-an-address" if HOSTS.match(str(path)) else "file-missing"
    except IsADirectoryError:
        code = "file-is-a-folder"
    except (OSError, ValueError):
        code = "file-is-a-folder" if path.is_dir() else "file-unreadable"
    else:
        if data and not data.isspace():
            return data
        raise InputErrors((Finding(code="file-empty", file=path.name),))
    raise InputErrors((Finding(code=code, file=str(path)),))
