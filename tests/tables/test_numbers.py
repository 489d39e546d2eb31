from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.numbers import (
    in_digits,
    perhaps_years,
    read_number,
    read_range,
    read_written,
    share_of,
    with_thousands,
)


@pytest.mark.parametrize(
    ("label", "bounds"),
    [
        ("16-29", (16, 29)),
        ("16 – 29 år", (16, 29)),
        ("60+", (60, None)),
        ("60+ år", (60, None)),
        ("60 og derover", (60, None)),
        ("65 och äldre", (65, None)),
        ("80 år og derover", (80, None)),
        ("75 years or older", (75, None)),
        ("75 år +", (75, None)),
        ("fra 18 år til 29 år", (18, 29)),
        ("under 16", (None, 15)),
        ("<16", (None, 15)),
        ("7-7", (7, 7)),
        ("29-16", None),
        ("old", None),
        ("16", None),
        ("", None),
    ],
)
def test_ranges(label: str, bounds: tuple[int | None, int | None] | None) -> None:
    read = read_range(label)
    assert (read and (read.label, read.lower, read.upper)) == (bounds and (label, *bounds))


def test_both_bounds_are_in_a_range() -> None:
    read = read_range("16-29")
    assert read is not None
    numbers = ("15.9", "16", "29", "29.5", "30")
    assert [read.holds(Decimal(number)) for number in numbers] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("34", "34"),
        ("34,5", "34.5"),
        ("34.5", "34.5"),
        ("-1", "-1"),
        ("34 år", "34"),
        ("0,125", "0.125"),
        ("1.234", None),  # a thousand or one and a bit
        ("250.000", None),
        ("1e3", None),
        ("34 1/2", None),
        ("", None),
    ],
)
def test_numbers(cell: str, number: str | None) -> None:
    assert read_number(cell) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("numbers", "labels", "years"),
    [
        (("1990", "2008"), ("16-29", "30+"), True),
        (("1990", "34"), ("16-29", "30+"), False),
        (("1990",), ("1900-1960", "1961+"), False),  # the ranges are of years themselves
        (("1990",), ("0-999", "1000-2999"), False),
        ((), ("16-29",), False),
    ],
)
def test_years_where_ages_were_expected(
    numbers: tuple[str, ...], labels: tuple[str, ...], years: bool
) -> None:
    ranges = [made for made in map(read_range, labels) if made]
    assert perhaps_years([Decimal(number) for number in numbers], ranges) == years


WAYS = {
    "danish": (".", re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")),
    "english": (",", re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")),
}
TEXTS = st.text(st.sampled_from(list("0123456789.,-–% ")), max_size=9)


@given(st.integers(0, 10**9), st.integers(0, 999), st.sampled_from(["", ".", ",", " ", "\u00a0"]))
def test_people_are_read_however_their_thousands_are_parted(
    people: int, parts: int, sign: str
) -> None:
    written = f"{people:,}".replace(",", sign)
    assert Fraction(people) in with_thousands(written).values()
    if sign in {".", ","}:
        decimals = f"{written}{'.,'.replace(sign, '')}{parts:03d}"
        way = "danish" if sign == "." else "english"
        assert with_thousands(decimals)[way] == people + Fraction(parts, 1000)


@given(TEXTS)
def test_what_is_read_is_what_the_rules_of_the_countries_say(text: str) -> None:
    closed = re.sub(r"(?<=\d) (?=\d{3})", "", text)
    fitting = {name for name, (_, way) in WAYS.items() if way.fullmatch(closed)}
    assert with_thousands(text).keys() == fitting


@given(st.integers(-(10**8), 10**8), st.integers(0, 10**6), st.sampled_from(".,"))
def test_a_number_is_read_as_it_was_written(whole: int, decimals: int, sign: str) -> None:
    text = f"{whole}{sign}{decimals}"
    value = Fraction(f"{whole}.{decimals}")
    found = read_written(text)
    assert found is not None
    assert found.value == value
    assert share_of(text) == value
    assert share_of(f"{text} %") == value / 100
    if not found.perhaps_thousands:
        assert read_number(text) == Decimal(f"{whole}.{decimals}")
    assert found.people == (whole if whole >= 0 and text[-2:] in {".0", ",0"} else found.people)


@given(TEXTS)
def test_no_text_is_read_as_two_numbers(text: str) -> None:
    """Whatever reads a text of one number reads the same number."""
    found, share, number = read_written(text), share_of(text), read_number(text)
    if found and found.people is not None and not found.perhaps_thousands:
        assert number == found.people
    if number is not None and share is not None:
        assert Fraction(number) == share
    if found is None:
        assert number is None


def test_a_number_is_written_with_its_decimals() -> None:
    assert in_digits(Fraction(1200)) == "1200"
    assert in_digits(Fraction("1234567890.25")) == "1234567890.25"
