from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from sortition.steps.seating.plan.schedules import perfect_sessions


@pytest.mark.parametrize("tables", [2, 3, 4, 5, 7, 8, 9, 11, 16, 25, 27])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_tables_are_full_and_nobody_meets_twice(tables: int, size: int) -> None:
    sessions = perfect_sessions(tables, size)
    if size > tables:
        assert sessions == ()
        return
    assert len(sessions) == tables + (size > 1 and tables % size == 0)
    met: Counter[tuple[int, int]] = Counter()
    for seats in sessions:
        assert Counter(seats.tolist()) == dict.fromkeys(range(tables), size)
        for table in range(tables):
            there = [seat for seat, at in enumerate(seats.tolist()) if at == table]
            met.update(combinations(there, 2))
    assert set(met.values()) <= {1}


@pytest.mark.parametrize("tables", [1, 6, 10, 12, 20])
def test_no_field_no_sessions(tables: int) -> None:
    assert perfect_sessions(tables, 2) == ()
