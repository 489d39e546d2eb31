"""Every list that is written is read as it was, whatever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.unreadable import MOJIBAKE
from sortition.tables.written.lists import csv_bytes, csv_rows, xlsx_bytes
from tests.budgets import examples

SIGNS = st.sampled_from(list("'=+-@\t\r\n ,;\"#0129æøÅ –\u00a0\u2028"))
LETTERS = st.characters(exclude_categories=["Cs"])
NOT_IN_WORKBOOKS = set(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))


FIGURES = st.one_of(st.integers(0, 10**7).map(str), st.decimals(0, 9999, places=4).map(str))


def _fine(text: str) -> bool:
    return "\0" not in text and not MOJIBAKE.search(text) and not text.startswith("#")


TEXT = st.text(st.one_of(SIGNS, LETTERS), max_size=4)
CELL = TEXT.map(str.strip).filter(_fine)
FULL = st.builds("{}{}{}".format, TEXT, st.sampled_from("aøł漢"), TEXT).map(str.strip).filter(_fine)
LAST = st.one_of(FULL, FIGURES)
ROWS = st.lists(st.tuples(FULL, CELL, LAST), min_size=1, max_size=4, unique_by=lambda row: row[0])


def _same(lines: list[list[str]]) -> list[list[str]]:
    """Workbooks and CSV files may end lines within a cell in their own way."""
    return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in line] for line in lines]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", ""])
@settings(max_examples=examples(10), deadline=None)
@given(header=st.tuples(FULL, FULL, FULL), rows=ROWS)
def test_a_list_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    delimiter: str,
    encoding: str,
    header: tuple[str, str, str],
    rows: list[tuple[str, str, str]],
) -> None:
    names = tuple(f"{name}{place}" for place, name in enumerate(header))
    table = Table.of_rows(names, rows)
    like = Table(
        file="",
        cells=table.cells,
        row_numbers=table.row_numbers,
        delimiter=delimiter,
        encoding=encoding,
    )
    ids = tuple(normalize("NFC", row[0]) for row in rows)
    roster = Roster(table=like, id_column=names[0], ids=ids)
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    path.write_bytes(csv_bytes(roster, ids))
    _assert_same(read_table(path), names, rows)


@settings(max_examples=examples(10), deadline=None)
@given(header=st.tuples(FULL, FULL, FULL), rows=ROWS)
def test_a_workbook_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    header: tuple[str, str, str],
    rows: list[tuple[str, str, str]],
) -> None:
    names = tuple(f"{name}{place}" for place, name in enumerate(header))
    cells = [cell for row in (names, *rows) for cell in row]
    if NOT_IN_WORKBOOKS & set("".join(cells)):
        return
    roster = Roster(
        table=Table.of_rows(names, rows), id_column=names[0], ids=tuple(row[0] for row in rows)
    )
    path = tmp_path_factory.mktemp("lists") / "list.xlsx"
    path.write_bytes(xlsx_bytes(roster, roster.ids, title="people"))
    _assert_same(read_table(path), names, rows)


def _assert_same(read: Table, names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    assert _same([list(read.header)]) == _same([list(names)])
    assert sorted(_same(list(map(list, read.rows)))) == sorted(_same(list(map(list, rows))))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "rows",
    [
        [("a;b", "c;\x1ed"), ("e", "f")],  # as many of another sign as columns
        [("a,b", "c\td;"), ("e", "f")],
        [("name",), ("Ann, Bo; Cy",), ("Di, Ed; Flo",)],  # one column, so that none parts it
    ],
)
def test_signs_that_part_other_lists_part_none(
    tmp_path: Path, delimiter: str, rows: list[tuple[str, ...]]
) -> None:
    table = Table.of_rows(rows[0], rows[1:])
    like = Table(
        file="",
        cells=table.cells,
        row_numbers=table.row_numbers,
        delimiter=delimiter,
        encoding="utf-8",
    )
    path = tmp_path / "list.csv"
    path.write_bytes(csv_rows(rows, like=like))
    read = read_table(path)
    assert (read.header, *read.rows) == tuple(rows)


@pytest.mark.parametrize("cell", ["+4520", "-", "@ed", "=", "'+1", "''=", "'", "'a"])
def test_signs_of_formulas_stay_what_they_were(tmp_path: Path, cell: str) -> None:
    like = Table.of_rows(("id", "phone"), [("a", cell)])
    path = tmp_path / "list.csv"
    path.write_bytes(csv_rows([("id", "phone"), ("a", cell)], like=like))
    assert read_table(path).rows == (("a", cell),)
