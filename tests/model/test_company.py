from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.model.company import company
from tests.budgets import examples

PEOPLE = "abcdefgh"


@st.composite
def lotteries(draw: st.DrawFn) -> list[tuple[tuple[str, ...], int]]:
    size = draw(st.integers(1, 4))
    panels = st.sets(st.sampled_from(PEOPLE), min_size=size, max_size=size)
    chosen = draw(st.lists(panels.map(sorted).map(tuple), min_size=1, max_size=8, unique=True))
    return [(members, draw(st.integers(1, 9))) for members in chosen]


def tickets_of(panels: list[tuple[tuple[str, ...], int]]) -> list[tuple[str, ...]]:
    return [members for members, weight in panels for _ in range(weight)]


@given(lotteries())
@settings(max_examples=examples(50))
def test_figures_are_those_of_counting_ticket_by_ticket(
    panels: list[tuple[tuple[str, ...], int]],
) -> None:
    tickets = tickets_of(panels)
    people = sorted({one for ticket in tickets for one in ticket})
    held = {one: sum(one in ticket for ticket in tickets) for one in people}
    both = {
        (one, other): sum(one in ticket and other in ticket for ticket in tickets)
        for one in people
        for other in people
        if one != other
    }
    pairs = list(combinations(people, 2))
    forced = {
        pair
        for pair in both
        if 10 * (held[pair[0]] + held[pair[1]] - len(tickets)) >= 9 * held[pair[0]]
    }
    found = company(panels)
    assert found.pairs == len(pairs)
    if pairs:
        assert found.never == pytest.approx(sum(not both[pair] for pair in pairs) / len(pairs))
        apart = [
            (1 - Fraction(held[one] * held[other], len(tickets) ** 2)) ** len(tickets)
            for one, other in pairs
        ]
        assert found.never_independent == pytest.approx(float(sum(apart) / len(pairs)))
    shares = [
        max((both[one, other] / held[one] for other in people if other != one), default=0)
        for one in people
    ]
    assert found.closest == pytest.approx(median(shares))
    free = [both[pair] / held[pair[0]] for pair in both if pair not in forced]
    assert found.closest_highest == pytest.approx(max(free, default=0))
    assert found.nearly_always == sum(10 * both[pair] >= 9 * held[pair[0]] for pair in both)
    assert found.forced == len(forced)
    assert found.certain == sum(held[one] == len(tickets) for one in people)


def test_who_is_on_every_ticket_must_sit_with_everybody() -> None:
    found = company([(("a", "b"), 1), (("a", "c"), 1), (("a", "d"), 1)])
    assert (found.nearly_always, found.forced, found.certain) == (3, 3, 1)
    assert found.closest_highest == pytest.approx(1 / 3)
    assert found.never == 0.5


def test_two_always_and_two_never() -> None:
    # a and b are on all tickets, c and d never with each other
    panels = [(("a", "b", "c"), 3), (("a", "b", "d"), 1)]
    found = company(panels)
    assert found.never == pytest.approx(1 / 6)
    # who are on all four, three and one of them miss each other on one by 1 minus the product
    independent = [0, 1 / 4, 1 / 4, 3 / 4, 3 / 4, 1 - 3 / 16]
    assert found.never_independent == pytest.approx(sum(miss**4 for miss in independent) / 6)
    assert found.closest == 1
    # everybody who is on fewer than nine tenths of all tickets is on few of hers
    assert found.nearly_always == found.forced


def test_a_companion_for_ever() -> None:
    found = company([(("a", "b"), 2), (("c", "d"), 1), (("c", "e"), 1)])
    # a and b with each other, and c on all tickets of d and of e
    assert (found.nearly_always, found.forced) == (4, 0)
    assert found.closest == 1
