"""A quota file that says where its figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sortition.model import Language
from sortition.tables.numbers import in_digits
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_delimiter, csv_rows

HEADER = ("feature", "value", "min", "max", "population", "share", "seats")
DANISH = ("kriterium", "værdi", "min", "max", "befolkning", "andel", "pladser")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """The quota of one value, and what it was made of.

    Attributes
    ----------
    feature, value : str
    lower, upper : int
    people : Fraction
        How many people of the population have the value; tables can have decimals.
    share : Fraction
        Of the population, from 0 to 1.
    seats : int
        The apportioned seats, which the bounds stand around.
    """

    feature: str
    value: str
    lower: int
    upper: int
    people: Fraction
    share: Fraction
    seats: int


def percent(share: Fraction) -> str:
    """A share as a percentage of two decimals, with a point; halves are rounded to even."""
    return f"{Decimal(round(share * 10_000)) / 100:.2f}"


def header_in(language: Language) -> tuple[str, ...]:
    """The header of a quota file; English where a language has none of its own."""
    return DANISH if language == "da" else HEADER


def quota_csv(
    lines: Sequence[QuotaLine], notes: Sequence[str], *, like: Table, language: Language = "en"
) -> bytes:
    """A quota file: a row for each value, then a comment row for each note.

    It is written as `sortition.tables.written.lists.csv_rows` does. Where semicolons separate the
    columns, decimals have a comma.

    Parameters
    ----------
    lines : sequence of QuotaLine
    notes : sequence of str
        Where the figures come from.
    like : Table
        Its delimiter and byte order mark are used; a workbook gives a semicolon and one.
    language : {"en", "da"}
        Of the header; whatever reads quotas knows both.
    """
    point = "," if csv_delimiter(like) == ";" else "."
    cells = (_cells(line, point) for line in lines)
    header = header_in(language)
    return csv_rows((header, *cells, *((f"# {note}",) for note in notes)), like=like)


def _cells(line: QuotaLine, point: str) -> tuple[str, ...]:
    return (
        line.feature,
        line.value,
        str(line.lower),
        str(line.upper),
        in_digits(line.people).replace(".", point),
        percent(line.share).replace(".", point) + "%",
        str(line.seats),
    )
