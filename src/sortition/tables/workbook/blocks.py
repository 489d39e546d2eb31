"""A part of a workbook in blocks of whole elements, as long as it is written in a plain way."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import pyarrow.compute as pc

from sortition.tables.arrow import Texts

BLOCK = 4_000_000  # bytes that are read at a time
LONGEST = 10 * BLOCK  # without the end of an element
NUMBERED = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
UNNAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
NAMES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}  # the last is last
NAMED = {ord(letter): name for name, letter in NAMES.items()}
NO_LETTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has none
MOST_REPLACED = 30  # letters that are replaced one after the other
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

    def __iter__(self) -> Iterator[bytes]:
        """The blocks in UTF-8, with the letters that numbers stand for.

        Raises
        ------
        Irregular
            If something is not plain.
        """
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


def _plain(data: bytes) -> bytes:
    """A block, if it is in UTF-8 and holds what it seems to."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Irregular from None
    controls = np.count_nonzero(np.frombuffer(data, np.uint8) < ord(" "))
    if controls and controls > data.count(b"\n") + data.count(b"\t"):
        raise Irregular
    if "\ufffe" in text or "\uffff" in text:
        raise Irregular
    return _with_letters(data) if b"&" in data else data


def _with_letters(data: bytes) -> bytes:
    """A block with the letters that numbers in it stand for; five have a name instead.

    openpyxl writes all letters but those of ASCII so, and most of them are the same few.
    """
    begin = 0
    for _ in range(MOST_REPLACED):
        found = NUMBERED.search(data, begin)
        if found is None:
            break
        begin = found.start()
        data = data.replace(found[0], _letter(found))
    else:
        data = NUMBERED.sub(_letter, data)
    if UNNAMED.search(data) is not None:
        raise Irregular
    return data


def _letter(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > sys.maxunicode or NO_LETTER.match(chr(number)):
        raise Irregular
    return NAMED.get(number, chr(number)).encode()


def without_names(stored: Texts) -> Texts:
    """Texts with the letters that names in them stand for."""
    if pc.any(pc.match_substring(stored, "&")).as_py():
        for name, letter in NAMES.items():
            stored = pc.replace_substring(stored, name, letter)
    return stored
