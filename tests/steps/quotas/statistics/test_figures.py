from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sortition.steps.quotas.statistics.figures import Figures, read_figures
from sortition.tables.reading import read_table
from tests.tables.making import codes, faults_of, places, write


def read(folder: Path, *cells: str) -> tuple[Figures, tuple[str, ...]]:
    table = read_table(write(folder / "f.csv", "a;n\n" + "".join(f"x;{c}\n" for c in cells)))
    written = list(zip(table.row_numbers, table.column("n"), strict=True))
    figures, assumed = read_figures(table, "n", written)
    return figures, tuple(codes(assumed))


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (("12", "007", "-"), (12, 7, 0)),
        (("1 234", "1\u00a0234\u202f567"), (1234, 1234567)),
    ],
)
def test_figures(
    tmp_path: Path, cells: tuple[str, ...], figures: tuple[int | Fraction, ...]
) -> None:
    assert read(tmp_path, *cells) == (dict(enumerate(figures, start=2)), ())


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (("12,5", "1.234"), (Fraction("12.5"), 1234)),
        (("12.5", "1,234"), (Fraction("12.5"), 1234)),
        (("12.5", "1.234"), (Fraction("12.5"), Fraction("1.234"))),
        (("0,234", "5"), (Fraction("0.234"), 5)),
        (("1.234.567", "1.234.567,25"), (1234567, Fraction("1234567.25"))),
        (("3.100", "4.200,5", "2,700"), (3100, Fraction("4200.5"), Fraction("2.7"))),
    ],
)
def test_parts_of_people_are_read_and_that_is_said(
    tmp_path: Path, cells: tuple[str, ...], figures: tuple[int | Fraction, ...]
) -> None:
    assert read(tmp_path, *cells) == (
        dict(enumerate(figures, start=2)),
        ("statistics-fractions",),
    )


@pytest.mark.parametrize("cells", [("900", "1.234"), ("900", "1,234")])
def test_three_digits_after_the_only_sign_are_whole_people_and_that_is_said(
    tmp_path: Path, cells: tuple[str, ...]
) -> None:
    figures, assumed = read(tmp_path, *cells)
    assert list(figures.values()) == [900, 1234]
    assert assumed == ("statistics-thousands",)


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (("5", "..", "many", ""), [3, 4, 5]),
        (("1.234,5", "1,234.5", "6,5"), [3]),
        (("1.234", "1,234"), [2, 3]),
        (("-5", "5"), [2]),
        (("1.2345.678",), [2]),
        (("5 %", "6"), [2]),
    ],
)
def test_what_is_no_number_of_people(
    tmp_path: Path, cells: tuple[str, ...], rows: list[int]
) -> None:
    faults = faults_of(lambda: read(tmp_path, *cells))
    assert places(faults) == [
        ("statistics-figure-unclear", row, "n", cells[row - 2]) for row in rows
    ]
