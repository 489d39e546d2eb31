from __future__ import annotations

from decimal import Decimal

import pytest

from sortition.tables.numbers import perhaps_years, read_number, read_range


@pytest.mark.parametrize(
    ("label", "bounds"),
    [
        ("16-29", (16, 29)),
        ("16 – 29 år", (16, 29)),
        ("60+", (60, None)),
        ("60+ år", (60, None)),
        ("60 og derover", (60, None)),
        ("65 och äldre", (65, None)),
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
