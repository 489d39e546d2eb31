"""CPR numbers come into no file and onto no screen; sheets of workbooks are chosen."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.cli.running import DOCUMENTS, LISTS, Outcome, contents, sortition
from tests.tables.making import write, write_workbook

NUMBERS = [f"{day:02d}0170{1229 + day}" for day in range(1, 13)]
ROWS = [("CPR-nr", "navn", "note")] + [
    (
        number[1:] if number[0] == "0" else f"{number[:6]}-{number[6:]}",
        f"Navn {index}",
        f"se {number}",
    )
    for index, number in enumerate(NUMBERS)
]
QUOTAS = "kriterium,værdi,min,max\nkøn,Kvinde,1,3\nkøn,Mand,1,3\nalder,55,0,2\nalder,56,2,4\n"
OPTIONS = ("--size", "4", "--seed", "1", "--from-cpr", "køn,alder", "--age-on", "2026-01-08")


def _select(folder: Path, *options: str) -> Outcome:
    write(folder / "pool.csv", "".join(",".join(row) + "\n" for row in ROWS))
    write(folder / "quotas.csv", QUOTAS)
    return sortition("select", "pool.csv", "quotas.csv", *OPTIONS, *options, cwd=folder)


def _texts(data: bytes) -> str:
    """What is in a file, and in the parts of a workbook."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return data.decode()


def _numbers_in(text: str) -> list[str]:
    return [number for number in NUMBERS if number[1:] in text.replace("-", "")]


def test_nothing_holds_a_number(tmp_path: Path) -> None:
    done = _select(tmp_path, "--out", "out")
    assert (done.code, done.stderr) == (0, "")
    written = contents(tmp_path / "out")
    assert set(written) == LISTS | DOCUMENTS
    assert _numbers_in(done.stdout) == []
    assert [name for name, data in written.items() if _numbers_in(_texts(data))] == []
    assert written["panel.csv"].decode().startswith("pseudonym,navn,note,køn,alder\n")
    assert sortition("verify", "out", cwd=tmp_path).code == 0


def test_with_a_key_the_run_can_be_repeated(tmp_path: Path) -> None:
    write(tmp_path / "key", bytes(range(32)))
    for out in ("a", "b"):
        assert _select(tmp_path, "--cpr-key", "key", "--out", out).code == 0
    assert contents(tmp_path / "a")["lottery.json"] == contents(tmp_path / "b")["lottery.json"]


def test_numbers_are_written_on_request_to_the_lists_alone(tmp_path: Path) -> None:
    assert _select(tmp_path, "--keep-cpr", "--out", "out").code == 0
    written = {name: _texts(data) for name, data in contents(tmp_path / "out").items()}
    assert {name for name, text in written.items() if _numbers_in(text)} == LISTS - {
        "not_selected.csv"
    }
    assert len(_numbers_in(written["roster.json"])) == len(NUMBERS)
    assert all(f'"{number}"' in written["roster.json"] for number in NUMBERS if number[0] == "0")


def test_faults_show_no_number(tmp_path: Path) -> None:
    write(tmp_path / "pool.csv", "cpr\n010170-1234\n0101701234\n010170-123\n")
    write(tmp_path / "quotas.csv", QUOTAS)
    done = sortition("select", "pool.csv", "quotas.csv", *OPTIONS, "--out", "out", cwd=tmp_path)
    assert done.code == 2
    assert "row 4, column cpr: There is no CPR number in this cell." in done.stderr
    assert "010170" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("day", ["31-13-2026", "2026", "i dag"])
def test_what_is_no_day_is_a_matter_of_usage(tmp_path: Path, day: str) -> None:
    done = _select(tmp_path, "--out", "out", "--age-on", day)
    assert done.code == 2
    assert "--age-on" in done.stderr


def test_sheets_are_chosen(tmp_path: Path) -> None:
    pool = [["id", "a"], ["1", "x"], ["2", "y"]]
    quotas: list[list[object]] = [["feature", "value", "antal"], ["a", "x", 1], ["a", "y", 0]]
    write_workbook(tmp_path / "all.xlsx", [["Vejledning"]], pool, quotas)
    names = ("--pool-sheet", "S2", "--quotas-sheet", "S3")
    call = ("select", "all.xlsx", "all.xlsx", "--size", "1", "--seed", "1")
    assert sortition(*call, *names, "--out", "out", cwd=tmp_path).code == 0
    assert (tmp_path / "out" / "panel.csv").read_bytes() == "\ufeffid;a\n1;x\n".encode()
    compared = sortition("compare", *call[1:5], *names, "--draws", "10", cwd=tmp_path)
    assert compared.code == 0
    wrong = sortition(*call, "--pool-sheet", "S9", "--out", "wrong", cwd=tmp_path)
    assert wrong.code == 2
    assert "There is no sheet “S9”. The workbook has “S1”, “S2”, “S3”." in wrong.stderr
