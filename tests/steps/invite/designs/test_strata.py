from __future__ import annotations

from fractions import Fraction

import pytest

from sortition.steps.invite.designs.strata import Stratum, allocation_of


def test_a_stratum_has_no_more_letters_than_people() -> None:
    with pytest.raises(ValueError, match="letters"):
        Stratum(values=("a",), population=2, letters=3)
    with pytest.raises(ValueError, match="letters"):
        Stratum(values=("a",), population=2, letters=-1)


def test_rates_are_exact_and_nobody_has_none() -> None:
    assert Stratum(values=(), population=9, letters=3).rate == Fraction(1, 3)
    assert Stratum(values=(), population=0, letters=0).rate == 0


def test_an_allocation_is_sorted_and_adds_up() -> None:
    allocation = allocation_of(["by"], [("b",), ("a",)], [10, 20], [1, 2])
    assert [stratum.values for stratum in allocation.strata] == [("a",), ("b",)]
    assert (allocation.population, allocation.letters) == (30, 3)
