from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.errors import Finding
from sortition.tables.ids import read_ids, with_zeros
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
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


DIGITS = st.text("012", min_size=1, max_size=4)


@given(known=st.sets(DIGITS, min_size=1), cells=st.lists(DIGITS, min_size=1, max_size=5))
def test_zeros_are_restored_where_one_id_alone_can_be_meant(
    known: set[str], cells: list[str]
) -> None:
    table = Table.of_rows(("id",), [(cell,) for cell in cells])
    read = with_zeros(table, "id", known)
    for cell, now in zip(cells, read.column("id"), strict=True):
        alike = {id for id in known if int(id) == int(cell)}
        assert now == (alike.pop() if cell not in known and len(alike) == 1 else cell)
    changed = sum(old != new for old, new in zip(cells, read.column("id"), strict=True))
    assert [one.code for one in read.assumed] == ["id-zeros"] * changed
