from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest

from sortition.core.spread.numbers import Numbers
from sortition.core.spread.shuffling import shuffled
from tests.budgets import examples


def test_everybody_gets_her_tickets_and_nobody_is_on_one_twice() -> None:
    held = np.array([40, 40, 40, 20, 20, 39, 1])
    seats = shuffled(held, np.arange(7), 40, 5, Numbers(1))
    assert np.bincount(seats.ravel()).tolist() == held.tolist()
    assert all(len(set(row)) == 5 for row in seats.tolist())


def test_of_a_unit_one_person_comes() -> None:
    held = np.array([25, 15, 40, 20, 20])
    seats = shuffled(held, np.array([0, 0, 1, 2, 3]), 40, 3, Numbers(2))
    assert np.bincount(seats.ravel()).tolist() == held.tolist()
    assert all((0 in row) != (1 in row) for row in seats.tolist())


@pytest.mark.parametrize("seed", [1, 2])
def test_every_table_comes_equally_often(seed: int) -> None:
    # three tickets of two of four people, who have two, two, one and one
    pairs = list(combinations(range(4), 2))
    tables = {
        rows
        for rows in product(pairs, repeat=3)
        if Counter(sum(rows, ())) == Counter({0: 2, 1: 2, 2: 1, 3: 1})
    }
    often, numbers = examples(30), Numbers(seed)
    seen = Counter(
        tuple(tuple(sorted(row)) for row in seats.tolist())
        for _ in range(often * len(tables))
        for seats in [shuffled(np.array([2, 2, 1, 1]), np.arange(4), 3, 2, numbers)]
    )
    assert set(seen) == tables
    chi_square = sum((seen[rows] - often) ** 2 / often for rows in tables)
    freedom = len(tables) - 1
    found = f"seed {seed}: {len(tables)} tables, chi-square {chi_square:.1f} for {freedom}"
    assert chi_square < freedom + 5 * (2 * freedom) ** 0.5, found
