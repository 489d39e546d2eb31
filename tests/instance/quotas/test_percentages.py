from __future__ import annotations

from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.quotas.reading import read_quota_sheet
from tests.tables.making import codes, faults_of, places, write, write_workbook


def _write(tmp_path: Path, header: str, *rows: str) -> Path:
    return write(tmp_path / "q.csv", "\n".join([f"feature;value;{header}", *rows]) + "\n")


def _bounds(path: Path, panel_size: int) -> list[tuple[str, int, int]]:
    return [
        (row.value, row.lower, row.upper) for row in read_quota_sheet(path, panel_size).quotas.rows
    ]


@pytest.mark.parametrize(
    ("cell", "other", "bounds"),
    [
        ("12,5", "87,5", [("a", 4, 5), ("b", 31, 32)]),
        ("12.5", "87.5", [("a", 4, 5), ("b", 31, 32)]),
        ("12,5 %", "87,5%", [("a", 4, 5), ("b", 31, 32)]),
        ("12,5\u00a0%", "87.5", [("a", 4, 5), ("b", 31, 32)]),
        ("25", "75", [("a", 9, 9), ("b", 27, 27)]),
        ("0", "100", [("a", 0, 0), ("b", 36, 36)]),
        ("33.333", "66.667", [("a", 11, 12), ("b", 24, 25)]),
        ("0,1", "99,9", [("a", 0, 1), ("b", 35, 36)]),
    ],
)
def test_the_whole_numbers_of_seats_on_both_sides(
    tmp_path: Path, cell: str, other: str, bounds: list[tuple[str, int, int]]
) -> None:
    assert _bounds(_write(tmp_path, "%", f"f;a;{cell}", f"f;b;{other}"), 36) == bounds


@pytest.mark.parametrize(
    ("percent", "size", "seats"),
    # 0.07 * 100 and 0.29 * 100 are not whole in floating point
    [("7", 100, 7), ("29", 100, 29), ("57", 100, 57), ("1,1", 1000, 11), ("0.3", 1000, 3)],
)
def test_whole_seats_are_both_bounds(tmp_path: Path, percent: str, size: int, seats: int) -> None:
    rest = f"{100 - float(percent.replace(',', '.')):.1f}"
    path = _write(tmp_path, "pct", f"f;a;{percent}", f"f;b;{rest}")
    assert _bounds(path, size) == [("a", seats, seats), ("b", size - seats, size - seats)]


@pytest.mark.parametrize(
    ("header", "cells", "bounds"),
    [
        ("share", ("0,25", "0,75"), [("a", 2, 3), ("b", 7, 8)]),
        ("Andel", ("0.333", "0.667"), [("a", 3, 4), ("b", 6, 7)]),
        ("share", ("0", "1"), [("a", 0, 0), ("b", 10, 10)]),
        ("share", ("0.3", "0.69"), [("a", 3, 3), ("b", 6, 7)]),
        ("andel", ("25", "75"), [("a", 2, 3), ("b", 7, 8)]),
        ("andel", ("1", "99"), [("a", 0, 1), ("b", 9, 10)]),
        ("share", ("0,5 %", "99,5 %"), [("a", 0, 1), ("b", 9, 10)]),
    ],
)
def test_shares_of_one_or_percentages(
    tmp_path: Path, header: str, cells: tuple[str, str], bounds: list[tuple[str, int, int]]
) -> None:
    assert _bounds(_write(tmp_path, header, f"f;a;{cells[0]}", f"f;b;{cells[1]}"), 10) == bounds


def test_a_hundred_small_percentages_are_no_shares_of_one(tmp_path: Path) -> None:
    path = _write(tmp_path, "share", *(f"f;{number};1" for number in range(100)))
    assert {(lower, upper) for _, lower, upper in _bounds(path, 50)} == {(0, 1)}


def test_what_each_became_is_reported(tmp_path: Path) -> None:
    path = _write(tmp_path, "Procent", "sex;f;52,5 %", "sex;m;47,5 %", "# 2026;;")
    became = [
        Finding(
            code="quota-percentage-read",
            file="q.csv",
            row=row,
            column="Procent",
            value=value,
            facts={"lower": lower, "upper": upper},
        )
        for row, value, lower, upper in [(2, "52,5 %", 10, 11), (3, "47,5 %", 9, 10)]
    ]
    assert read_quota_sheet(path, 20).assumed == (
        Finding(code="delimiter-assumed", file="q.csv", value="semicolon"),
        Finding(code="comment-passed-over", file="q.csv", row=4, value="# 2026"),
        *became,
    )


def test_percentages_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [["feature", "value", "%"], ["f", "a", 12.5], ["f", "b", "87,5 %"]]
    assert _bounds(write_workbook(tmp_path / "q.xlsx", rows), 36) == [("a", 4, 5), ("b", 31, 32)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "quota-percentage-blank"),
        ("-5", "quota-percentage-unclear"),
        ("−5 %", "quota-percentage-unclear"),
        ("100,1", "quota-percentage-unclear"),
        ("1.000", ""),
        ("1e1", "quota-percentage-unclear"),
        ("5 %%", "quota-percentage-unclear"),
        ("5-10", "quota-percentage-unclear"),
        ("nan", "quota-percentage-unclear"),
        ("٣", "quota-percentage-unclear"),
        ("1,000.5", "quota-percentage-unclear"),
    ],
)
def test_what_is_no_percentage(tmp_path: Path, cell: str, code: str) -> None:
    path = _write(tmp_path, "%", f"f;a;{cell}", "f;b;99")
    if code:
        assert places(faults_of(lambda: read_quota_sheet(path, 10))) == [(code, 2, "%", cell)]
    else:
        assert _bounds(path, 10) == [("a", 0, 1), ("b", 9, 10)]


@pytest.mark.parametrize(
    ("header", "cells", "total", "whole"),
    [
        ("%", ("50", "48.9"), "98.9", 100),
        ("%", ("50", "51,001"), "101.001", 100),
        ("%", ("0.5", "0.5"), "1", 100),
        ("share", ("0.5", "0.4899"), "0.9899", 1),
        ("share", ("0.5", "0.511"), "1.011", 1),
        ("share", ("0.5 %", "0.5"), "1", 100),
        ("andel", ("0,5", "50"), "50.5", 100),
    ],
)
def test_a_feature_adds_up_to_the_whole_panel(
    tmp_path: Path, header: str, cells: tuple[str, str], total: str, whole: int
) -> None:
    path = _write(tmp_path, header, f"f;a;{cells[0]}", f"f;b;{cells[1]}")
    assert faults_of(lambda: read_quota_sheet(path, 10)) == (
        Finding(
            code="quota-percentage-total",
            file="q.csv",
            row=2,
            column="f",
            facts={"total": total, "whole": whole},
        ),
    )


@pytest.mark.parametrize("cells", [("50", "49"), ("50", "51"), ("49,5", "51.5")])
def test_totals_may_be_rounded(tmp_path: Path, cells: tuple[str, str]) -> None:
    path = _write(tmp_path, "%", f"f;a;{cells[0]}", f"f;b;{cells[1]}")
    assert len(read_quota_sheet(path, 3).quotas.rows) == 2


def test_only_the_features_that_do_not_add_up_are_named(tmp_path: Path) -> None:
    path = _write(tmp_path, "share", "f;a;0.4", "g;a;0.5", "F;b;0.6", "g;b;0.4", "h;a;0.9")
    assert places(faults_of(lambda: read_quota_sheet(path, 10))) == [
        ("quota-percentage-total", 3, "g", ""),
        ("quota-percentage-total", 6, "h", ""),
    ]


def test_combinations_need_not_add_up(tmp_path: Path) -> None:
    rows = ["f;a;0.5", "f;b;0.5", "g;c;0.2", "g;d;0.8", "combination;f=a & g=c;0.125"]
    assert _bounds(_write(tmp_path, "share", *rows), 20)[0] == ("f=a & g=c", 2, 3)


@pytest.mark.parametrize(
    ("header", "cell", "bounds"),
    [("share", "0.5 %", (0, 1)), ("share", "50", (5, 5)), ("%", "0.5", (0, 1))],
)
def test_combinations_alone(
    tmp_path: Path, header: str, cell: str, bounds: tuple[int, int]
) -> None:
    path = _write(tmp_path, header, f"combination;f=a & g=c;{cell}")
    assert _bounds(path, 10) == [("f=a & g=c", *bounds)]


def test_a_doubt_is_no_guess(tmp_path: Path) -> None:
    path = _write(tmp_path, "share", "combination;f=a & g=c;0.5")
    assert places(faults_of(lambda: read_quota_sheet(path, 10))) == [
        ("quota-share-unclear", None, "share", "")
    ]


def test_percentages_need_a_panel_size(tmp_path: Path) -> None:
    path = _write(tmp_path, "%", "f;a;50", "f;b;50")
    assert faults_of(lambda: read_quota_sheet(path)) == (
        Finding(code="quota-percentage-without-size", file="q.csv", column="%"),
    )


def test_beside_bounds_a_percentage_is_a_note(tmp_path: Path) -> None:
    sheet = read_quota_sheet(_write(tmp_path, "%;min;max", "f;a;7;1;2"), 10)
    assert [(row.lower, row.upper) for row in sheet.quotas.rows] == [(1, 2)]
    assert codes(sheet.assumed) == ["delimiter-assumed", "quota-columns-not-used"]
