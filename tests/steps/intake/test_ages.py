"""Ages as people write them: known answers, and what stays open."""

from __future__ import annotations

import datetime

import pytest

from sortition.steps.intake.ages import read_age

DAY = datetime.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("cell", "years", "kind"),
    [
        ("22-06-1946", (80,), "date"),
        ("29-11-1946", (79,), "date"),
        ("1946-06-22", (80,), "date"),
        ("22/6/46", (80,), "date"),
        ("220646", (80,), "date"),
        ("22061946", (80,), "date"),
        ("født den 22. juni 1946", (80,), "date"),
        ("June 22nd, 1946", (80,), "date"),
        ("1946/06/22", (80,), "date"),
        ("22.06.1946 00:00", (80,), "date"),
        ("22-jun-46", (80,), "date"),
        ("'220646", (80,), "date"),
        ("220646-1234", (80,), "cpr"),
        ("født 1980", (45, 46), "year"),
        ("Født i 1980", (45, 46), "year"),
        ("f. 1980", (45, 46), "year"),
        ("1980", (45, 46), "year"),
        ("årgang 80", (45, 46), "year"),
        ("45 år", (45,), "age"),
        ("Jeg er 45 år gammel", (45,), "age"),
        ("45 years old", (45,), "age"),
        ("72", (72, 53, 54), "short"),
        ("120", (120,), "unclear"),
        ("01-02-15", (11, 111), "unclear"),
    ],
)
def test_what_was_born_when(cell: str, years: tuple[int, ...], kind: str) -> None:
    read = read_age(cell, DAY, of_birth=True)
    assert read
    assert (read.years, read.kind) == (years, kind)


@pytest.mark.parametrize(
    ("cell", "years"), [("72", (72,)), ("7", (7,)), ("45 år", (45,)), ("Alder: 45.", (45,))]
)
def test_a_number_is_an_age_where_ages_were_asked_for(cell: str, years: tuple[int, ...]) -> None:
    read = read_age(cell, DAY, of_birth=False)
    assert read
    assert (read.years, read.kind) == (years, "age")


@pytest.mark.parametrize(
    ("cell", "years", "kind"),
    [
        ("ca. 45", (44, 45, 46), "unclear"),
        ("omkring 70 år", (69, 70, 71), "unclear"),
        ("61½", (61,), "age"),
        ("61 1/2 år", (61,), "age"),
        # a Swedish number, which could be a replacement number of Denmark
        ("640823-3234", (62, 103), "unclear"),
    ],
)
def test_an_age_that_is_not_said_to_the_year(cell: str, years: tuple[int, ...], kind: str) -> None:
    read = read_age(cell, DAY, of_birth=False)
    assert read
    assert (read.years, read.kind) == (years, kind)


@pytest.mark.parametrize(
    "cell", ["", "ved ikke", "omkring 50", "40-49", "31-02-1980", "2030", "3000", "1 45", "Elm 7"]
)
def test_anything_else_is_nobody_s_age(cell: str) -> None:
    assert read_age(cell, DAY, of_birth=True) is None


def test_a_birthday_on_the_last_of_february_is_on_the_first_of_march() -> None:
    read = read_age("29-02-1980", datetime.date(2026, 2, 28), of_birth=True)
    assert read
    assert read.years == (45,)
