"""Swedish numbers are read as Swedish, or said to be; never as Danish ones in silence."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from sortition.tables.cpr.numbers import birth_date
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.cpr.swedish import Whose, births, number_key, swedish_births, whose_numbers
from sortition.tables.rows import Table
from tests.tables.making import codes, faults_of

DAY = datetime.date(2026, 11, 28)
BORN = st.dates(datetime.date(1927, 1, 1), datetime.date(2010, 11, 28))


def swedish(born: datetime.date, serial: int, sign: str = "-") -> str:
    nine = f"{born:%y%m%d}{serial:03}"
    return f"{nine[:6]}{sign}{nine[6:]}{luhn.calc_check_digit(nine)}"


def danish(born: datetime.date, serial: int) -> str:
    """A number as it is given to somebody of that day."""
    centuries = (4, 5, 6, 7, 8, 9, 0, 1, 2, 3)
    ten = (f"{born:%d%m%y}{first}{serial:03}" for first in centuries)
    return next(number for number in ten if birth_date(number) == born)


@given(BORN, st.integers(0, 999))
def test_a_swedish_number_is_read_whatever_its_form(born: datetime.date, serial: int) -> None:
    number = swedish(born, serial)
    century = f"{born:%Y}"[:2]
    for text in (number, f"{century}{number}", f"{century}{number}".replace("-", "")):
        assert born in swedish_births(text, DAY)
        assert births(text, "swedish", DAY) == swedish_births(text, DAY)
        assert born in births(text, "either", DAY)
        assert number_key(text, "swedish") == number.replace("-", "")


@given(st.lists(st.tuples(BORN, st.integers(0, 999)), min_size=1, max_size=30))
def test_a_column_of_swedish_numbers_is_never_danish(
    people: list[tuple[datetime.date, int]],
) -> None:
    cells = [swedish(*one) for one in people]
    whose = whose_numbers("Personnummer", cells)
    assert whose in ("swedish", "either")
    for (born, _), cell in zip(people, cells, strict=True):
        assert born in births(cell, whose, DAY)


@given(st.lists(st.tuples(BORN, st.integers(0, 999)), min_size=1, max_size=30))
def test_nor_is_one_of_danish_numbers_swedish(people: list[tuple[datetime.date, int]]) -> None:
    cells = [danish(*one) for one in people]
    for header in ("CPR-nr.", "personnummer"):
        whose = whose_numbers(header, cells)
        assert whose in ("danish", "either")
        for (born, _), cell in zip(people, cells, strict=True):
            assert born in births(cell, whose, DAY)
    assert whose_numbers("CPR-nr.", cells) == "danish"


@pytest.mark.parametrize(
    ("text", "whose", "born"),
    [
        ("250101+1239", "either", ["1925-01-01"]),
        ("250101-1239", "swedish", ["1925-01-01", "2025-01-01"]),  # whoever forgot the plus
        ("250101-1239", "danish", ["1901-01-25"]),
        ("280305-4127", "either", ["1928-03-05", "2005-03-28"]),
        ("280305-4127", "danish", ["2005-03-28"]),
        ("280305-4128", "either", ["2005-03-28"]),  # without its check digit it is Danish
        ("280305-4128", "swedish", []),
        ("710512-0125", "either", ["1912-05-11", "1971-05-12"]),  # or mistyped
        ("710512-0125", "danish", ["1912-05-11"]),
        ("710572-0127", "swedish", ["1971-05-12"]),  # of somebody never registered
        ("19710512-0120", "danish", ["1971-05-12"]),
        ("197105120120", "either", ["1971-05-12"]),
        ("19710512-0121", "either", []),
        ("120571-0124", "either", ["1971-05-12"]),
        ("abc", "either", []),
    ],
)
def test_which_births_a_number_can_mean(text: str, whose: Whose, born: list[str]) -> None:
    assert [f"{date}" for date in births(text, whose, DAY)] == born


def table_of(header: str, *numbers: str) -> Table:
    rows = [(f"P{place}", number) for place, number in enumerate(numbers)]
    return Table.of_rows(("id", header), rows, file="pool.csv")


@pytest.mark.parametrize(
    ("header", "numbers", "expected"),
    [
        ("Personnummer", ["710512-0120", "280305-4127"], ["cpr-swedish"]),
        ("Personnummer", ["280305-4127"], ["cpr-swedish"]),
        ("Personnummer", ["710512-0125"], ["cpr-swedish"]),
        ("Nummer", ["710512-0120", "640823-3234"], ["cpr-swedish"]),
        ("Personnummer", ["120571-0124", "280305-4127"], []),
        ("CPR", ["280305-4127", "640823-3234"], []),
        ("Personnummer", ["120571-0124", "x"], ["cpr-unreadable"]),
        ("Personnummer", ["x", "y"], ["cpr-unreadable", "cpr-unreadable"]),
    ],
)
def test_nothing_is_derived_of_numbers_that_may_be_swedish(
    header: str, numbers: list[str], expected: list[str]
) -> None:
    table = table_of(header, *numbers)
    rules = CprRules(derive=("alder",), age_on=DAY)
    if expected:
        assert codes(faults_of(lambda: protect(table, rules, "id"))) == expected
    else:
        assert protect(table, rules, "id").table.header == ("id", "alder")
