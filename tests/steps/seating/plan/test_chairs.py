"""Tables of different sizes, and groups that no table has room for."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from tests.steps.seating.plan.making import apart, at_table, party, together

from sortition.errors import InputErrors
from sortition.steps.seating.chairs import Tables, tables_with
from sortition.steps.seating.plan import Seating, clusters_of, seat

STEPS = 2000


def _sizes(seating: Seating) -> list[list[int]]:
    tables = range(1, seating.problem.tables + 1)
    counted = [Counter(table for table in seats if table) for seats in seating.seats]
    return [[count[table] for table in tables] for count in counted]


def test_everybody_has_a_chair_and_free_ones_are_at_the_largest_tables() -> None:
    assert _sizes(seat(party(18, 3, 2, chairs=(4, 6, 8)), seed="1", steps=STEPS)) == [[4, 6, 8]] * 2
    absent = [(1, 0), (1, 5), (1, 7)]
    plan = seat(party(18, 3, 2, chairs=(4, 6, 8), absent=absent), seed="1", steps=STEPS)
    assert _sizes(plan) == [[4, 6, 8], [4, 5, 6]]


def test_tables_of_different_sizes_are_as_mixed_as_their_sizes_let_them() -> None:
    values = ["x"] * 9 + ["y"] * 9
    plan = seat(party(18, 3, 3, values=values, chairs=(4, 6, 8)), seed="1", steps=STEPS)
    for table in plan.figures.tables:
        assert table.counts["f0"] == {"x": table.people // 2, "y": table.people // 2}
    assert plan.figures.uneven == 0


def test_no_plan_has_more_meetings_than_is_said() -> None:
    plan = seat(party(9, 3, 4, chairs=(2, 3, 4)), seed="1", steps=STEPS)
    assert plan.figures.meetings <= plan.most <= 36


def test_rules_hold_at_tables_of_different_sizes() -> None:
    rules = [together(0, 1, 2, 3), apart(4, 5), at_table(1, 7, 8)]
    plan = seat(party(12, 3, 3, rules=rules, chairs=(2, 4, 6)), seed="1", steps=STEPS)
    assert plan.figures.broken == ()
    assert _sizes(plan) == [[2, 4, 6]] * 3
    with pytest.raises(InputErrors) as caught:
        seat(party(12, 3, 1, rules=[at_table(1, 0, 1, 2)], chairs=(2, 4, 6)), seed="1", steps=10)
    assert [fault.facts["seats"] for fault in caught.value.faults] == [2]


@pytest.mark.parametrize(
    ("people", "tables", "groups", "parts"),
    [
        (20, 4, [range(9)], [(5, 4)]),
        (20, 4, [range(9), range(9, 20)], [(5, 5, 1), (5, 4)]),
        (22, 4, [range(12)], [(6, 6)]),
        (20, 4, [range(20)], [(5, 5, 5, 5)]),
    ],
)
def test_a_group_that_no_table_holds_fills_tables_of_its_own(
    people: int, tables: int, groups: list[range], parts: list[tuple[int, ...]]
) -> None:
    values = ["xy"[number % 2] for number in range(people)]
    rules = [together(*group) for group in groups]
    problem = party(people, tables, 2, values=values, rules=rules)
    assert sorted(clusters_of(problem, 0).values()) == sorted(parts)
    plan = seat(problem, seed="1", steps=STEPS)
    assert plan.figures.broken == ()
    for seats in plan.seats:
        for group, sizes in zip(sorted(groups, key=len, reverse=True), parts, strict=True):
            assert sorted(Counter(seats[n] for n in group).values()) == sorted(sizes)


def test_its_people_are_mixed_over_the_sessions() -> None:
    plan = seat(party(20, 4, 4, rules=[together(*range(9))]), seed="1", steps=STEPS)
    met = {
        pair
        for seats in plan.seats
        for pair in combinations(range(9), 2)
        if seats[pair[0]] == seats[pair[1]]
    }
    assert len(met) > 16  # those of one session


@pytest.mark.parametrize(
    ("chairs", "people", "tables"),
    [
        ("6", 36, Tables(count=6)),
        ("6", 37, Tables(count=7)),
        ("7", 20, Tables(count=3)),
        ("6-8", 36, Tables(count=5)),
        ("6–8", 20, Tables(count=3)),
        ("4, 6,8", 18, Tables(count=3, chairs=(4, 6, 8))),
    ],
)
def test_tables_from_chairs(chairs: str, people: int, tables: Tables) -> None:
    assert tables_with(chairs, people) == tables


@pytest.mark.parametrize(
    ("chairs", "people", "code"),
    [
        ("six", 9, "seating-chairs-unclear"),
        ("0", 9, "seating-chairs-unclear"),
        ("8-6", 9, "seating-chairs-unclear"),
        ("4,6", 11, "seating-chairs-too-few"),
        ("6-8", 11, "seating-chairs-none-fit"),
    ],
)
def test_chairs_that_do_not_serve(chairs: str, people: int, code: str) -> None:
    with pytest.raises(InputErrors) as caught:
        tables_with(chairs, people)
    assert [fault.code for fault in caught.value.faults] == [code]
