"""Which columns the lists of people have."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.running import faults_said, sortition, write_inputs
from tests.tables.making import write_workbook

POOL = """\
id,name,phone,birth year,gender,street
01,Ada,+4520304050,2001,f,Elm 1
02,Bea,+4520304051,1951,f,Elm 2
03,Cyd,+4520304052,2002,m,Elm 1
04,Dan,+4520304053,1952,m,Elm 2
05,Eve,+4520304054,1953,f,Elm 3
06,Fin,+4520304055,2003,m,Elm 3
"""
QUOTAS = """\
feature,value,min,max
gender,f,1,2
gender,m,1,2
age,16-39,1,2
age,40+,1,2
"""
MAP = '[bands.age]\ncolumn = "birth year"\nin = 2026\nranges = ["16-39", "40+"]\n'
SELECT = ("select", "pool.csv", "quotas.csv", "--size", "3", "--seed", "1", "--out", "out")


def _select(folder: Path, *options: str) -> dict[str, list[list[str]]]:
    write_inputs(folder, POOL, QUOTAS)
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    done = sortition(*SELECT, "--map", "map.toml", "--quiet", *options, cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    return {
        name: [line.split(",") for line in (folder / "out" / name).read_text().splitlines()]
        for name in ("panel.csv", "not_selected.csv")
    }


def test_values_that_were_counted_and_addresses_that_are_taken(tmp_path: Path) -> None:
    lists = _select(tmp_path, "--household", "street")
    header, *panel = lists["panel.csv"]
    assert header == ["id", "name", "phone", "birth year", "gender", "street", "age"]
    assert {(row[3] > "1990", row[6]) for row in panel} <= {(True, "16-39"), (False, "40+")}
    header, *others = lists["not_selected.csv"]
    assert header == ["id", "gender", "age", "address_taken_by"]
    lives_at = {row[5]: row[0] for row in panel}
    home = {row.split(",")[0]: row.split(",")[5] for row in POOL.splitlines()}
    assert [row[3] for row in others] == [lives_at[home[row[0]]] for row in others]
    assert sortition("verify", "out", cwd=tmp_path).code == 0


def test_contact_details_of_those_not_drawn_if_they_are_asked_for(tmp_path: Path) -> None:
    listed = _select(tmp_path, "--contacts-of-others")["not_selected.csv"]
    assert listed[0] == ["id", "name", "phone", "birth year", "gender", "street", "age"]


def test_the_folder_is_read_back_without_them(tmp_path: Path) -> None:
    panel = _select(tmp_path, "--household", "street")["panel.csv"]
    gone = panel[1][0]
    (tmp_path / "gone.csv").write_text(f"id\n{gone}\n", encoding="utf-8")
    done = sortition("replace", "out", "--dropouts", "gone.csv", "--seed", "7", cwd=tmp_path)
    assert done.code == 0, done.stderr
    now = (tmp_path / "out" / "replacement-1" / "panel.csv").read_text().splitlines()
    assert now[0] == "id,name,phone,birth year,gender,street,age"
    assert sortition("verify", "out", cwd=tmp_path).code == 0


def test_columns_that_are_written(tmp_path: Path) -> None:
    lists = _select(tmp_path, "--columns", "Phone,age")
    assert lists["panel.csv"][0] == ["id", "phone", "age"]
    assert lists["not_selected.csv"][0] == ["id", "age"]
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*.*sv"))
    assert b"Elm" not in everything and b"Ada" not in everything
    assert sortition("verify", "out", cwd=tmp_path).code == 0


def test_a_column_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    write_inputs(tmp_path, POOL, "".join(QUOTAS.splitlines(keepends=True)[:3]))
    done = sortition(*SELECT, "--columns", "name,mail", cwd=tmp_path)
    (fault,) = faults_said(done)
    assert "column “mail”" in fault and "“phone”" in fault
    assert not (tmp_path / "out").exists()


def _as_workbook(folder: Path, pool: str = POOL) -> None:
    write_inputs(folder, pool, QUOTAS)
    rows = [line.split(",") for line in pool.splitlines()]
    write_workbook(folder / "pool.xlsx", rows)


def test_results_as_tabs_of_the_workbook_that_came_in(tmp_path: Path) -> None:
    _as_workbook(tmp_path)
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    given = ("--map", "map.toml", "--household", "street", "--workbook")
    select = ("select", "pool.xlsx", *SELECT[2:])
    done = sortition(*select, *given, cwd=tmp_path)
    assert done.code == 0, done.stderr
    book = load_workbook(tmp_path / "out" / "workbook.xlsx")
    assert book.sheetnames == ["S1", "panel", "not_selected"]
    assert [cell.value for cell in book["panel"][1]][-1] == "age"
    assert [cell.value for cell in book["not_selected"][1]][-1] == "address_taken_by"
    assert (book["panel"].max_row, book["not_selected"].max_row, book["S1"].max_row) == (4, 4, 7)
    assert sortition("verify", "out", cwd=tmp_path).code == 0
    assert "workbook.xlsx" in done.stdout
    again = sortition(*select, *given, cwd=tmp_path)
    assert again.code == 2 and "workbook.xlsx" in again.stderr
    purged = sortition("purge", "out", "--keep", "panel", "--yes", cwd=tmp_path)
    assert purged.code == 0, purged.stderr
    assert not (tmp_path / "out" / "workbook.xlsx").exists()


def test_a_copy_needs_a_workbook_and_spreads_no_cpr_numbers(tmp_path: Path) -> None:
    _as_workbook(tmp_path, POOL.replace("name", "cpr").replace("Ada", "010170-1234"))
    numbers = "".join(QUOTAS.splitlines(keepends=True)[:3])
    (tmp_path / "quotas.csv").write_text(numbers, encoding="utf-8")
    (fault,) = faults_said(sortition(*SELECT, "--workbook", cwd=tmp_path))
    assert "XLSX" in fault
    select = ("select", "pool.xlsx", *SELECT[2:], "--workbook")
    (fault,) = faults_said(sortition(*select, cwd=tmp_path))
    assert "CPR" in fault and "010170" not in fault
