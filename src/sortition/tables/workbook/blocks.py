"""A part of a workbook in blocks of whole elements, as long as it is written in a plain way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import IO

BLOCK = 4_000_000  # bytes that are read at a time
LONGEST = 10 * BLOCK  # without the end of an element
REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
CONTROLS = bytes({*range(32)} - {9, 10})
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")


class Irregular(Exception):
    """The part is not written in a plain way, and an XML parser has to read it."""


@dataclass(slots=True, kw_only=True)
class Blocks:
    """What stands between two tags, in blocks that end with a third.

    Attributes
    ----------
    stream : binary file
    begins : pattern of bytes
    element, ends : bytes
        The end of an element, and the end of all.
    frame : bytes
        What stands around it all, both tags too, once all blocks were taken.
    """

    stream: IO[bytes]
    begins: re.Pattern[bytes]
    element: bytes
    ends: bytes
    frame: bytes = field(default=b"", repr=False)

    def __iter__(self) -> Iterator[str]:
        """The blocks; raises `Irregular` when something is not plain."""
        data = self.stream.read(BLOCK)
        begun = self.begins.search(data)
        if begun is None:
            raise Irregular
        head, data = data[: begun.end()], data[begun.end() :]
        encoding = ENCODING.search(head)
        if b"<!" in head or (encoding and encoding[1].lower() != b"utf-8"):
            raise Irregular
        while self.ends not in data:
            cut = data.rfind(self.element) + len(self.element)
            if cut >= len(self.element):
                yield _plain(data[:cut])
                data = data[cut:]
            more = self.stream.read(BLOCK)
            if not more or len(data) > LONGEST:
                raise Irregular
            data += more
        last, _, tail = data.partition(self.ends)
        yield _plain(last)
        self.frame = b"".join((head, self.ends, tail, self.stream.read()))


def _plain(data: bytes) -> str:
    """A block, if it is in UTF-8 and holds what it seems to."""
    if (
        len(data.translate(None, CONTROLS)) < len(data)
        or b"]]>" in data
        or REFERENCE.search(data) is not None
    ):
        raise Irregular
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Irregular from None


def without_references(stored: Sequence[str]) -> Sequence[str]:
    """Texts with the letters that references in them stand for."""
    if "&" not in "".join(stored):
        return stored
    return list(map(unescape, stored))
