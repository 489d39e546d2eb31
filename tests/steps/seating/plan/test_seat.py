"""What holds of every seating plan."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.budgets import examples
from tests.steps.seating.plan.making import apart, at_table, party, together

from sortition.errors import InputErrors
from sortition.steps.seating.plan import Problem, Rule, Seats, figures_of, seat

STEPS = 400


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems with guests of two features, absences and rules."""
    tables = draw(st.integers(1, 4))
    people = draw(st.integers(tables, 14))
    sessions = draw(st.integers(1, 4))
    values = draw(st.lists(st.text("ab", min_size=2, max_size=2), min_size=people, max_size=people))
    away = st.tuples(st.integers(0, sessions - 1), st.integers(0, people - 1))
    absent = draw(st.sets(away, max_size=people - tables))
    few = st.sets(st.integers(0, people - 1), min_size=1, max_size=3)
    rules: list[Rule] = []
    for kind in draw(st.lists(st.sampled_from(["together", "apart", "table"]), max_size=3)):
        guests = sorted(draw(few))
        if kind == "table":
            rules.append(at_table(draw(st.integers(1, tables)), *guests))
        else:
            rules.append((together if kind == "together" else apart)(*guests))
    return party(people, tables, sessions, values=values, rules=rules, absent=list(absent))


def check(problem: Problem, seats: Seats) -> None:
    assert len(seats) == problem.sessions
    for session, tables in enumerate(seats):
        # one place for each guest: nobody sits at two tables, and who is there sits at one
        there = {guest for guest, table in enumerate(tables) if table is not None}
        assert there == set(problem.present(session))
        sizes = Counter(tables[guest] for guest in there)
        assert set(sizes) == set(range(1, problem.tables + 1))
        assert max(sizes.values()) - min(sizes.values()) <= 1


@given(problems())
@settings(max_examples=examples(30))
def test_everybody_who_is_there_sits_at_one_of_balanced_tables_and_the_rules_hold(
    problem: Problem,
) -> None:
    try:
        seating = seat(problem, seed="1", steps=STEPS)
    except InputErrors as errors:
        assert errors.faults
        return
    check(problem, seating.seats)
    figures = figures_of(problem, seating.seats)
    assert figures.broken == ()
    assert figures.meetings <= seating.most


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    problem = party(24, 4, 3, values=["ab"[n % 2] + "xyz"[n % 3] for n in range(24)])
    first, second = (seat(problem, seed="a", steps=STEPS).seats for _ in range(2))
    assert first == second
    assert seat(problem, seed="b", steps=STEPS).seats != first


def test_tables_are_mixed_before_meetings_count() -> None:
    """Half are a, half b: three of each at every table of six, though that costs meetings."""
    problem = party(24, 4, 5, values=["ab"[n % 2] for n in range(24)])
    seating = seat(problem, seed="1", steps=10_000)
    assert seating.figures.uneven == 0
    for tables in seating.seats:
        even = Counter(table for guest, table in enumerate(tables) if guest % 2 == 0)
        assert set(even.values()) == {3}
    assert seating.chance.uneven > 0
    assert seating.figures.meetings > seating.chance.meetings


def test_an_interpreter_sits_with_her_people_and_facilitators_one_a_table() -> None:
    rules = [together(0, 1, 2), at_table(3, 0), apart(10, 11, 12, 13, 14, 15)]
    problem = party(36, 6, 4, rules=rules)
    seating = seat(problem, seed="1", steps=5_000)
    for tables in seating.seats:
        assert {tables[guest] for guest in (0, 1, 2)} == {3}
        assert {tables[guest] for guest in range(10, 16)} == {1, 2, 3, 4, 5, 6}
    assert seating.figures.again < seating.chance.again


def test_couples_do_not_sit_with_the_same_people_each_time() -> None:
    """Blocks move as a whole, so twelve couples at six tables meet many others."""
    couples = [together(2 * n, 2 * n + 1) for n in range(12)]
    seating = seat(party(24, 6, 4, rules=couples), seed="1", steps=10_000)
    assert seating.figures.broken == ()
    # a couple meets one other couple at a table of four; four of them in four sessions
    assert seating.figures.meetings == 12 + 4 * 12 * 4 // 2


def test_after_a_plan_was_made_an_absence_moves_as_few_as_can_be() -> None:
    problem = party(18, 3, 4, values=["ab"[n % 2] for n in range(18)])
    plan = seat(problem, seed="1", steps=5_000).seats
    table = plan[2].index(1)
    leaving = [guest for guest, place in enumerate(plan[2]) if place == plan[2][table]][:3]
    changed = party(
        18,
        3,
        4,
        values=["ab"[n % 2] for n in range(18)],
        absent=[(2, guest) for guest in leaving],
        former=plan,
        held=2,
    )
    after = seat(changed, seed="1", steps=5_000)
    check(changed, after.seats)
    assert after.seats[:2] == plan[:2]
    # three of six are left at one table: two others must come for tables of five
    assert len(after.figures.moved) == 2
    assert {session for session, _ in after.figures.moved} == {3}
    assert after.seats[3] == plan[3]


def test_who_comes_later_finds_a_seat_and_nobody_moves() -> None:
    plan = seat(party(12, 3, 3), seed="1", steps=2_000).seats
    former = tuple((*tables, None) for tables in plan)
    problem = party(13, 3, 3, former=former, held=1)
    after = seat(problem, seed="1", steps=2_000)
    assert after.seats[0] == former[0]
    assert all(tables[12] is not None for tables in after.seats[1:])
    assert after.figures.moved == ()


def test_nothing_is_left_to_seat_when_all_sessions_were_held() -> None:
    plan = seat(party(6, 2, 2), seed="1", steps=STEPS).seats
    assert seat(party(6, 2, 2, former=plan, held=2), seed="2", steps=STEPS).seats == plan


def test_rules_that_only_together_are_impossible() -> None:
    """Three couples that are each kept from both others need three tables, and there are two."""
    rules = [together(0, 1), together(2, 3), together(4, 5)]
    rules += [apart(0, 2), apart(2, 4), apart(4, 0)]
    with pytest.raises(InputErrors) as caught:
        seat(party(8, 2, 1, rules=rules), seed="1", steps=STEPS)
    (fault,) = caught.value.faults
    assert (fault.code, fault.facts) == ("seating-impossible", {"session": 1})
