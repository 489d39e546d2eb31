from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.model.company import company, packed
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


# people 0 to 299, of whom each thirty in a row are alike
ALIKE = [[f"P{one:03d}" for one in range(first, first + 30)] for first in range(0, 300, 30)]


def dealt(generator: Random) -> list[list[int]]:
    """Tickets with two or three seats for each thirty that are alike."""
    tickets = []
    for _ in range(1000):
        seats = [2 + (kind < 4) for kind in generator.sample(range(10), 10)]
        people = [generator.sample(range(30), count) for count in seats]
        tickets.append([30 * kind + one for kind, those in enumerate(people) for one in those])
    return tickets


def panels_of(tickets: list[list[int]]) -> list[tuple[tuple[str, ...], int]]:
    return [(tuple(sorted(f"P{one:03d}" for one in ticket)), 1) for ticket in tickets]


def test_nobody_is_suspected_where_all_was_left_to_chance() -> None:
    for seed in range(20):
        assert not list(packed(panels_of(dealt(Random(seed))), ALIKE)), seed


def test_eleven_of_twelve_friends_on_36_tickets_are_found() -> None:
    tickets = dealt(Random(7))
    held = [sum(one in ticket for ticket in tickets) for one in range(300)]
    friends = [25 * number for number in range(12)]
    pack(tickets, friends, on=36)
    assert held == [sum(one in ticket for ticket in tickets) for one in range(300)]
    assert all(len(set(friends).intersection(ticket)) >= 11 for ticket in tickets[:36])
    names = {f"P{one:03d}" for one in friends}
    found = list(packed(panels_of(tickets), ALIKE))
    assert {pair.one for pair in found} >= names
    assert {pair.other for pair in found} >= names
    for pair in found:
        both = {pair.one, pair.other}
        assert pair.shared == sum(both <= set(members) for members, _ in panels_of(tickets))


def test_of_people_who_are_like_nobody_else_nothing_is_said() -> None:
    tickets = dealt(Random(7))
    pack(tickets, [25 * number for number in range(12)], on=36)
    assert not list(packed(panels_of(tickets), [[f"P{one:03d}"] for one in range(300)]))


def pack(tickets: list[list[int]], friends: list[int], *, on: int) -> None:
    """Exchange seats with people who are alike, so that quotas and tickets of each stay."""
    for number, ticket in enumerate(tickets[:on]):
        for friend in friends:
            if friend == friends[number % len(friends)] or friend in ticket:
                continue
            alike = [one for one in ticket if one // 30 == friend // 30 and one not in friends]
            stranger = alike[0]
            source = next(t for t in tickets[on:] if friend in t and stranger not in t)
            ticket[ticket.index(stranger)] = friend
            source[source.index(friend)] = stranger
