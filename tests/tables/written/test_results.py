from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook

from sortition.errors import Finding
from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.written.results import (
    LISTS,
    check_destination,
    lists_of,
    write_run,
)
from tests.tables.making import codes, faults_of, write

PANEL = b"id,age\n1,30\n3,50\n"
OTHERS = b"id,age\n2,40\n"


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    (tmp_path / "in").mkdir()
    table = read_table(write(tmp_path / "in" / "pool.csv", "id,age\n3,50\n2,40\n1,30\n"))
    return Roster(table=table, id_column="id", ids=("3", "2", "1"))


def _write(
    directory: Path,
    roster: Roster,
    *,
    selected: tuple[str, ...] = ("1", "3"),
    documents: Mapping[str, bytes] | None = None,
    overwrite: bool = False,
) -> None:
    write_run(
        directory,
        lists=lists_of(roster, selected),
        documents={"report.html": b"<p>"} if documents is None else documents,
        overwrite=overwrite,
    )


def _contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_a_run_is_written(tmp_path: Path, roster: Roster) -> None:
    out = tmp_path / "new" / "out"
    _write(out, roster)
    found = _contents(out)
    assert set(found) == {*LISTS, "report.html"}
    assert (found["panel.csv"], found["not_selected.csv"]) == (PANEL, OTHERS)
    assert found["report.html"] == b"<p>"
    sheet = load_workbook(BytesIO(found["panel.xlsx"])).worksheets[0]
    assert list(sheet.values) == [("id", "age"), ("1", 30), ("3", 50)]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path, roster: Roster) -> None:
    _write(tmp_path / "a", roster)
    _write(tmp_path / "b", roster, selected=("3", "1"))
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path, roster: Roster) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(out / "letter.txt", "keep me")
    _write(out, roster)
    assert set(_contents(out)) == {*LISTS, "report.html", "letter.txt"}
    assert (out / "letter.txt").read_bytes() == b"keep me"


def test_a_former_run_is_replaced_only_with_leave(tmp_path: Path, roster: Roster) -> None:
    out = tmp_path / "out"
    _write(out, roster)
    before = _contents(out)
    assert faults_of(lambda: _write(out, roster, selected=("2",))) == (
        Finding(
            code="output-exists",
            file=str(out),
            facts={"files": "panel.csv, panel.xlsx, not_selected.csv, report.html"},
        ),
    )
    assert _contents(out) == before
    write(out / "letter.txt", "keep me")
    _write(out, roster, selected=("2",), overwrite=True)
    found = _contents(out)
    assert (found["panel.csv"], found["not_selected.csv"]) == (OTHERS, PANEL)
    assert set(found) == {*before, "letter.txt"}


@pytest.mark.parametrize("folder", ["absent", "deep/down/absent", "empty", "former"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, roster: Roster, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    _write(tmp_path / "former", roster)
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    broken = {"report.html": b"new", "z.json": cast(bytes, "not bytes")}
    with pytest.raises(TypeError):
        _write(tmp_path / folder, roster, documents=broken, overwrite=True)
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_an_interruption_leaves_what_was_there(tmp_path: Path, roster: Roster) -> None:
    """A reader that is interrupted in the middle of the documents, as Ctrl-C would do it."""
    script = """
import sys
from pathlib import Path
from sortition.tables.reading import read_table
from sortition.tables.written.results import lists_of, write_run
from sortition.tables.roster import Roster
def stop(event, args):
    if event == "open" and str(args[0]).endswith("z.json"):
        raise KeyboardInterrupt
sys.addaudithook(stop)
table = read_table(Path("in/pool.csv"))
roster = Roster(table=table, id_column="id", ids=("3", "2", "1"))
documents = {"report.html": b"new", "z.json": b"{}"}
lists = lists_of(roster, ["2"])
write_run(Path("out"), lists=lists, documents=documents, overwrite=True)
"""
    _write(tmp_path / "out", roster)
    before = _contents(tmp_path / "out")
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "KeyboardInterrupt" in run.stderr
    assert _contents(tmp_path / "out") == before
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}


def test_a_file_in_the_way(tmp_path: Path, roster: Roster) -> None:
    path = write(tmp_path / "out", "a file")
    assert faults_of(lambda: _write(path, roster)) == (
        Finding(code="output-is-a-file", file=str(path)),
    )
    assert codes(faults_of(lambda: _write(path / "below", roster))) == ["output-is-a-file"]


def test_a_folder_in_the_place_of_a_file(tmp_path: Path, roster: Roster) -> None:
    (tmp_path / "panel.csv").mkdir()
    faults = faults_of(lambda: _write(tmp_path, roster, overwrite=True))
    assert faults == (Finding(code="output-name-is-a-folder", file=str(tmp_path / "panel.csv")),)


@pytest.mark.parametrize("overwrite", [True, False])
def test_inputs_are_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    pool = write(tmp_path / "panel.csv", "id\n1\n")
    quotas = write(tmp_path / "quotas.csv", "x\n")
    (tmp_path / "link").symlink_to(tmp_path)
    for directory in (tmp_path, tmp_path / "link", tmp_path / "link" / ".." / tmp_path.name):
        faults = faults_of(
            lambda directory=directory: check_destination(  # type: ignore[misc]
                directory, overwrite, inputs=(quotas, pool)
            )
        )
        assert faults == (
            Finding(code="output-would-overwrite-input", file=str(directory / "panel.csv")),
        )


def test_inputs_beside_the_results_do_no_harm(tmp_path: Path) -> None:
    pool = write(tmp_path / "pool.csv", "id\n1\n")
    check_destination(tmp_path, False, inputs=(pool,), documents=("report.html",))
    check_destination(tmp_path / "new" / "out", False, inputs=(pool,))
    assert [path.name for path in tmp_path.iterdir()] == ["pool.csv"]


@pytest.mark.parametrize("name", ["panel.csv", "Panel.CSV", "../x", "a/b", "", ".."])
def test_impossible_names_of_documents(tmp_path: Path, roster: Roster, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        _write(tmp_path / "out", roster, documents={name: b""})
    assert not (tmp_path / "out").exists()


def test_strangers_are_not_selected(tmp_path: Path, roster: Roster) -> None:
    with pytest.raises(ValueError, match="roster"):
        _write(tmp_path / "out", roster, selected=("1", "9"))
    assert not (tmp_path / "out").exists()
