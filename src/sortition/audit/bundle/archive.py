"""A packed part of a lottery, read in the one way in which every reader has to read it.

1. The archive ends with its directory and the 22 bytes that say where that is; no comment, one
   disk, no ZIP64. It begins with a file.
2. Each file is stored or deflated, not encrypted, with the same name in the directory and before
   its content; unpacked it has just the size and the CRC-32 that the directory states.
3. Names are ASCII, or said to be UTF-8; no two are alike, none leads out of the folder, and one
   commitment is among them.
4. There are not too many files, and unpacked they are not too large.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sortition.audit.plain import plain_bytes
from sortition.audit.shapes.bundle import COMMITMENT, PUBLIC
from sortition.errors import Finding, InputErrors

LARGEST_ARCHIVE = 2**28  # bytes, packed and unpacked
MOST_ENTRIES = 1000
END, ENTRY, LOCAL = (
    struct.Struct("<4s4H2LH"),
    struct.Struct("<4s6H3L5H2L"),
    struct.Struct("<4s5H3L2H"),
)
STORED, DEFLATED = 0, 8
ENCRYPTED, UTF_8 = 1, 0x800
ANCHOR = PurePosixPath(COMMITMENT).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file as the directory of an archive has it."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class Unreadable(ValueError):
    """An archive that keeps the rules in no reading."""


class Ambiguous(ValueError):
    """An archive that could be read in more than one way."""


class TooLarge(ValueError):
    """An archive that is larger than a lottery can be."""


CODES = {
    Unreadable: "archive-unreadable",
    Ambiguous: "archive-ambiguous",
    TooLarge: "archive-too-large",
}


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive by their place in a folder, whatever folder it was packed from.

    Raises
    ------
    InputErrors
        If it does not keep the rules.
    """
    try:
        content = plain_bytes(path, LARGEST_ARCHIVE)
        entries = {entry.name: entry for entry in _entries(content)}
        return {place: _content(content, entries[name]) for place, name in _placed(sorted(entries))}
    except (Unreadable, Ambiguous, TooLarge) as error:
        raise InputErrors((Finding(code=CODES[type(error)], file=path.name),)) from None
    except (OSError, ValueError, struct.error, zlib.error):
        raise InputErrors((Finding(code="archive-unreadable", file=path.name),)) from None


def _entries(content: bytes) -> list[Entry]:
    end = len(content) - END.size
    sign, disk, first, here, count, length, start, comment = END.unpack_from(content, end)
    if sign != b"PK\5\6" or comment or disk or first or here != count or start + length != end:
        raise Unreadable
    if count > MOST_ENTRIES:
        raise TooLarge
    found, at = [], start
    for _ in range(count):
        entry, at = _entry(content, at)
        found.append(entry)
    if at != end or (count and not content.startswith(b"PK\3\4")):
        raise Unreadable
    if sum(entry.size for entry in found) > LARGEST_ARCHIVE:
        raise TooLarge
    files = [entry for entry in found if not entry.name.endswith("/")]
    names = [entry.name for entry in files]
    commitments = sum(PurePosixPath(name).name == ANCHOR for name in names)
    if len({name.casefold() for name in names}) < len(names) or commitments > 1:
        raise Ambiguous
    if any(map(_is_outside, names)):
        raise Ambiguous
    return files


def _entry(content: bytes, at: int) -> tuple[Entry, int]:
    fields = ENTRY.unpack_from(content, at)
    sign, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, *_, start = fields
    if sign != b"PK\1\2" or flags & ENCRYPTED or method not in (STORED, DEFLATED):
        raise Unreadable
    at += ENTRY.size
    name = content[at : at + named]
    if not name.isascii() and not flags & UTF_8:
        raise Ambiguous
    local = LOCAL.unpack_from(content, start)
    begin = start + LOCAL.size
    if local[0] != b"PK\3\4" or content[begin : begin + local[9]] != name:
        raise Unreadable
    entry = Entry(
        name=name.decode(),
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        start=begin + local[9] + local[10],
    )
    return entry, at + named + extra + comment


def _content(content: bytes, entry: Entry) -> bytes:
    packed = content[entry.start : entry.start + entry.packed]
    if entry.method == DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        whole = stream.decompress(packed, entry.size + 1)
        if not stream.eof or stream.unused_data:
            raise Unreadable
    else:
        whole = packed
    if len(packed) != entry.packed or len(whole) != entry.size or zlib.crc32(whole) != entry.crc:
        raise Unreadable
    return whole


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    plain = name.isprintable() and "\\" not in name and path.as_posix() == name
    return not plain or path.is_absolute() or ".." in path.parts


def _placed(names: list[str]) -> Iterator[tuple[str, str]]:
    """The place in a folder of each file beside or below the commitment, with its name."""
    anchor = next((name for name in names if PurePosixPath(name).name == ANCHOR), None)
    if anchor is None:
        return
    if anchor.endswith(COMMITMENT):
        home, prefix = anchor.removesuffix(COMMITMENT), ""
    else:
        home, prefix = anchor.removesuffix(ANCHOR), PUBLIC
    for name in names:
        if name.startswith(home):
            yield prefix + name.removeprefix(home), name
