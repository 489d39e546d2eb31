from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sortition.errors import InputErrors
from sortition.registry.description import Registry
from sortition.registry.duck import database
from sortition.registry.source import open_registries, open_registry
from tests.registry.making import people, write_csv, write_parquet

ROWS = people(250)


def content(registry: Registry, columns: Sequence[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for partition in registry.partitions:
        with database(2) as here:
            asked = partition.select(here, columns, placed=True)
            own = here.execute(f"SELECT * FROM ({asked}) ORDER BY place").fetchall()
        assert [place for *_, place in own] == [*range(partition.rows)]
        rows += [tuple(map(partition.shown, cells)) for *cells, _ in own]
    return rows


EXPECTED = [tuple(row.values()) for row in ROWS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("read_whole", [0, 1_000_000])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_whole_and_streamed(
    tmp_path: Path, encoding: str, read_whole: int, delimiter: str
) -> None:
    path = write_csv(tmp_path / "r.csv", ROWS, encoding=encoding, delimiter=delimiter)
    registry = open_registry(path, read_whole=read_whole)
    assert registry.columns == tuple(ROWS[0])
    assert content(registry, registry.columns) == EXPECTED
    named = {"cp1252": "windows-1252"}.get(encoding, encoding)
    assert (registry.header.encoding, registry.header.delimiter) == (named, delimiter)
    assumed = {finding.code for finding in registry.assumed}
    assert ("encoding-assumed" in assumed) == (encoding == "cp1252")
    assert registry.digests == open_registry(path).digests


@pytest.mark.parametrize("read_whole", [0, 1_000_000])
def test_a_list_of_ours_is_read_as_it_came(tmp_path: Path, read_whole: int) -> None:
    path = tmp_path / "invited.csv"
    path.write_text("id,'=navn,wave\n'-7,'+45,1\n'8,Ib,1\n")
    read = open_registry(path, read_whole=read_whole)
    assert content(read, ["id", "=navn"]) == [("-7", "+45"), ("'8", "Ib")]


@pytest.mark.parametrize("parts", [1, 7])
def test_parquet_files_and_folders(tmp_path: Path, parts: int) -> None:
    folder = write_parquet(tmp_path / "r", ROWS, parts=parts, group=20)
    registry = open_registry(folder)
    assert content(registry, registry.columns) == EXPECTED
    assert len(registry.digests) == parts
    one = open_registry(next(iter(sorted(folder.iterdir()))))
    assert content(one, one.columns) == EXPECTED[: -(-250 // parts)]


def test_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    book.save(tmp_path / "r.xlsx")
    assert content(open_registry(tmp_path / "r.xlsx"), list(ROWS[0])) == EXPECTED


def test_a_sheet_that_was_cut_off(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "navn"])
    for column, text in enumerate(("P1", "Ib"), start=1):
        sheet.cell(1_048_576, column, text)
    book.save(tmp_path / "r.xlsx")
    assert codes(tmp_path / "r.xlsx") == ["registry-cut-off"]


def codes(*paths: Path, read_whole: int = 1_000_000) -> list[str]:
    with pytest.raises(InputErrors) as caught:
        open_registries(paths, read_whole=read_whole)
    return [fault.code for fault in caught.value.faults]


def test_files_that_are_no_registry(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "empty") == ["registry-folder-empty"]
    assert codes(tmp_path / "none.parquet") == ["file-missing"]
    (tmp_path / "half.parquet").write_bytes(b"PAR1 and nothing else")
    assert codes(tmp_path / "half.parquet") == ["registry-not-parquet"]
    (tmp_path / "twice.csv").write_text("id,id\n1,2\n")
    assert codes(tmp_path / "twice.csv", read_whole=0) == ["registry-header"]
    (tmp_path / "nul.csv").write_bytes(b"id,a\n1,\0\n")
    assert codes(tmp_path / "nul.csv", read_whole=0) == ["wrong-encoding"]
    (tmp_path / "header.csv").write_text("id,a\n")
    assert codes(tmp_path / "header.csv", read_whole=0) == ["header-only"]


def test_files_with_other_columns(tmp_path: Path) -> None:
    folder = write_parquet(tmp_path / "r", ROWS, parts=2)
    duckdb.execute(f"COPY (SELECT 'x' AS id) TO '{folder / 'z.parquet'}'")
    assert codes(folder) == ["registry-parquet-columns"]
    one = write_csv(tmp_path / "one.csv", ROWS)
    (tmp_path / "two.csv").write_text("id,sted\nQ1,Nord\n")
    assert codes(one, tmp_path / "two.csv") == ["registry-columns-differ"]


@pytest.mark.parametrize(
    ("line", "code"), [("P9,Ib,more", "row-too-long"), ('P9,"Ib', "csv-quotes")]
)
def test_a_streamed_row_that_cannot_be_read(tmp_path: Path, line: str, code: str) -> None:
    (tmp_path / "r.csv").write_text(f"id,navn\nP1,Bo\n{line}\n")
    with pytest.raises(InputErrors) as caught:
        open_registry(tmp_path / "r.csv", read_whole=0)
    (fault,) = caught.value.faults
    assert (fault.code, fault.row) == (code, 3)


CELLS = ["", "a", " b", "c ", "0017", "NULL", "\\", "#d", "æ", "\xa0", '"q"', '""', '"""x"""']
QUOTED = ['"l\nm"', '"l\r\nm"', '"a;b"', 'd"e', '"f"g', ' "h"', '"i', '"j" ']
ENDS = ["\n", "\r\n", "\r"]


@given(
    st.lists(st.lists(st.sampled_from(CELLS + QUOTED), min_size=1, max_size=4), max_size=4),
    st.lists(st.sampled_from(ENDS), min_size=4, max_size=4),
    st.booleans(),
)
def test_a_stream_has_the_cells_that_python_reads(
    rows: list[list[str]], ends: list[str], windows: bool
) -> None:
    body = "".join(";".join(row) + end for row, end in zip(rows, ends, strict=False))
    encoding = "cp1252" if windows else "utf-8"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_bytes(("id;b;c\nø;;\n" + body).encode(encoding))
        try:
            records = list(csv.reader(StringIO(body, newline=""), delimiter=";", strict=True))
        except csv.Error:
            # a row that is too long may come first
            assert codes(path, read_whole=0) in (["row-too-long"], ["csv-quotes"])
            return
        if any(any(record[3:]) for record in records):
            assert codes(path, read_whole=0) == ["row-too-long"]
            return
        trimmed = [[cell.strip() for cell in [*record, "", ""][:3]] for record in records]
        expected = [("ø", "", ""), *(tuple(cells) for cells in trimmed if any(cells))]
        assert content(open_registry(path, read_whole=0), ["id", "b", "c"]) == expected


def test_signs_that_only_windows_knows(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("id;navn\nP1;Bo – “Ib”\nP2;€\n".encode("cp1252"))
    registry = open_registry(path, read_whole=0)
    assert content(registry, ["id", "navn"]) == [("P1", "Bo – “Ib”"), ("P2", "€")]
    path.write_bytes(b"id;navn\nP1;\x81\xe6\n")
    assert codes(path, read_whole=0) == ["wrong-encoding"]


def test_columns_that_differ_in_capitals_alone(tmp_path: Path) -> None:
    lower = write_csv(tmp_path / "r.csv", [{"id": "1", "Id": "2", "ID": "3", "it's": "4"}])
    registry = open_registry(lower, read_whole=0)
    assert content(registry, ["ID", "it's", "id"]) == [("3", "4", "1")]


def test_several_registries_are_one(tmp_path: Path) -> None:
    paths = [write_csv(tmp_path / "a.csv", ROWS[:100]), write_csv(tmp_path / "b.csv", ROWS[100:])]
    assert content(open_registries(paths), list(ROWS[0])) == EXPECTED


def test_types_that_are_not_text(tmp_path: Path) -> None:
    duckdb.execute(
        f"""
        COPY (
            SELECT 1 AS id, 'x' AS a, [1] AS b, true AS c, 1e0 AS d, 'æ'::BLOB AS e,
                {{'f': 1, 'g': 'h'}} AS s, TIMESTAMP '2026-01-02 03:04:05' AS t,
                TIMESTAMPTZ '2026-07-02 03:04:05.5+02' AS z
            UNION ALL SELECT 2, NULL, [], NULL, 1e-7, NULL, NULL, NULL, NULL
        ) TO '{tmp_path / "r.parquet"}'
        """.replace("'æ'::BLOB", "encode('æ')")
    )
    registry = open_registry(tmp_path / "r.parquet")
    assert registry.columns == ("id", "a", "b", "c", "d", "e", "s", "t", "z")
    assert content(registry, registry.columns) == [
        (
            *("1", "x", "[1]", "true", "1", "æ", "{'f': 1, 'g': 'h'}"),
            *("2026-01-02 03:04:05.000000", "2026-07-02 01:04:05.500000Z"),
        ),
        ("2", "", "[]", "", "1e-7", "", "", "", ""),
    ]
