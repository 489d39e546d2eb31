from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from sortition.errors import InputErrors
from sortition.registry.description import Registry
from sortition.registry.source import open_registries, open_registry
from tests.registry.making import people, write_csv, write_parquet

ROWS = people(250)


def content(registry: Registry, columns: Sequence[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for partition in registry.partitions:
        for batch in partition.batches(columns):
            cells = [batch.cells(column, range(batch.rows)) for column in columns]
            rows += zip(*cells, strict=True)
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
    ours = open_registry(path, ours=("wave", "ticket"), read_whole=read_whole)
    assert content(ours, ["id", "=navn"]) == [("-7", "+45"), ("'8", "Ib")]
    other = open_registry(path, ours=("ticket",), read_whole=read_whole)
    assert content(other, ["id", "'=navn"]) == [("'-7", "'+45"), ("'8", "Ib")]


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
    pq.write_table(pa.table({"id": ["x"]}), folder / "z.parquet")
    assert codes(folder) == ["registry-parquet-columns"]
    one = write_csv(tmp_path / "one.csv", ROWS)
    (tmp_path / "two.csv").write_text("id,sted\nQ1,Nord\n")
    assert codes(one, tmp_path / "two.csv") == ["registry-columns-differ"]


@pytest.mark.parametrize(
    ("line", "code"), [("P9,Ib,more", "row-too-long"), ('P9,"Ib', "csv-quotes")]
)
def test_a_streamed_row_that_cannot_be_read(tmp_path: Path, line: str, code: str) -> None:
    (tmp_path / "r.csv").write_text(f"id,navn\nP1,Bo\n{line}\n")
    registry = open_registry(tmp_path / "r.csv", read_whole=0)
    with pytest.raises(InputErrors) as caught:
        content(registry, ["id"])
    (fault,) = caught.value.faults
    assert (fault.code, fault.row) == (code, 3)


def test_several_registries_are_one(tmp_path: Path) -> None:
    paths = [write_csv(tmp_path / "a.csv", ROWS[:100]), write_csv(tmp_path / "b.csv", ROWS[100:])]
    assert content(open_registries(paths), list(ROWS[0])) == EXPECTED


def test_types_that_are_not_text(tmp_path: Path) -> None:
    table = pa.table({"id": [1, 2], "a": pa.array(["x", None]), "b": [[1], []], "c": [True, None]})
    pq.write_table(table, tmp_path / "r.parquet")
    registry = open_registry(tmp_path / "r.parquet")
    assert content(registry, ["id", "a", "b", "c"]) == [
        ("1", "x", "[1]", "true"),
        ("2", "", "[]", ""),
    ]
