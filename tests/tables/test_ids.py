from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.tables.ids import read_ids
from sortition.tables.reading import read_table
from tests.tables.making import faults_of, places, write, write_workbook


def test_ids_stay_text_in_one_composed_form(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "nr,id\n1,007\n2,A\u030a-7\n"))
    read = read_ids(table, None, taken=())
    assert (read.column, read.ids) == ("id", ("007", "Å-7"))
    assert read.assumed == (Finding(code="id-column-assumed", file="p.csv", column="id"),)


def test_a_named_column_is_not_assumed(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "nr,id\n1,x\n2,x\n"))
    read = read_ids(table, "nr", taken=())
    assert (read.column, read.ids, read.assumed) == ("nr", ("1", "2"), ())


def test_a_misspelt_name_lists_the_columns(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "nr,id\n1,x\n"))
    assert faults_of(lambda: read_ids(table, "di", taken=())) == (
        Finding(
            code="id-column-unknown", file="p.csv", column="di", facts={"columns": "“nr”, “id”"}
        ),
    )


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [(1, "1", "1"), (9, "1", "9"), (10, "01", "10"), (100, "001", "100")],
)
def test_rows_are_numbered_to_equal_width(
    tmp_path: Path, count: int, first: str, last: str
) -> None:
    table = read_table(write(tmp_path / "p.csv", "age\n" + "30\n" * count))
    read = read_ids(table, None, taken=())
    assert (read.column, read.ids[0], read.ids[-1], len(read.ids)) == (None, first, last, count)
    assert read.assumed == (
        Finding(code="rows-numbered", file="p.csv", facts={"first": first, "last": last}),
    )


def test_faults(tmp_path: Path) -> None:
    rows = ["1,x", ",x", "1,x", "Å,x", "A\u030a,x", "a\x07b,x", "a\u200bb,x", "a\u00a0b,x", "01,x"]
    table = read_table(write(tmp_path / "p.csv", "\n".join(["id,age", *rows])))
    faults = faults_of(lambda: read_ids(table, None, taken=()))
    assert places(faults) == [
        ("id-blank", 3, "id", ""),
        ("id-duplicate", 4, "id", "1"),
        ("id-duplicate", 6, "id", "Å"),
        ("id-invisible", 7, "id", "a\x07b"),
        ("id-invisible", 8, "id", "a\u200bb"),
    ]
    assert [fault.facts.get("first") for fault in faults] == [None, 2, 5, None, None]


def test_a_date_is_no_id(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "age"],
        [datetime.date(2025, 1, 2), 1],
        [datetime.date(2025, 1, 2), 2],
    ]
    table = read_table(write_workbook(tmp_path / "p.xlsx", rows))
    assert places(faults_of(lambda: read_ids(table, "id", taken=()))) == [
        ("date-cell", 2, "id", "2025-01-02"),
        ("date-cell", 3, "id", "2025-01-02"),
    ]
