from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.errors import Finding
from sortition.instance.households import find_households
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from tests.budgets import examples
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


def test_an_address_counts_only_if_all_of_its_columns_do(tmp_path: Path) -> None:
    numbers, assumed = _households(
        tmp_path, "1,,", "2,,", "3,Elm 1,", "4,,1000", "5,,1000", "6,Elm 1,1000", "7,elm 1,1000"
    )
    assert numbers == (None, None, None, None, None, 0, 0)
    told = partial(Finding, file="p.csv")
    assert assumed == (
        told(code="address-blank", facts={"count": 2, "rows": "2-3"}),
        told(code="address-half", column="street", facts={"count": 2, "rows": "5-6"}),
        told(code="address-half", column="zip", facts={"count": 1, "rows": "4"}),
        told(code="households-found", facts={"households": 1, "people": 2, "largest": 2}),
    )


NONE = ["Ukendt", "HEMMELIG", "hemmelig adresse", "-", "–", "n/a", "N.A.", "?", "...", "unknown"]
NONE += ["Adressebeskyttet", "navne- og adressebeskyttelse", "(beskyttet)"]
NONE += ["okänd", "skyddad adress", "unbekannt", "Address withheld", "ingen fast bopæl", "xxx"]


@pytest.mark.parametrize("word", NONE)
def test_a_word_in_place_of_an_address_makes_no_household(tmp_path: Path, word: str) -> None:
    rows = [f"1,{word},1000", f"2,{word},1000", "3,Elm 1,1000", "4,Elm 1,1000"]
    numbers, assumed = _households(tmp_path, *rows)
    assert numbers == (None, None, 0, 0)
    finding = next(one for one in assumed if one.code == "address-word")
    assert (finding.column, finding.facts["rows"]) == ("street", "2-3")


@pytest.mark.parametrize(
    "street", ["Ø 1", "No 7", "Ukendtvej 3", "Hemmeligstien 1", "Naae", "1", "Ö", "東1"]
)
def test_what_could_be_an_address_is_one(tmp_path: Path, street: str) -> None:
    assert _households(tmp_path, f"1,{street},1000", f"2,{street},1000")[0] == (0, 0)


def test_an_uncommonly_large_household_is_named_and_stays_one(tmp_path: Path) -> None:
    rows = [f"{number},Elm 1,1000" for number in range(6)] + ["7,Ash 2,1000"]
    numbers, assumed = _households(tmp_path, *rows)
    assert numbers == (0,) * 6 + (None,)
    assert [one.facts for one in assumed if one.code == "household-large"] == [
        {"count": 6, "rows": "2-7"}
    ]
    assert not [one for one in _households(tmp_path, *rows[1:])[1] if one.code == "household-large"]


CELL = st.sampled_from(["", "Elm 1", "elm  1", "Ash 2", "Ukendt", "n/a", "-", "1000", "2000"])


@settings(max_examples=examples(30), deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12))
def test_households_are_pairs_of_equal_and_whole_addresses(rows: list[tuple[str, str]]) -> None:
    """By brute force over all pairs."""
    lines = [(str(number), *row) for number, row in enumerate(rows)]
    table = Table.of_rows(("id", "street", "zip"), lines)
    numbers, _ = find_households(table, ("street", "zip"))
    whole = [set(row).isdisjoint({"", "Ukendt", "n/a", "-"}) for row in rows]
    same = [tuple(" ".join(cell.casefold().split()) for cell in row) for row in rows]
    for one in range(len(rows)):
        for other in range(one):
            together = whole[one] and whole[other] and same[one] == same[other]
            assert (numbers[one] is not None and numbers[one] == numbers[other]) == together


def test_cells_do_not_run_together(tmp_path: Path) -> None:
    assert _households(tmp_path, "1,Elm 1,1000", "2,Elm,1 1000")[0] == (None, None)


def test_without_columns_nobody_shares(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", HEAD + "1,Elm 1,1\n2,Elm 1,1\n"))
    assert find_households(table, ()) == ((None, None), ())
