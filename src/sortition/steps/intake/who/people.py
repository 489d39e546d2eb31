"""Who an answer is from, by all that can tell: code, e-mail, telephone, CPR, name, birth, home."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from unicodedata import combining, normalize

from sortition.steps.intake.ages import birth_in
from sortition.steps.intake.roles import EMAIL, Roles
from sortition.steps.intake.sheets import Sheet
from sortition.tables.addresses import tells_address
from sortition.tables.cpr.swedish import Whose, number_key, whose_numbers
from sortition.tables.labels import squeeze

SPELLED = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "ß": "ss"})
NOT_IN_NAMES = re.compile(r"[^a-z ]+")
NOT_IN_HOMES = re.compile(r"[^a-z0-9]+")
POSTCODE = re.compile(r"(?<!\d)\d{4,5}(?!\d)")
FEWEST_DIGITS = 6  # of a telephone number
NAME = ("name", "first", "last")
REST = ("code", "email", "phone", "cpr", "birth", "address", "postcode")
OWN_DIGITS = 8  # of it that no spelling of it leaves out


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells who somebody is; each part in one spelling, empty or None where nothing does.

    Attributes
    ----------
    codes, emails, phones : frozenset of str
    cpr : str or None
        Ten digits.
    name : str
        Its words in alphabetical order.
    birth : date or None
    street, postcode : str
    """

    codes: frozenset[str] = field(default=frozenset(), repr=False)
    emails: frozenset[str] = field(default=frozenset(), repr=False)
    phones: frozenset[str] = field(default=frozenset(), repr=False)
    cpr: str | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    birth: datetime.date | None = field(default=None, repr=False)
    street: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)


def identities(sheet: Sheet, roles: Roles, day: datetime.date | None) -> list[Identity]:
    """Who the answer in each row is from.

    Parameters
    ----------
    day : date or None
        On which ages count, by which the century of a year of two digits is told.
    """
    today = day or datetime.date.max
    held = [list(_held(sheet, roles[role])) for role in (*NAME, *REST)]
    whose = _whose(sheet, roles)
    return [_identity(*cells, day=today, whose=whose) for cells in zip(*held, strict=True)]


def _whose(sheet: Sheet, roles: Roles) -> Whose:
    """Whose the personal numbers of a sheet are; either's if its columns do not agree."""
    columns = (*roles["cpr"], *roles["birth"])
    told = {whose_numbers(name, sheet.table.coded(name).values) for name in columns} - {"either"}
    return told.pop() if len(told) == 1 else "either"


def _held(sheet: Sheet, names: Sequence[str]) -> Iterator[Sequence[str]]:
    """What is filled in in some columns, row by row."""
    if not names:
        return repeat((), sheet.table.size)
    columns = [sheet.table.column(name) for name in names]
    return (tuple(filter(None, row)) for row in zip(*columns, strict=True))


def _identity(*cells: Sequence[str], day: datetime.date, whose: Whose) -> Identity:
    """Who somebody is by the cells of `NAME` and `REST`."""
    *names, codes, emails, phones, numbers, births, addresses, postcodes = cells
    cpr = next(filter(None, (number_key(cell, whose) for cell in numbers)), None)
    born = (birth_in(cell, day, whose) for cell in (*numbers, *births))
    birth = next(filter(None, born), None)
    address = next(filter(tells_address, addresses), "")
    inside = POSTCODE.search(address) if address else None
    own = next((found[0] for cell in postcodes if (found := POSTCODE.search(cell))), "")
    street = address[: inside.start()] if inside and inside.start() else address
    return Identity(
        codes=frozenset(filter(None, map(code_key, codes))),
        emails=frozenset(found[0].casefold() for cell in emails if (found := EMAIL.search(cell))),
        phones=frozenset(filter(None, map(phone_key, phones))),
        cpr=cpr,
        name=name_key(full_name(*names)),
        birth=birth,
        street=NOT_IN_HOMES.sub("", plain(street)),
        postcode=own or (inside[0] if inside else ""),
    )


def full_name(whole: Sequence[str], first: Sequence[str], last: Sequence[str]) -> str:
    """Somebody's name from the cells of the columns of `NAME`."""
    parts = [*first[:1], *last[:1]]
    return " ".join(parts) if len(parts) == 2 or not whole else whole[0]


def plain(text: str) -> str:
    """A text in small letters of a to z, however its letters are written."""
    small = squeeze(text)
    if small.isascii():
        return small
    spelled = normalize("NFKD", small.translate(SPELLED))
    return "".join(letter for letter in spelled if not combining(letter))


def name_key(name: str) -> str:
    """The words of a name in alphabetical order, in one spelling."""
    words = NOT_IN_NAMES.sub(" ", plain(name).replace("-", " ")).split()
    return " ".join(sorted(words))


def code_key(cell: str) -> str:
    """A code without what parts it."""
    return re.sub(r"[\W_]+", "", cell).upper()


def phone_key(cell: str) -> str:
    """The last digits of a telephone number, before which stands that of a country or a zero."""
    digits = re.sub(r"\D", "", cell)
    return digits[-OWN_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""
