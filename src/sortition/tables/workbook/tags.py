"""The tags of some plain XML, all found and told apart at once.

A pool of 200,000 rows has millions of tags. What is asked of one is asked here of all of them, in a
handful of operations of NumPy, and no tag and no text becomes an object of Python.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from sortition.tables.arrow import Ints, Texts, coded, taken
from sortition.tables.workbook.blocks import Irregular
from sortition.tables.workbook.grammar import (
    BEGINNINGS,
    CELL,
    ENDS,
    KINDS,
    OUTSIDE,
    ROW,
    WITH_TEXT,
    Order,
)

WORD = 8  # bytes that are compared at once
MOST_DIGITS = 9
ATTRIBUTES = re.compile(r'(?: [A-Za-z_][A-Za-z0-9_:.-]*="[^"<>&]*")* ?')
ATTRIBUTE = re.compile(r' ([^ =]+)="([^"]*)"')
NUMBERED = {ROW, ROW + 1, CELL, CELL + 1}  # whose attributes begin with one that differs each time

# a tag is told by the two letters after its bracket, and then all of its name is compared
LISTED = [b"", *BEGINNINGS, *ENDS]
LENGTHS = np.array([len(name) for name in LISTED])
NAMES = np.frombuffer(b"".join(name.ljust(WORD, b"\0") for name in LISTED), "<u8")
MASKS = np.frombuffer(b"".join((b"\xff" * len(name)).ljust(WORD, b"\0") for name in LISTED), "<u8")
KIND = np.array([OUTSIDE, *BEGINNINGS.values(), *ENDS.values()], dtype=np.uint8)
AFTER_NAME = (b" ", b">", b"/")

Bytes = np.ndarray[Any, np.dtype[np.uint8]]


def _by_two_letters() -> Bytes:
    """The place in the list by two letters, read as one number; none have nought."""
    places = np.zeros(1 << 16, dtype=np.uint8)
    for place, name in enumerate(LISTED[1:], start=1):
        for after in AFTER_NAME:
            places[int.from_bytes((name[1:] + after)[:2], "little")] = place
    return places


TOLD = _by_two_letters()


class Tags:
    """The tags of a block.

    Parameters
    ----------
    block : bytes
    order : mapping of int to tuple of int
        Which kinds of tags may follow each.

    Attributes
    ----------
    data : array of bytes
    begins, ends : array of int
        Where the two brackets of each tag stand.
    tails : array of int
        Where each tag goes on after its name.
    kinds : array of int

    Raises
    ------
    Irregular
        If there are other tags or another order, or something stands between them.
    """

    def __init__(self, block: bytes, order: Order) -> None:
        self._block = block + bytes(WORD)
        self._length = len(block)
        self.data: Bytes = np.frombuffer(self._block, np.uint8)
        self.begins: Ints = np.flatnonzero(self.data == ord("<"))
        self.ends: Ints = np.flatnonzero(self.data == ord(">"))
        if len(self.begins) != len(self.ends) or not (
            (self.begins < self.ends).all() and (self.ends[:-1] < self.begins[1:]).all()
        ):
            raise Irregular
        words = self.words(self.begins)
        told = TOLD[(words >> 8) & 0xFFFF]
        if not (told.all() and (words & MASKS[told] == NAMES[told]).all()):
            raise Irregular
        self._slashed = self.data[self.ends - 1] == ord("/")
        self.kinds: Bytes = KIND[told] + self._slashed
        self.tails: Ints = self.begins + LENGTHS[told]
        self._check_order(order)
        self._check_between()
        longer = (self.tails < self.ends - self._slashed) & ~_among(NUMBERED)[self.kinds]
        self.attributes(np.flatnonzero(longer))

    def _check_order(self, order: Order) -> None:
        allowed = np.zeros((KINDS, KINDS), dtype=bool)
        for kind, following in order.items():
            allowed[kind, following] = True
        kinds = np.concatenate(([OUTSIDE], self.kinds, [OUTSIDE]))
        if not allowed[kinds[:-1], kinds[1:]].all():
            raise Irregular

    def _check_between(self) -> None:
        begins = np.concatenate(([0], self.ends + 1))
        ends = np.concatenate((self.begins, [self._length]))
        plain = np.concatenate(([True], ~_among(WITH_TEXT)[self.kinds]))
        where = np.flatnonzero((begins < ends) & plain)
        values, _ = coded(self.texts(begins[where], ends[where]))
        if any(map(str.strip, values)):
            raise Irregular

    def where(self, *kinds: int) -> Ints:
        """The tags of some kinds."""
        return np.flatnonzero(_among(kinds)[self.kinds])

    def held(self, tags: Ints) -> tuple[Ints, Ints]:
        """Where the text begins and ends that stands between some tags and the next."""
        return self.ends[tags] + 1, self.begins[tags + 1]

    def words(self, places: Ints) -> Any:
        """The eight bytes from each of some places on, as one number."""
        return np.ndarray(self._length, "<u8", self._block, strides=(1,))[places]

    def numbers(self, begins: Ints) -> tuple[Ints, Ints]:
        """The whole number that begins at each of some places, and where it ends.

        Raises
        ------
        Irregular
            If a number is missing or too long.
        """
        numbers: Ints = np.zeros(len(begins), dtype=np.int64)
        ends = begins.copy()
        for _ in range(MOST_DIGITS):
            digits = self.data[ends] - ord("0")
            more = digits < 10  # bytes below the digits are large numbers now
            if not more.any():
                break
            numbers = np.where(more, numbers * 10 + digits, numbers)
            ends += more
        else:
            raise Irregular
        if (ends == begins).any():
            raise Irregular
        return numbers, ends

    def texts(self, begins: Ints, ends: Ints) -> Texts:
        """What stands from some places to others, none of them before the one in front of it."""
        places = np.zeros(2 * len(begins) + 1, dtype=np.int32)
        places[1::2], places[2::2] = begins, ends
        buffers = pa.py_buffer(places), pa.py_buffer(self._block)
        parts = pa.StringArray.from_buffers(2 * len(begins), *buffers)
        return pa.chunked_array([taken(parts, np.arange(1, 2 * len(begins), 2))])

    def attributes(
        self, tags: Ints, begins: Ints | None = None
    ) -> tuple[list[Mapping[str, str]], Ints]:
        """The attributes of some tags: what differs once, and the place among it of each tag's.

        Parameters
        ----------
        begins : array of int, optional
            Where to begin in each, if not after its name.
        """
        begins = self.tails[tags] if begins is None else begins
        texts, codes = coded(self.texts(begins, (self.ends - self._slashed)[tags]))
        return list(map(_attributes, texts)), codes


def _attributes(text: str) -> Mapping[str, str]:
    found = ATTRIBUTE.findall(text)
    attributes = dict(found)
    if ATTRIBUTES.fullmatch(text) is None or len(attributes) < len(found):
        raise Irregular
    return attributes


def _among(kinds: Collection[int]) -> Any:
    among = np.zeros(KINDS, dtype=bool)
    among[list(kinds)] = True
    return among
