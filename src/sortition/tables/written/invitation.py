"""What an invitation puts beside the columns of the registry, and how it is found there again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

from sortition.model import Language
from sortition.tables.labels import fold
from sortition.tables.matching import NO
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """What the columns of an invitation are called in a language."""

    sent_code: str
    wave: str
    ticket: str
    chance: str
    pseudonym: str
    tried: str


ENGLISH = Headers(
    sent_code="code",
    wave="invited_wave",
    ticket="invited_ticket",
    chance="invited_probability",
    pseudonym="invited_pseudonym",
    tried="tried",
)
DANISH = Headers(
    sent_code="kode",
    wave="inviteret_bølge",
    ticket="inviteret_lod",
    chance="inviteret_chance",
    pseudonym="inviteret_pseudonym",
    tried="opsøgt",
)
ALL = (ENGLISH, DANISH)  # whoever reads a list knows every language
INVITATION = frozenset(name for one in ALL for name in astuple(one))
WAVES = tuple(one.wave for one in ALL)
CHANCES = tuple(one.chance for one in ALL)
CODES = tuple(one.sent_code for one in ALL)
# what is written anew if it comes from a former draw
OURS = tuple(name for one in ALL for name in (one.wave, one.ticket, one.chance, one.pseudonym))


def headers(language: Language) -> Headers:
    """The headers of a language; English where it has none of its own."""
    return DANISH if language == "da" else ENGLISH


def column_of(header: Sequence[str], names: Collection[str]) -> str:
    """The first column that has one of some names; empty if none has."""
    return next((name for name in header if name in names), "")


def code_column(header: Sequence[str]) -> str:
    """The column of codes: the first that is called so, where a registry had one before it."""
    return next((name for name in header if name.rstrip("_") in CODES), "")


def untried(table: Table) -> frozenset[int]:
    """The rows, from 0, of a list for doors and telephones that nobody has come to yet."""
    column = tried_column(table)
    cells = table.column(column) if column else ()
    return frozenset(place for place, cell in enumerate(cells) if not cell or fold(cell) in NO)


def tried_column(table: Table) -> str:
    """The column of such a list that says what came of it; empty for any other list."""
    tried = {fold(one.tried) for one in ALL}
    return next((name for name in table.header if fold(name) in tried), "")
