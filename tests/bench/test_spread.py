from __future__ import annotations

import numpy as np
import pytest

from sortition.bench.spread import spread_of


def test_by_hand() -> None:
    # P0 and P1 always together, P2 and P3 never with each other, P0 and P1 of one type
    seats = np.array([[0, 1, 2], [0, 1, 3], [0, 1, 2], [0, 1, 2]])
    found = spread_of(seats, np.array([0, 0, 1, 2]))
    assert (found.compositions, found.panels) == (2, 2)
    assert found.never == pytest.approx(1 / 6)
    # who are on all four, three and one of them miss each other on one by 1 minus the product
    independent = [0, 1 / 4, 1 / 4, 3 / 4, 3 / 4, 1 - 3 / 16]
    assert found.never_independent == pytest.approx(sum(miss**4 for miss in independent) / 6)
    assert found.closest == 1
    # everybody who is on fewer than nine tenths of all tickets is on few of hers
    assert found.always == 0


def test_a_companion_for_ever() -> None:
    seats = np.array([[0, 1], [0, 1], [2, 3], [2, 4]])
    found = spread_of(seats, np.arange(5))
    # 0 and 1 with each other, and 2 on all tickets of 3 and of 4
    assert found.always == 4
    assert found.closest == 1
