"""Which rows of XLS and XLSB are hidden: told by their records, since readers of values do not.

Both formats are rows of records, each with its number and its length. An old XLS keeps them in a
stream of a compound file, whose sectors a table links (MS-CFB, MS-XLS); XLSB in parts of an archive
(MS-XLSB).
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import fromstring

Record = tuple[int, bytes]  # its number, and what is in it

HEADER_OF_FAT = 109  # entries of the table of sectors that stand in the header itself
LAST_SECTOR = 0xFFFFFFFA  # numbers above it are marks
ENTRY = 128  # bytes of an entry of the directory
STREAMS = {"workbook": "utf-16-le", "book": "cp1252"}  # and how they write names of sheets

XLS_SHEET, XLS_ROW, XLS_END = 0x85, 0x208, 0x0A
XLS_HIDDEN = 0x20  # of the flags at byte 12 of a row
XLSB_SHEET, XLSB_ROW, XLSB_END = 156, 0, 146
XLSB_HIDDEN = 0x10  # of byte 11 of a row


def hidden_rows(data: bytes, sheet: str, *, is_archive: bool) -> int | None:
    """How many rows of a sheet are hidden; None if that cannot be seen.

    Parameters
    ----------
    data : bytes
        Of a workbook that could be read.
    is_archive : bool
        Whether it is XLSB; else it is XLS.
    """
    try:
        return (_in_xlsb if is_archive else _in_xls)(data, sheet)
    except (struct.error, LookupError, ValueError, OverflowError):
        return None


def _in_xls(data: bytes, sheet: str) -> int:
    stream, encoding = _stream(data)
    for number, record in _xls_records(stream, 0):
        if number == XLS_SHEET and _xls_name(record, encoding) == sheet:
            (begin,) = struct.unpack_from("<I", record)
            rows = (own for kind, own in _xls_records(stream, begin) if kind == XLS_ROW)
            return sum(bool(struct.unpack_from("<H", row, 12)[0] & XLS_HIDDEN) for row in rows)
    raise LookupError


def _xls_records(stream: bytes, begin: int) -> Iterator[Record]:
    """The records of one part of the stream: of the workbook, or of a sheet."""
    depth = -1  # a chart inside a sheet has an end of its own
    while True:
        number, length = struct.unpack_from("<HH", stream, begin)
        depth += number & 0xFF == 0x09
        yield number, stream[begin + 4 : begin + 4 + length]
        if number == XLS_END:
            if not depth:
                return
            depth -= 1
        begin += 4 + length


def _xls_name(record: bytes, encoding: str) -> str:
    length = record[6]
    if encoding == "cp1252":
        return record[7 : 7 + length].decode(encoding)
    wide = record[7] & 1
    return record[8 : 8 + length * (1 + wide)].decode(encoding if wide else "latin-1")


def _stream(data: bytes) -> tuple[bytes, str]:
    """The stream with the records of a compound file, and how it writes names."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first, smallest = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    numbers = list(struct.unpack_from(f"<{HEADER_OF_FAT}I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more <= LAST_SECTOR:
        *further, more = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        numbers += further
    table: list[int] = []
    for one in numbers:
        if one <= LAST_SECTOR:
            table += struct.unpack(f"<{size // 4}I", _sector(data, one, size))
    directory = _chain(data, first, size, table)
    for place in range(0, len(directory), ENTRY):
        entry = directory[place : place + ENTRY]
        (length,) = struct.unpack_from("<H", entry, 64)
        encoding = STREAMS.get(entry[: max(length - 2, 0)].decode("utf-16-le").lower())
        start, bytes_ = struct.unpack_from("<II", entry, 116)
        if encoding and bytes_ >= smallest:  # a smaller one stands elsewhere; none of a table is
            return _chain(data, start, size, table)[:bytes_], encoding
    raise LookupError


def _chain(data: bytes, first: int, size: int, table: list[int]) -> bytes:
    found: list[bytes] = []
    while first <= LAST_SECTOR:
        if len(found) > len(table):
            raise ValueError  # a ring
        found.append(_sector(data, first, size))
        first = table[first]
    return b"".join(found)


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _in_xlsb(data: bytes, sheet: str) -> int:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        relations = fromstring(archive.read("xl/_rels/workbook.bin.rels"))  # noqa: S314 - checked
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        for number, record in _xlsb_records(archive.read("xl/workbook.bin")):
            if number == XLSB_SHEET:
                relation, rest = _wide(record[8:])
                if _wide(rest)[0] == sheet:
                    part = posixpath.join("/xl", targets[relation]).lstrip("/")
                    return _hidden_in_part(archive.read(part))
    raise LookupError


def _hidden_in_part(part: bytes) -> int:
    count = 0
    for number, record in _xlsb_records(part):
        if number == XLSB_END:
            break
        if number == XLSB_ROW:
            count += bool(record[11] & XLSB_HIDDEN)
    return count


def _xlsb_records(part: bytes) -> Iterator[Record]:
    begin = 0
    while begin < len(part):
        number, begin = _varied(part, begin, 2)
        length, begin = _varied(part, begin, 4)
        yield number, part[begin : begin + length]
        begin += length


def _varied(part: bytes, begin: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for place in range(most):
        byte = part[begin + place]
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return number, begin + place + 1


def _wide(record: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows."""
    (length,) = struct.unpack_from("<I", record)
    end = 4 + 2 * length
    return record[4:end].decode("utf-16-le"), record[end:]
