"""CPR numbers: the table of centuries, replacement numbers, ages, and pseudonyms."""

from __future__ import annotations

import datetime
import hmac
from hashlib import sha256

import pytest

from sortition.tables.cpr.numbers import age, birth_date, is_male, pseudonym, read_cpr


@pytest.mark.parametrize(
    ("seventh", "year_digits", "year"),
    [
        # the table of the Danish register: the seventh digit and the two of the year
        *[(digit, 0, 1900) for digit in "0123"],
        *[(digit, 36, 1936) for digit in "0123"],
        *[(digit, 37, 1937) for digit in "0123"],
        *[(digit, 99, 1999) for digit in "0123"],
        *[(digit, 0, 2000) for digit in "49"],
        *[(digit, 36, 2036) for digit in "49"],
        *[(digit, 37, 1937) for digit in "49"],
        *[(digit, 99, 1999) for digit in "49"],
        *[(digit, 0, 2000) for digit in "5678"],
        *[(digit, 57, 2057) for digit in "5678"],
        *[(digit, 58, 1858) for digit in "5678"],
        *[(digit, 99, 1899) for digit in "5678"],
    ],
)
def test_centuries(seventh: str, year_digits: int, year: int) -> None:
    born = birth_date(f"1302{year_digits:02d}{seventh}000")
    assert born == datetime.date(year, 2, 13)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("010170-1234", "0101701234"),
        ("0101701234", "0101701234"),
        ("010170 1234", "0101701234"),
        ("101701234", "0101701234"),  # a number cell has lost the zero
        ("10170-1234", "0101701234"),
        ("290204-4000", "2902044000"),
        ("610170-1234", "6101701234"),  # a replacement number: the day is 1
        ("911299-0001", "9112990001"),
        ("010157-5000", "0101575000"),  # of somebody who is not born yet
    ],
)
def test_what_is_a_number(text: str, digits: str) -> None:
    assert read_cpr(text) == digits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678",
        "1234567890",  # a month 34
        "000170-1234",
        "010070-1234",
        "290201-1234",  # 1901 was no leap year
        "320170-1234",
        "600170-1234",
        "920170-1234",
        "01-01-1970",
        "010170----1234",
        "010170-12345",
        "+010170-1234",
        "٠١٠١٧٠-١٢٣٤",
    ],
)
def test_what_is_none(text: str) -> None:
    assert read_cpr(text) is None


def test_modulus_11_is_no_test() -> None:
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    numbers = [f"010107{serial:04d}" for serial in range(4000, 4050)]
    remainders = {
        sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11
        for number in numbers
    }
    assert remainders == set(range(11))
    assert [read_cpr(number) for number in numbers] == numbers


@pytest.mark.parametrize(
    ("digits", "day", "years"),
    [
        ("0101701234", (2026, 1, 1), 56),
        ("0101701234", (2025, 12, 31), 55),
        ("6101701234", (2026, 1, 1), 56),
        ("2902044000", (2026, 2, 28), 21),
        ("2902044000", (2026, 3, 1), 22),
        ("2902044000", (2028, 2, 29), 24),
        ("3101264000", (2026, 1, 31), 0),
        ("0102264000", (2026, 1, 31), None),
    ],
)
def test_ages(digits: str, day: tuple[int, int, int], years: int | None) -> None:
    assert age(digits, datetime.date(*day)) == years


def test_the_last_digit_tells_the_registered_sex() -> None:
    assert [is_male(f"010170123{last}") for last in range(10)] == [False, True] * 5


def test_pseudonyms_need_the_key() -> None:
    key = bytes(range(32))
    expected = hmac.new(key, b"cpr|0101701234", sha256).hexdigest()[:16]
    assert pseudonym(key, "0101701234") == expected
    assert pseudonym(bytes(32), "0101701234") != expected
    assert pseudonym(key, "0101701235") != expected
