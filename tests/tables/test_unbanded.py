"""Numbers and dates where the quotas have ranges of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sortition.tables.reading import read_table
from sortition.tables.values import read_values
from tests.tables.making import faults_of, places, write

AGES = ("18-29 år", "30-59 år", "60+ år")


def _faults(tmp_path: Path, *cells: str) -> list[tuple[str, int | None, str, str]]:
    rows = "".join(f"{row};{cell}\n" for row, cell in enumerate(cells))
    table = read_table(write(tmp_path / "p.csv", f"id;alder\n{rows}"))
    return places(faults_of(lambda: read_values(table, "alder", AGES)))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("68", "34 år", "18", "45", "68"), "values-are-numbers"),
        (("1958", "1990", "2001", "1961"), "values-are-years"),
        (("24-11-1958", "1990-01-02"), "values-are-dates"),
    ],
)
def test_one_fault_for_the_whole_column(tmp_path: Path, cells: tuple[str, ...], code: str) -> None:
    assert _faults(tmp_path, *cells) == [(code, 2, "alder", cells[0])]


def test_other_faults_of_the_column_are_told_beside_it(tmp_path: Path) -> None:
    assert _faults(tmp_path, "68", "34", "", "18", "x", "45") == [
        ("values-are-numbers", 2, "alder", "68"),
        ("value-blank", 4, "alder", ""),
        ("unknown-value", 6, "alder", "x"),
    ]


def test_few_numbers_are_told_one_by_one(tmp_path: Path) -> None:
    assert _faults(tmp_path, "18-29", "68", "60+") == [("unknown-value", 3, "alder", "68")]
