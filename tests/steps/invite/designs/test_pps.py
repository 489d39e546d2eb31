from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.steps.invite.designs.pps import certain_units, inclusion_probabilities, madow, marks

SIZES = [2, 7, 8, 5, 4, 4]


def test_madow_over_all_starts() -> None:
    assert marks(SIZES, 3) == 30
    drawn = {start: tuple(i + 1 for i in madow(SIZES, 3, start)) for start in range(30)}
    by_range = {(0, 5): (1, 3, 4), (6, 17): (2, 3, 5), (18, 20): (2, 3, 6), (21, 26): (2, 4, 6)}
    by_range[27, 29] = (3, 4, 6)
    for (first, last), units in by_range.items():
        assert {drawn[start] for start in range(first, last + 1)} == {units}
    counts = Counter(unit for units in drawn.values() for unit in units)
    assert [counts[unit] for unit in range(1, 7)] == [6, 21, 24, 15, 12, 12]


def test_certainty_is_iterated() -> None:
    expected = [Fraction(i, 17) for i in range(1, 17)] + [Fraction(1)] * 4
    assert list(inclusion_probabilities(range(1, 21), 12)) == expected
    halves = [Fraction(1)] + [Fraction(1, 2)] * 4
    assert list(inclusion_probabilities([100, 10, 10, 10, 10], 3)) == halves
    assert certain_units([100, 10, 10, 10, 10], 3) == {0}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=7).filter(any), st.data())
def test_counts_over_all_starts_are_the_probabilities(
    sizes: list[int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, sum(1 for size in sizes if size)))
    starts = marks(sizes, n)
    counts: Counter[int] = Counter()
    for start in range(starts):
        drawn = madow(sizes, n, start)
        assert len(drawn) == len(set(drawn)) == n
        counts.update(drawn)
    chances = inclusion_probabilities(sizes, n)
    assert [Fraction(counts[i], starts) for i in range(len(sizes))] == list(chances)
    assert sum(chances) == n


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="fewer units"):
        inclusion_probabilities([1, 0], 2)
    with pytest.raises(ValueError, match="negative"):
        inclusion_probabilities([1, -1], 1)
    with pytest.raises(ValueError, match="start"):
        madow(SIZES, 3, 30)
