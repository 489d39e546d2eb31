"""A CSV file that is too large to be read whole: its header, its encoding and its digest."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from sortition.audit.spreadsheets import as_it_came
from sortition.errors import Finding
from sortition.registry.description import Registry, fault_in, header_table
from sortition.registry.partitions import CsvStream
from sortition.tables.delimited import read_csv_grid
from sortition.tables.labels import listed, nfc

HEAD = 1 << 16  # bytes in which the header and the delimiter are looked for
BLOCK = 1 << 20


def csv_stream(path: Path, ours: Collection[str] = ()) -> Registry:
    """Look a CSV file over, a block at a time.

    Parameters
    ----------
    ours : collection of str
        Columns that only lists of this package have.

    Raises
    ------
    InputErrors
        If it has no rows, its header is unclear, or it is not text.
    """
    digest, encoding, head = _scan(path)
    line, rest = _header_line(head)
    if not rest.strip():
        raise fault_in("header-only", path)
    grid = read_csv_grid(line, path.name)
    cells = grid.row(int(np.flatnonzero(~grid.blank())[0]))
    names = tuple(map(nfc, cells))
    if len(set(names)) < len(names) or not all(names):
        raise fault_in("registry-header", path, columns=listed(names))
    own = not set(ours).isdisjoint(names)
    if own:
        cells = tuple(map(as_it_came, cells))
    stream = CsvStream(
        path=path,
        encoding=encoding,
        delimiter=grid.delimiter,
        header=cells,
        first_row=line.count(b"\n") + 1,
        ours=own,
    )
    named = "windows-1252" if encoding == "cp1252" else encoding
    return Registry(
        name=path.name,
        header=header_table(path.name, cells, grid.delimiter, named),
        partitions=(stream,),
        digests=((path.name, digest),),
        assumed=tuple(_stream_assumed(grid.assumed, path, encoding)),
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


def _scan(path: Path) -> tuple[str, str, bytes]:
    """The digest of a file, its encoding as Python names it, and its beginning."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    hashed, unicode, head = sha256(), True, b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            head = head or block[:HEAD]
            hashed.update(block)
            if b"\0" in block:
                raise fault_in("wrong-encoding", path)
            if unicode:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    unicode = False
    marked = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    return hashed.hexdigest(), marked if unicode else "cp1252", head
