from __future__ import annotations

import numpy as np

from sortition.core.spread.numbers import Numbers
from sortition.core.spread.seating import seated
from tests.making import counts, types

PAIRS = types(["f", "f", "f", "m", "m"], {"sex": {"f": (1, 2), "m": (1, 2)}}, 3)
COUPLES = types(
    ["f", "m"] * 3, {"sex": {"f": (0, 3), "m": (0, 3)}}, 3, households=[0, 0, 1, 1, 2, 2]
)


def test_everybody_gets_what_she_is_owed() -> None:
    panels = np.array([counts(PAIRS, 0, 1, 3), counts(PAIRS, 0, 3, 4)] * 3)
    owed = np.array([1, 6, 2, 5, 4])
    seats = seated(PAIRS, panels, owed, Numbers(1))
    assert np.bincount(seats.ravel(), minlength=5).tolist() == owed.tolist()
    assert all(len(set(row)) == 3 for row in seats.tolist())
    women = (seats < 3).sum(axis=1)
    assert women.tolist() == [2, 1] * 3


def test_no_two_of_a_household_though_they_are_owed_the_most() -> None:
    panels = np.array([[2, 1], [1, 2], [3, 0]])
    owed = np.array([9, 9, 1, 1, 0, 0])
    seats = seated(COUPLES, panels, owed, Numbers(1))
    assert all({seat // 2 for seat in row} == {0, 1, 2} for row in seats.tolist())
    assert [sum(seat % 2 == 0 for seat in row) for row in seats.tolist()] == [2, 1, 3]
