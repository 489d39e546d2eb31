"""Putting keyed pseudonyms in the place of CPR numbers."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path
from re import Match

from sortition.errors import Finding, InputErrors
from sortition.files.cpr import IN_TEXT, pseudonym, read_cpr
from sortition.files.tables import Table, read_bytes

FEWEST_KEY_BYTES = 16

Cells = tuple[str, ...]


def read_key(path: Path | None) -> bytes:
    """The key in a file; without one, a key that was made for the occasion.

    Raises
    ------
    InputErrors
        If the file cannot be read, or is so short that it can be guessed.
    """
    if path is None:
        return secrets.token_bytes(32)
    key = read_bytes(path)
    if len(key) < FEWEST_KEY_BYTES:
        raise InputErrors((Finding(code="cpr-key-short", file=path.name),))
    return key


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

    def in_text(self, table: Table, column: str, told: list[Finding]) -> Cells:
        """The cells of a column with pseudonyms for the numbers that stand among other text."""
        cells = table.column(column)
        replaced = tuple([IN_TEXT.sub(self._in_place, cell) for cell in cells])
        count = sum(old != new for old, new in zip(cells, replaced, strict=True))
        if count:
            facts = {"count": count}
            told.append(table.finding(code="cpr-in-text", column=column, facts=facts))
        return replaced

    def _in_place(self, found: Match[str]) -> str:
        """Ten digits without a dash could be anything else, unless somebody has the number."""
        digits = read_cpr(found[0])
        sure = digits is not None and (found[2] == "-" or digits in self._known)
        return self.of(digits) if sure else found[0]
