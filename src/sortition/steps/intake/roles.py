"""Which columns of a sheet say who somebody is, and when she answered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sortition.steps.intake.sheets import Sheet, question_of
from sortition.tables.cpr.numbers import read_cpr
from sortition.tables.cpr.swedish import ANY, swedish_births
from sortition.tables.labels import fold
from sortition.tables.words import asks_about, asks_for_birth

EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
DIGITS = re.compile(r"\d{3}|\d \d{2}")  # of a postcode, as Swedes part it too
VALUE = re.compile(r"[-+(]?\d[-\d\s./:,+()T]+")  # a number, a telephone, a date, a time
MOST = 0.8  # of the filled cells of a column that is told by what stands in it
# in this order a column gets its role; the first that fits
ROLES = (
    *("complete", "answered", "began", "cpr", "code", "email", "phone", "postcode"),
    *("consent", "first", "last", "name", "address", "birth"),
)

Roles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """What the columns of a role may be called, folded, and what questions about it say."""

    names: frozenset[str]
    asks: re.Pattern[str] | None


@cache
def role_words() -> Mapping[str, RoleWords]:
    """The words of every role."""
    file = resources.files("sortition").joinpath("steps", "intake", "roles.toml")
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        role: RoleWords(
            names=frozenset(fold(name) for name in words["names"].split("|") if name),
            asks=re.compile(words["asks"]) if words["asks"] else None,
        )
        for role, words in document.items()
    }


def heads_people(cells: Sequence[str], features: Collection[str] = ()) -> bool:
    """Whether a row reads like the header of a list of people: two columns of it are known.

    A row in which somebody is reached, or which has a number or a date, is no header.

    Parameters
    ----------
    features : collection of str
        What a list of answers would have besides.
    """
    if any("@" in cell or VALUE.fullmatch(cell) for cell in cells):
        return False
    return sum(_is_known(question_of(cell), features) for cell in cells if cell) > 1


def _is_known(question: str, features: Collection[str]) -> bool:
    folded = fold(question)
    return (
        any(asks_about(question, feature) for feature in features)
        or asks_for_birth(question)
        or any(folded in own.names for own in role_words().values())
        or any(own.asks.search(folded) for own in role_words().values() if own.asks)
    )


def find_roles(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """The columns of each role, as they stand in the sheet; a column has one role at most.

    Columns whose names are known go before those whose questions are, if a role has either.
    """
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    asked: dict[str, list[str]] = {role: [] for role in ROLES}
    for name in sheet.table.header:
        role, known = _role_of(sheet, name)
        if role:
            (found if known else asked)[role].append(name)
    return {role: tuple(found[role] + asked[role]) for role in ROLES}


def _role_of(sheet: Sheet, name: str) -> tuple[str, bool]:
    """The role of a column, empty if it has none, and whether its name alone says so."""
    own, question = fold(name), fold(sheet.questions[name])
    words = role_words()
    for role in ROLES:
        if own in words[role].names or question in words[role].names:
            return role, True
    cells = [cell for cell in sheet.table.coded(name).values if cell]
    told = _told_by_cells(cells)
    if told:
        return told, False
    for role in ROLES:
        asks = words[role].asks
        if asks and asks.search(question) and _may_be(role, cells):
            return role, False
    return ("birth", False) if asks_for_birth(question) else ("", False)


def _told_by_cells(cells: Collection[str]) -> str:
    if cells and sum(map(bool, map(EMAIL.fullmatch, cells))) >= MOST * len(cells):
        return "email"
    if cells and sum(map(_is_number, cells)) >= MOST * len(cells):
        return "cpr"
    return ""


def _is_number(cell: str) -> bool:
    """Whether a cell is a personal number of Denmark or Sweden."""
    return bool(read_cpr(cell) or swedish_births(cell, ANY))


def _may_be(role: str, cells: Collection[str]) -> bool:
    """Whether what stands in a column is not against a role that its question speaks of."""
    if role == "email":
        return not cells or any("@" in cell for cell in cells)
    if role == "phone":
        return not cells or any(sum(map(str.isdigit, cell)) >= 8 for cell in cells)
    if role == "cpr":
        return not cells or any(map(_is_number, cells))
    if role == "postcode":  # a question about the district may speak of it, too
        return sum(map(bool, map(DIGITS.search, cells))) >= MOST * len(cells)
    return True
