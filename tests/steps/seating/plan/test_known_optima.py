"""Schedules that are known to be perfect: everybody meets nobody twice.

The social golfer problem g-s-w asks for g tables of s over w weeks (problem 10 of CSPLib).
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from tests.budgets import in_large
from tests.steps.seating.plan.making import party, together

from sortition.steps.seating.plan import Seats, seat


def meetings(seats: Seats) -> Counter[tuple[int, int]]:
    """How often each pair shares a table, pair by pair."""
    return Counter(
        (one, other)
        for tables in seats
        for one, other in combinations(range(len(tables)), 2)
        if tables[one] == tables[other]
    )


def test_kirkmans_schoolgirls_walk_with_everybody_once() -> None:
    """Kirkman 1850: fifteen, in threes, on seven days, and no two twice abreast."""
    seating = seat(party(15, 5, 7), seed="girls")
    assert all(sorted(Counter(tables).values()) == [3] * 5 for tables in seating.seats)
    assert set(meetings(seating.seats).values()) == {1}
    assert len(meetings(seating.seats)) == 105 == seating.most


@pytest.mark.parametrize(
    ("weeks", "by_exchange"),
    [*((weeks, True) for weeks in range(1, 8)), (7, False), (8, False), (9, False)],
)
def test_eight_foursomes_of_golfers(weeks: int, by_exchange: bool) -> None:
    """A rule, though it changes nothing, leaves the search without its ready schedules."""
    rules = [together(0)] if by_exchange else []
    seating = seat(party(32, 8, weeks, rules=rules), seed="8-4")
    assert by_exchange or seating.steps == 0
    met = meetings(seating.seats)
    assert all(sorted(Counter(tables).values()) == [4] * 8 for tables in seating.seats)
    assert set(met.values()) == {1}
    assert len(met) == weeks * 8 * 6 == seating.most == seating.figures.meetings


@pytest.mark.parametrize(("tables", "size", "weeks"), [(3, 3, 4), (4, 4, 5), (5, 5, 6), (4, 2, 7)])
def test_everybody_meets_everybody_once(tables: int, size: int, weeks: int) -> None:
    """The affine planes of orders 3, 4 and 5, and a round robin of eight."""
    people = tables * size
    seating = seat(party(people, tables, weeks), seed="plane")
    assert len(meetings(seating.seats)) == people * (people - 1) // 2
    assert set(meetings(seating.seats).values()) == {1}


@in_large
def test_six_tables_of_six_have_no_fourth_perfect_session() -> None:
    """Tarry 1901: no two orthogonal Latin squares of order 6, so the fourth session repeats."""
    perfect = seat(party(36, 6, 3), seed="36")
    assert perfect.figures.again == 0
    fourth = seat(party(36, 6, 4), seed="36", steps=20_000)
    assert 0 < fourth.figures.again < 15


@pytest.mark.parametrize("absent", [(), [(0, 1), (1, 2)]])
def test_where_nobody_can_change_seats_nothing_is_searched(absent: list[tuple[int, int]]) -> None:
    assert seat(party(5, 1, 3, absent=absent), seed="1", steps=60_000).steps == 0


def test_the_search_ends_where_meetings_again_are_spread_as_evenly_as_can_be() -> None:
    """Five people at three tables: two meetings a session, so two twice."""
    assert seat(party(5, 3, 6), seed="1", steps=60_000).steps < 1_000
