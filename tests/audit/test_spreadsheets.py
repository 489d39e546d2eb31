"""Cells that look like formulas, as lists have them and as they came."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.audit.spreadsheets import as_it_came, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+45 20", "-7", "@home", "\tx", "\rx", "="])
def test_a_formula_becomes_text_and_comes_back(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert as_it_came(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["", "7", "Ærø-8", " =1", "'", "'ndrangheta", "'7", "a=b"])
def test_everything_else_stays(cell: str) -> None:
    assert neutral(cell) == cell
    assert as_it_came(cell) == cell


@given(cell=st.text(st.one_of(st.sampled_from("'=+-@\t\r 1"), st.characters()), max_size=8))
def test_no_two_cells_are_written_alike(cell: str) -> None:
    assert as_it_came(neutral(cell)) == cell
    telephone = re.fullmatch(r"\+[0-9 ]{6,}", cell)
    assert telephone or not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["+4520304050", "+45 20 30 40 50", "+123456"])
def test_a_telephone_number_stays_one(cell: str) -> None:
    assert neutral(cell) == as_it_came(cell) == as_it_came(f"'{cell}") == cell


@pytest.mark.parametrize("cell", ["+60", "+45 20-30 40 50", "+1+123456", "+123456\n", "+ 123456"])
def test_what_is_more_than_a_telephone_number_is_marked(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
