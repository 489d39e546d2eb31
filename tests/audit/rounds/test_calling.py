from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.audit.rounds.calling import Bound, can_be_filled, first_fitting
from tests.budgets import LARGE

WOMEN, MEN = frozenset("ACE"), frozenset("BD")


def test_the_first_who_fit_are_called() -> None:
    assert first_fitting("ABCDE", [], 2) == ("A", "B")
    one_man = [Bound(people=MEN, lower=1, upper=1), Bound(people=WOMEN, lower=1, upper=1)]
    assert first_fitting("ACBDE", one_man, 2) == ("A", "B")
    assert first_fitting("ABCDE", [Bound(people=MEN, lower=2, upper=2)], 2) == ("B", "D")


def test_nobody_is_called_if_no_people_fit() -> None:
    assert first_fitting("ABC", [Bound(people=MEN, lower=2, upper=2)], 2) is None
    assert first_fitting("AB", [], 3) is None
    assert first_fitting("", [], 1) is None
    assert first_fitting("AB", [Bound(people=WOMEN, lower=0, upper=0)], 2) is None


def test_no_place_calls_nobody() -> None:
    assert first_fitting("AB", [Bound(people=WOMEN, lower=0, upper=1)], 0) == ()


def test_a_long_reserve_of_people_alike_is_no_trouble() -> None:
    order = [f"{number:03}" for number in range(120)]
    odd = frozenset(order[1::2])
    bounds = [
        Bound(people=odd, lower=12, upper=12),
        Bound(people=frozenset(order), lower=0, upper=20),
    ]
    called = first_fitting(order, bounds, 20)
    assert called is not None
    assert len(odd.intersection(called)) == 12
    assert called[:16] == tuple(order[:16])


@given(st.data())
def test_it_is_the_first_set_of_all_in_the_order(data: st.DataObject) -> None:
    """Against every set of people of the reserve, in the order of their places."""
    order = [f"P{number}" for number in range(data.draw(st.integers(0, 8)))]
    places = data.draw(st.integers(0, 4))
    bounds = []
    for _ in range(data.draw(st.integers(0, 4))):
        people = frozenset(id for id in order if data.draw(st.booleans()))
        lower = data.draw(st.integers(0, 2))
        upper = lower + data.draw(st.integers(0, 2))
        bounds.append(Bound(people=people, lower=lower, upper=upper))
    fitting = [
        group
        for group in combinations(order, places)  # in the order of places
        if all(
            bound.lower <= len(bound.people.intersection(group)) <= bound.upper for bound in bounds
        )
    ]
    assert first_fitting(order, bounds, places) == (fitting[0] if fitting else None)
    assert can_be_filled(order, bounds, places) == bool(fitting)


def test_what_takes_too_long_to_count_through_is_not_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twenty-one of twenty houses, one of each, with everybody unlike everybody else."""
    if not LARGE:  # long enough to see that it ends
        monkeypatch.setattr("sortition.audit.rounds.calling.MOST_TRIED", 10_000)
    people = [f"{number:03}" for number in range(60)]
    alone = [Bound(people=frozenset({id}), lower=0, upper=1) for id in people]
    houses = [Bound(people=frozenset(people[n : n + 3]), lower=0, upper=1) for n in range(0, 60, 3)]
    assert can_be_filled(people, [*alone, *houses], 20) is True
    assert can_be_filled(people, [*alone, *houses], 21) is None
