from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.core.apportionment import sainte_lague
from sortition.errors import InputErrors
from sortition.model.choices import Short
from sortition.steps.invite.designs.allocation import (
    letters_for,
    neyman_weights,
    response_weights,
    whole,
)


def proportional(sizes: list[int], letters: int, *, short: Short = "fail") -> tuple[int, ...]:
    names = [f"s{number}" for number in range(len(sizes))]
    weights = [Fraction(size) for size in sizes]
    return letters_for(weights, sizes, letters, short=short, names=names)


def test_neyman() -> None:
    sizes = [1000, 500, 200]
    weights = neyman_weights(sizes, [Fraction(2), Fraction(5), Fraction(10)])
    assert letters_for(weights, sizes, 100, names=["a", "b", "c"]) == (31, 38, 31)


def test_hamilton_and_sainte_lague_differ_where_they_should() -> None:
    sizes = [53, 24, 23]
    weights = [Fraction(size) for size in sizes]
    assert letters_for(weights, sizes, 7, names="abc") == (4, 2, 1)
    assert letters_for(weights, sizes, 7, names="abc", apportion=sainte_lague) == (3, 2, 2)


def test_answers_are_in_proportion_when_letters_are_adjusted() -> None:
    sizes, rates = [600, 400], [Fraction(2, 100), Fraction(8, 100)]
    letters = letters_for(response_weights(sizes, rates), sizes, 350, names="ab")
    assert letters == (300, 50)
    answers = [n * rate for n, rate in zip(letters, rates, strict=True)]
    assert Fraction(answers[0], answers[1]) == Fraction(600, 400)


def test_a_stratum_that_is_too_small() -> None:
    sizes = [10, 100, 1000]
    weights = [Fraction(1)] * 3
    with pytest.raises(InputErrors) as caught:
        letters_for(weights, sizes, 90, names=["small", "middle", "large"])
    (fault,) = caught.value.faults
    assert (fault.code, fault.value) == ("invite-stratum-short", "small")
    assert fault.facts == {"letters": 30, "people": 10}
    assert letters_for(weights, sizes, 90, short="take-all", names="abc") == (10, 30, 30)
    assert letters_for(weights, sizes, 90, short="reallocate", names="abc") == (10, 40, 40)


@pytest.mark.parametrize("short", ["fail", "reallocate"])
def test_more_letters_than_people(short: Short) -> None:
    with pytest.raises(InputErrors) as caught:
        proportional([2, 3], 6, short=short)
    assert [fault.code for fault in caught.value.faults] == ["invite-too-few-people"]
    assert proportional([2, 3], 6, short="take-all") == (2, 3)


def test_weights_become_integers_in_the_same_proportions() -> None:
    assert whole([Fraction(1, 2), Fraction(1, 3)]) == [3, 2]


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(1, 9)), min_size=1, max_size=8),
    st.integers(0, 60),
    st.sampled_from(["take-all", "reallocate"]),
)
def test_caps_hold_and_letters_add_up(
    strata: list[tuple[int, int]], letters: int, short: Short
) -> None:
    sizes = [size for size, _ in strata]
    weights = [Fraction(weight, 7) for _, weight in strata]
    if letters > sum(sizes) and short == "reallocate":
        return
    given = letters_for(weights, sizes, letters, short=short, names=[""] * len(sizes))
    assert all(0 <= n <= size for n, size in zip(given, sizes, strict=True))
    if short == "reallocate":
        assert sum(given) == letters
    else:
        assert sum(given) <= letters
