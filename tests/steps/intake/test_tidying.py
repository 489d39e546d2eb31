"""Rows that hold several people, and rows that only seem to."""

from __future__ import annotations

from functools import partial

import pytest

from sortition.steps.intake import heads_people
from sortition.steps.intake.tidying import one_a_row
from sortition.tables.rows import Table

HEADED = partial(heads_people, features=("køn", "alder"))


def table(*rows: tuple[str, ...]) -> Table:
    header, *cells = rows
    return Table.of_rows(header, cells, file="form.csv")


def test_people_beside_each_other_get_a_row_each() -> None:
    read = one_a_row(
        table(
            ("Adresse", "Navn", "Køn", "Navn2", "Køn2"),
            ("Elm 1", "Anna", "K", "Bo", "M"),
            ("Elm 2", "Ida", "K", "", ""),
        ),
        HEADED,
    )
    assert read.header == ("Adresse", "Navn", "Køn")
    assert read.rows == (("Elm 1", "Anna", "K"), ("Elm 1", "Bo", "M"), ("Elm 2", "Ida", "K"))
    assert read.row_numbers == (2, 2, 3)
    assert [finding.code for finding in read.assumed] == ["people-beside"]


@pytest.mark.parametrize(
    "header",
    [
        ("Navn", "Telefon", "Køn", "Navn2", "Telefon2"),  # whom to call besides
        ("Navn", "Telefon 1", "Telefon 2"),
        ("Navn (person 1)", "Køn (person 1)", "Navn (person 2)", "Alder (person 2)"),
        ("Spørgsmål 1", "Spørgsmål 2", "Navn", "Køn"),
    ],
)
def test_one_person_stays_one(header: tuple[str, ...]) -> None:
    before = table(header, tuple("x" for _ in header))
    assert one_a_row(before, HEADED) is before
