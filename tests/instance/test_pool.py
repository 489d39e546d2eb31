from __future__ import annotations

import datetime
from pathlib import Path

from sortition.errors import Finding
from sortition.instance.pool import PoolReading, read_pool
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import PoolMember, Quotas
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from tests.tables.making import POOL, QUOTAS, codes, faults_of, places, write, write_workbook


def _quotas(tmp_path: Path) -> Quotas:
    return read_quota_sheet(write(tmp_path / "quotas.csv", QUOTAS)).quotas


def _read(tmp_path: Path, table: Table) -> PoolReading:
    return read_pool(table, _quotas(tmp_path), id_column=None, household_columns=())


def test_members_have_what_the_quotas_need(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "pool.csv", POOL))
    read = _read(tmp_path, table)
    assert read.pool.features == ("age", "gender")
    assert read.pool.members == (
        PoolMember(id="007", values=("16-25", "female")),
        PoolMember(id="008", values=("26+", "male")),
        PoolMember(id="009", values=("26+", "female")),
    )
    assert (read.roster.table, read.roster.id_column) == (table, "id")
    assert read.roster.ids == ("007", "008", "009")


def test_cells_of_the_roster_are_as_they_came(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "pool.csv", "id,Gender,age\nA\u030a,FEMALE,16–25 år\n"))
    read = _read(tmp_path, table)
    assert read.pool.members == (PoolMember(id="Å", values=("16-25", "female")),)
    assert read.roster.table.rows == (("A\u030a", "FEMALE", "16–25 år"),)


def test_a_feature_is_never_taken_for_the_ids(tmp_path: Path) -> None:
    quotas = read_quota_sheet(
        write(tmp_path / "q.csv", "feature,value,amount\nregion_id,1,1\n")
    ).quotas
    table = read_table(write(tmp_path / "pool.csv", "id,region_id\n1,1\n2,1\n"))
    assert read_pool(table, quotas, id_column=None, household_columns=()).roster.id_column == "id"


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "pool.csv", "id,gender\n1,x\n1,male\n,male\n"))
    faults = faults_of(
        lambda: read_pool(
            table, _quotas(tmp_path), id_column=None, household_columns=("street", "zip")
        )
    )
    assert places(faults) == [
        ("feature-without-column", None, "age", ""),
        ("household-column-unknown", None, "street", ""),
        ("household-column-unknown", None, "zip", ""),
        ("unknown-value", 2, "gender", "x"),
        ("id-duplicate", 3, "id", "1"),
        ("id-blank", 4, "id", ""),
    ]
    assert faults[0].facts == {"columns": "“id”, “gender”"}


def test_without_quotas_the_rest_is_checked(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "pool.csv", "id,gender\n1,x\n1,male\n"))
    faults = faults_of(lambda: read_pool(table, None, id_column=None, household_columns=()))
    assert codes(faults) == ["id-duplicate"]


def test_dates_are_faults_only_where_they_decide(tmp_path: Path) -> None:
    day = datetime.date(2025, 5, 10)
    rows: list[list[object]] = [["id", "gender", "age", "joined"], [7, "male", "26+", day]]
    table = read_table(write_workbook(tmp_path / "pool.xlsx", rows))
    read = _read(tmp_path, table)
    assert read.roster.table.rows == (("7", "male", "26+", "2025-05-10"),)
    assert read.assumed[-1] == Finding(
        code="cells-as-text", file="pool.xlsx", sheet="S1", facts={"columns": "“joined”"}
    )
    faults = faults_of(
        lambda: read_pool(table, _quotas(tmp_path), id_column=None, household_columns=("joined",))
    )
    assert places(faults) == [("date-cell", 2, "joined", "2025-05-10")]
