"""Bad input: every fault with its place and its reason, exit code 2, and nothing is written."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.cli.bad_inputs import CASES, Fault
from tests.cli.running import (
    POOL,
    QUOTAS,
    Outcome,
    contents,
    faults_said,
    sortition,
    unboxed,
    write_inputs,
)

USAGE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "words for a number": (("--tickets", "many"), ("--tickets", "whole number")),
    "unknown objective": (("--objective", "luck"), ("--objective", "luck", "leximin", "maximin")),
    "unknown solver": (("--solver", "luck"), ("--solver", "luck", "highs", "cbc")),
    "unknown language": (("--language", "fr"), ("--language", "fr", "en", "da")),
    "half a person": (("--size", "2.5"), ("--size", "2.5", "whole number")),
    "misspelt option": (("--houshold", "age"), ("--houshold", "--household")),
    "option of another tool": (("--check_same_address", "1"), ("Did you mean --household?",)),
    "option of another command": (("--table-size", "6"), ("no option --table-size.",)),
    "third file": (("more.csv",), ("more.csv",)),
}


def select(folder: Path, *options: str) -> Outcome:
    """Run on the files of a folder and see that nothing is written."""
    sized = ("--size", "2", *options)  # the last of two sizes counts
    before = contents(folder)
    done = sortition("select", "pool.csv", "quotas.csv", *sized, "--out", "out", cwd=folder)
    assert "Traceback" not in done.stderr
    assert contents(folder) == before
    assert not (folder / "out").is_dir()
    return done


def assert_said(done: Outcome, expected: list[Fault]) -> None:
    said = faults_said(done)
    assert len(said) == len(expected), said
    for line, (place, reason) in zip(said, expected, strict=True):
        assert line.startswith(place), line
        assert reason in line.removeprefix(place), line


@pytest.mark.parametrize("name", CASES)
def test_faults(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    write_inputs(tmp_path, case.pool, case.quotas)
    assert_said(select(tmp_path, *case.options), case.expected)


@pytest.mark.parametrize("columns", ["", "age,"])
def test_a_blank_household_column_is_not_no_rule(tmp_path: Path, columns: str) -> None:
    """It is what a shell makes of a variable that is not set."""
    write_inputs(tmp_path)
    done = select(tmp_path, "--household", columns)
    assert_said(done, [("pool.csv: There is no column “” ", "to make an address of")])


@pytest.mark.parametrize("fault", USAGE)
def test_usage(tmp_path: Path, fault: str) -> None:
    options, words = USAGE[fault]
    write_inputs(tmp_path)
    done = select(tmp_path, *options)
    assert (done.code, done.stdout) == (2, "")
    said = unboxed(done.stderr)
    assert [word for word in words if word not in said] == [], said


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("pool.csv", "quotas.csv"), "--size"),
        (("pool.csv", "--size", "2"), "QUOTAS"),
        (("--size", "2"), "POOL"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, arguments: tuple[str, ...], missing: str) -> None:
    write_inputs(tmp_path)
    before = contents(tmp_path)
    done = sortition("select", *arguments, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert f"\n{missing} is missing: " in done.stderr
    assert contents(tmp_path) == before


def test_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = sortition("select", "folder", "no/where.csv", "--size", "2", cwd=tmp_path)
    assert_said(
        done,
        [
            ("folder is a folder.", "Give the name of a file in it"),
            ("There is no file no/where.csv.", "spelling"),
        ],
    )
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_workbook_by_name_alone(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    (tmp_path / "pool.csv").rename(tmp_path / "pool.xlsx")
    done = sortition("select", "pool.xlsx", "quotas.csv", "--size", "2", cwd=tmp_path)
    assert_said(done, [("pool.xlsx: ", "no workbook that can be read")])


def test_faults_of_all_files_and_options_are_told_together(tmp_path: Path) -> None:
    write_inputs(
        tmp_path,
        POOL.replace("P3,male", "P1,mlae").replace("P6,male,old", "P6,,"),
        QUOTAS.replace("young,0,2", "young,2,1").replace("old,0", "old,x"),
    )
    (tmp_path / "out").write_text("in the way")
    call = ("select", "pool.csv", "quotas.csv", "--size", "0", "--seed", "", "--out", "out")
    assert_said(
        sortition(*call, cwd=tmp_path),
        [
            ("Results go to a folder, but ", "out is a file"),
            ("The seed is empty. ", "--seed"),
            ("quotas.csv, row 4: The minimum 2 ", "larger than the maximum 1"),
            ("quotas.csv, row 5, column min: “x” ", "not a whole number"),
            ("pool.csv, row 4, column id: The id “P1” ", "is also in row 2"),
            ("A panel cannot have 0 people. ", "1 or more"),
        ],
    )
    assert (tmp_path / "out").read_text() == "in the way"


@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"id,gender,age\n"])
def test_random_bytes(tmp_path: Path, start: bytes) -> None:
    noise = random.Random(1).randbytes(3000)
    write_inputs(tmp_path, start + noise, noise.replace(b"\0", b"\n"))
    assert faults_said(select(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be any bytes")
def test_the_name_of_a_file_may_be_any_bytes(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    pool = (tmp_path / "pool.csv").rename(tmp_path / "deltagere_\udcf8st.csv").name
    done = sortition("select", pool, "quotas.csv", "--size", "2", "--out", "out", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert "deltagere_" in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only there may an argument be any bytes")
def test_a_seed_that_is_no_text(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    done = select(tmp_path, "--seed", "fr\udcf8")
    assert (done.code, done.stdout) == (2, "")
    assert "seed" in done.stderr
