"""A CSV file that is too large to be read whole: its header, its encoding and its digest.

DuckDB reads it in the same way as Python's `csv` does, or refuses to. Where the two would differ,
and where it refuses, Python reads the file whole, or says what is wrong with it.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from sortition.audit.spreadsheets import as_it_came
from sortition.errors import Finding
from sortition.registry.description import Registry, fault_in, header_table
from sortition.registry.duck import database
from sortition.registry.partitions import CsvFile, Partition, RowsInMemory
from sortition.tables.delimited import read_csv_grid, stand_around_cells
from sortition.tables.labels import listed, nfc

HEAD = 1 << 16  # bytes in which the header and the delimiter are looked for
BLOCK = 1 << 20
IN_DUCKDB = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "cp1252": "latin-1"}
# apostrophes at the beginning of a cell, before what a spreadsheet would compute
MARKED = re.compile(rb"[,;\t\r\n\" ]'+[=+@\t\r-]|^(?:\xef\xbb\xbf)?'+[=+@\t\r-]")
LONGEST_MARK = 64  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bytes:
    """What the bytes of a file say.

    The encoding is named as Python does; `plain` if it is quoted tidily, `marked` if a cell has an
    apostrophe before a sign of formulas.
    """

    digest: str
    encoding: str
    plain: bool
    marked: bool


def csv_stream(path: Path) -> Registry:
    """Look a CSV file over, a block at a time.

    Raises
    ------
    InputErrors
        If it has no rows, its header is unclear, a row cannot be read, or it is not text.
    """
    with path.open("rb") as opened:
        line, rest = _header_line(opened.read(HEAD))
    if not rest.strip():
        raise fault_in("header-only", path)
    grid = read_csv_grid(line, path.name)
    scanned = _scan(path, f"{grid.delimiter}\r\n".encode())
    (place,) = np.flatnonzero(~grid.blank())
    cells = grid.row(int(place))
    names = tuple(map(nfc, cells))
    if len(set(names)) < len(names) or not all(names):
        raise fault_in("registry-header", path, columns=listed(names))
    if scanned.marked:
        cells = tuple(map(as_it_came, cells))
    file = CsvFile(
        path=path,
        encoding=IN_DUCKDB[scanned.encoding],
        delimiter=grid.delimiter,
        header=cells,
        skipped=line.count(b"\n"),
        first_row=line.count(b"\n") + 1,
        uneven=False,
    )
    read = _counted(file) if scanned.plain and not scanned.marked else None
    partition: Partition = read or _read_whole(file, scanned.encoding, marked=scanned.marked)
    if not partition.rows:
        raise fault_in("header-only", path)
    named = "windows-1252" if scanned.encoding == "cp1252" else scanned.encoding
    return Registry(
        name=path.name,
        header=header_table(path.name, cells, grid.delimiter, named),
        partitions=(partition,),
        digests=((path.name, scanned.digest),),
        assumed=tuple(_stream_assumed(grid.assumed, path, scanned.encoding)),
    )


def _header_line(head: bytes) -> tuple[bytes, bytes]:
    """The first record that is not blank, perhaps with line feeds in quotation marks; the rest."""
    end = 0
    for line in head.splitlines(keepends=True):
        end += len(line)
        if head[:end].strip() and head[:end].count(b'"') % 2 == 0:
            break
    return head[:end], head[end:]


def _stream_assumed(assumed: Sequence[Finding], path: Path, encoding: str) -> Sequence[Finding]:
    others = [finding for finding in assumed if finding.code != "encoding-assumed"]
    if encoding == "cp1252":
        return [Finding(code="encoding-assumed", file=path.name, value="Windows-1252"), *others]
    return others


def _scan(path: Path, ends: bytes) -> _Bytes:
    decoder = codecs.getincrementaldecoder("utf-8")()
    hashed, unicode, plain, marked = sha256(), True, True, False
    head, before, inside, tail = b"", ends[-1:], False, ends[-1:]
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            head = head or block[:HEAD]
            hashed.update(block)
            if b"\0" in block:
                raise fault_in("wrong-encoding", path)
            if plain and b'"' in before + block:
                # the byte before was looked at, and changed what is inside
                open_before = inside ^ (before == b'"')
                plain = stand_around_cells(before + block, ends, inside=open_before)
            marked = marked or (b"'" in block and MARKED.search(tail + block) is not None)
            tail = (tail + block)[-LONGEST_MARK:]
            inside ^= block.count(b'"') % 2 == 1
            before = block[-1:]
            if unicode:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    unicode = False
    with_mark = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    return _Bytes(
        digest=hashed.hexdigest(),
        encoding=with_mark if unicode else "cp1252",
        plain=plain and not inside,
        marked=marked,
    )


def _counted(file: CsvFile) -> CsvFile | None:
    """The file with the number of its rows; None if DuckDB cannot read it."""
    import duckdb  # noqa: PLC0415

    for uneven in (False, True):
        own = replace(file, uneven=uneven)
        try:
            with database(2) as here:
                counted = here.execute(f"SELECT count(*) FROM ({own.select(here, ())})").fetchone()
        except duckdb.Error:
            continue
        return replace(own, rows=counted[0] if counted else 0)
    return None


def _read_whole(file: CsvFile, encoding: str, *, marked: bool) -> RowsInMemory:
    """Its rows as Python reads them.

    Raises
    ------
    InputErrors
        If a row has more cells than the header, quotation marks do not match, or it is not text.
    """
    width = len(file.header)
    columns: list[list[str]] = [[] for _ in range(width)]
    for cells in _records(file, encoding):
        own = map(as_it_came, cells) if marked else cells
        for column, cell in zip(columns, own, strict=True):
            column.append(cell)
    return RowsInMemory(
        file=file.file,
        first_row=file.first_row,
        rows=len(columns[0]),
        columns=dict(zip(file.header, map(tuple, columns), strict=True)),
    )


def _records(file: CsvFile, encoding: str) -> Iterator[list[str]]:
    """The rows below the header that are not blank, trimmed and as wide as the header."""
    width, number = len(file.header), 0
    try:
        with file.path.open(encoding=encoding, newline="") as text:
            below = False
            records = csv.reader(text, delimiter=file.delimiter, strict=True)
            for number, record in enumerate(records, start=1):
                if any(record[width:]):
                    facts = {"cells": len(record), "columns": width}
                    raise fault_in("row-too-long", file.path, row=number, **facts)
                cells = [cell.strip() for cell in record[:width]]
                if any(cells):
                    if below:
                        yield cells + [""] * (width - len(cells))
                    below = True
    except csv.Error:
        raise fault_in("csv-quotes", file.path, row=number + 1) from None
    except UnicodeDecodeError:
        raise fault_in("wrong-encoding", file.path) from None
