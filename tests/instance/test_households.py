from __future__ import annotations

from pathlib import Path

from sortition.errors import Finding
from sortition.instance.households import find_households
from sortition.tables.reading import read_table
from tests.tables.making import write

HEAD = "id,street,zip\n"


def _households(tmp_path: Path, *rows: str) -> tuple[tuple[int | None, ...], tuple[Finding, ...]]:
    table = read_table(write(tmp_path / "p.csv", HEAD + "\n".join(rows) + "\n"))
    return find_households(table, ("street", "zip"))


def test_numbers_follow_the_addresses_and_not_the_rows(tmp_path: Path) -> None:
    rows = ["1,Elm 1,1000", "2,Ash 2,1000", "3,Elm 1,1000", "4,Oak 3,1000", "5,Ash 2,1000"]
    assert _households(tmp_path, *rows)[0] == (1, 0, 1, None, 0)
    assert _households(tmp_path, *reversed(rows))[0] == (0, None, 1, 0, 1)


def test_case_and_gaps_do_not_make_two_addresses(tmp_path: Path) -> None:
    rows = ["1,Elm  Street 1,1000", "2,ELM street\u00a01,1000", "3,Elm Street 1,2000"]
    assert _households(tmp_path, *rows)[0] == (0, 0, None)


def test_people_without_an_address_are_no_household(tmp_path: Path) -> None:
    numbers, assumed = _households(tmp_path, "1,,", "2,,", "3,Elm 1,", "4,Elm 1,", "5,elm 1,")
    assert numbers == (None, None, 0, 0, 0)
    assert assumed == (
        Finding(code="address-blank", file="p.csv", facts={"count": 2}),
        Finding(
            code="households-found",
            file="p.csv",
            facts={"households": 1, "people": 3, "largest": 3},
        ),
    )


def test_cells_do_not_run_together(tmp_path: Path) -> None:
    assert _households(tmp_path, "1,Elm 1,1000", "2,Elm,1 1000")[0] == (None, None)


def test_without_columns_nobody_shares(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", HEAD + "1,Elm 1,1\n2,Elm 1,1\n"))
    assert find_households(table, ()) == ((None, None), ())
