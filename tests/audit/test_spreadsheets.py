"""Cells that look like formulas, as lists have them and as they came."""

from __future__ import annotations

import pytest

from sortition.audit.spreadsheets import as_it_came, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+45 20", "-7", "@home", "\tx", "\rx", "="])
def test_a_formula_becomes_text_and_comes_back(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert as_it_came(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["", "7", "Ærø-8", " =1", "'", "'ndrangheta", "''-7", "a=b"])
def test_everything_else_stays(cell: str) -> None:
    assert neutral(cell) == cell
    assert as_it_came(cell) == cell
