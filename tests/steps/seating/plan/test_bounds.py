"""The bound on meetings against every plan there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from tests.steps.seating.plan.making import apart, party, together

from sortition.steps.seating.plan import Problem, figures_of, most_meetings


def seatings(problem: Problem, session: int) -> Iterator[tuple[int | None, ...]]:
    """Every seating of a session with balanced tables, up to the numbers of the tables."""
    present = problem.present(session)
    size, more = divmod(len(present), problem.tables)
    wanted = sorted([size] * (problem.tables - more) + [size + 1] * more)
    for places in product(range(1, problem.tables + 1), repeat=len(present)):
        first_seen = list(dict.fromkeys(places))
        if first_seen == sorted(first_seen) and sorted(Counter(places).values()) == wanted:
            tables = dict(zip(present, places, strict=True))
            yield tuple(tables.get(guest) for guest in range(len(problem.guests)))


def best(problem: Problem) -> int:
    plans = product(*(list(seatings(problem, session)) for session in range(problem.sessions)))
    figures = (figures_of(problem, plan) for plan in plans)
    return max(one.meetings for one in figures if not one.broken)


SMALL = [
    (party(4, 2, 3), True),
    (party(6, 2, 2), True),
    (party(6, 3, 3), True),
    (party(5, 2, 3), False),
    (party(7, 3, 2), True),
    (party(6, 2, 3, absent=[(0, 1), (2, 3)]), False),
    (party(6, 3, 3, rules=[together(0, 1)]), False),
    (party(6, 3, 3, rules=[apart(0, 1, 2)]), False),
    (party(4, 1, 2), True),
    (party(3, 3, 2), True),
]


@pytest.mark.parametrize(("problem", "tight"), SMALL)
def test_no_plan_has_more(problem: Problem, tight: bool) -> None:
    most, reached = most_meetings(problem), best(problem)
    assert most >= reached
    if tight:
        assert most == reached


def test_tables_larger_than_their_number_meet_again() -> None:
    """Nine at a table that come from four tables: at least 2 + 2 + 2 + 3 of them make pairs."""
    forced = 4 * sum(n * (n - 1) // 2 for n in (2, 2, 2, 3))
    assert most_meetings(party(36, 4, 2)) == 2 * 4 * 36 - forced


def test_with_many_sessions_everybody_can_be_met() -> None:
    assert most_meetings(party(8, 2, 20)) == len(list(combinations(range(8), 2)))


def test_the_absent_meet_nobody() -> None:
    absent = [(session, 0) for session in range(9)]
    assert most_meetings(party(5, 2, 9, absent=absent)) == 6


def test_those_kept_apart_never_meet() -> None:
    assert most_meetings(party(6, 3, 30, rules=[apart(0, 1, 2)])) == 15 - 3
