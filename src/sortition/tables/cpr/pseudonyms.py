"""Putting keyed pseudonyms in the place of CPR numbers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection
from functools import partial
from math import log2
from pathlib import Path
from re import Match

from sortition.errors import Finding, InputErrors
from sortition.tables.cpr.numbers import IN_TEXT, is_sure, pseudonym, ten_digits
from sortition.tables.reading import read_bytes
from sortition.tables.rows import Table

FEWEST_KEY_BYTES = 16
FEWEST_KEY_BITS = 36
AS_PRINTED = re.compile("[0-9]{6}-[0-9]{4}")

Cells = tuple[str, ...]


def read_key(path: Path | None) -> bytes:
    """The key in a file; without one, a key that was made for the occasion.

    Raises
    ------
    InputErrors
        If the file cannot be read, or is so short or so even that it can be guessed.
    """
    if path is None:
        return secrets.token_bytes(32)
    key = read_bytes(path)
    if len(key) < FEWEST_KEY_BYTES:
        raise InputErrors((Finding(code="cpr-key-short", file=path.name),))
    if is_repetitive(key):
        raise InputErrors((Finding(code="key-repetitive", file=path.name),))
    return key


def is_repetitive(key: bytes) -> bool:
    """Whether a key says one short thing again and again, such as 39 times ``a``.

    What is said once has at most ``log2`` of its different bytes as bits a byte. Chance does not
    make such a key: of 16 hexadecimal digits, fewer than one in a million has four different ones.
    """
    size = len(key)
    most = FEWEST_KEY_BITS + 1  # so long a part of two different bytes has enough
    once = next((n for n in range(1, min(size, most)) if key[n:] == key[: size - n]), size)
    return once * log2(len(set(key[:once]))) < FEWEST_KEY_BITS


class Pseudonyms:
    """Makes pseudonyms, and remembers whose it made.

    Parameters
    ----------
    key : bytes
    known : set of str
        The numbers that somebody in the pool has.
    """

    def __init__(self, key: bytes, known: Collection[str | None]) -> None:
        self._key = key
        self._known = known
        self.made: dict[str, str] = {}

    def of(self, digits: str | None) -> str:
        """The pseudonym of a number; nothing for none."""
        if digits is None:
            return ""
        if digits not in self.made:
            self.made[digits] = pseudonym(self._key, digits)
        return self.made[digits]

    def in_text(self, table: Table, column: str, told: list[Finding], *, ids: bool) -> Cells:
        """The cells of a column with pseudonyms for what is, or may be, a number in them.

        Parameters
        ----------
        ids : bool
            Whether the column tells people apart, so that what only may be a number stays.
        """
        cells = table.column(column)
        sure = self._sure_among_ids if ids else is_sure
        replaced = tuple([IN_TEXT.sub(partial(self._in_place, sure), cell) for cell in cells])
        count = sum(old != new for old, new in zip(cells, replaced, strict=True))
        if count:
            facts = {"count": count}
            told.append(table.finding(code="cpr-in-text", column=column, facts=facts))
        return replaced

    def _in_place(self, sure: Callable[[Match[str]], bool], found: Match[str]) -> str:
        digits = ten_digits(found[0])
        return self.of(digits) if digits in self._known or sure(found) else found[0]

    @staticmethod
    def _sure_among_ids(found: Match[str]) -> bool:
        return AS_PRINTED.fullmatch(found[0]) is not None
