"""Days as people write them, and ages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.dates import perhaps_births, read_date, whole_years


@pytest.mark.parametrize(
    "cell",
    [
        *("1958-11-24", "1958-11-24 00:00:00", "24-11-1958", "24.11.1958", "24. 11. 1958"),
        *("24/11/1958", "24/11-1958", "24/11 1958", "24. november 1958", "den 24. Nov. 1958"),
        "November 24, 1958",
    ],
)
def test_a_day(cell: str) -> None:
    assert read_date(cell) == date(1958, 11, 24)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "24-11-58", "11/24/1958", "31-02-1958", "24-11/1958", "24. nivember 1958"),
        *("1958", "5-okt"),
    ],
)
def test_what_is_no_day(cell: str) -> None:
    assert read_date(cell) is None


def test_days_of_one_year_are_rather_a_slip_of_the_spreadsheet() -> None:
    assert perhaps_births({"2026-10-05", "1990-10-05", ""})
    assert not perhaps_births({"2026-10-05", "2026-12-11"})
    assert not perhaps_births({"1990-10-05", "1991-10-05", "a", "b"})
    assert not perhaps_births(set())


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2000, 2, 29), 25),
        (date(2000, 3, 1), 25),
        (date(2000, 2, 28), 26),
        (date(2026, 3, 1), -1),
    ],
)
def test_whole_years(born: date, age: int) -> None:
    assert whole_years(born, date(2026, 2, 28)) == age


@given(st.dates(), st.sampled_from("-./ "), st.sampled_from(["", " "]))
def test_a_day_is_read_as_it_was_written(day: date, sign: str, gap: str) -> None:
    year = f"{day.year:04d}"
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}{sign}{gap}{day.month}{sign}{gap}{year}") == day
    assert read_date(f"{day.day:02d}{sign}{day.month:02d}{sign}{year}") == day
