from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

import pytest

from sortition.model.dispersion import FALSE_ALARM, company, dispersion, most_together

PANELS = [(("a", "c"), 2), (("b", "c"), 1), (("b", "d"), 1)]
HOLDERS = {
    ("age", "old"): ["a", "b"],
    ("age", "young"): ["c", "d"],
    ("sex", "f"): ["a", "d"],
    ("sex", "m"): ["b", "c"],
}


def test_known_answers() -> None:
    found = dispersion(PANELS, HOLDERS)
    assert (found.panels, found.compositions) == (3, 3)
    assert found.company.pairs == 6
    assert found.company.never == 0.5
    # tickets of a, b, c, d: 2, 2, 3, 1 of 4
    chances = [Fraction(x * y, 16) for x, y in combinations((2, 2, 3, 1), 2)]
    expected = sum((1 - chance) ** 4 for chance in chances) / 6
    assert found.company.never_independent == pytest.approx(float(expected))
    # a is always with c, d with b; b half with c; c two of three with a
    assert found.company.closest == pytest.approx((1 + 2 / 3) / 2)
    assert (found.company.nearly_always, found.company.forced, found.company.certain) == (2, 0, 0)
    cells = {(*cell.features, *cell.values): cell for cell in found.intersections}
    old_women = cells["age", "sex", "old", "f"]
    assert (old_women.pool, old_women.mean, old_women.fewest, old_women.most) == (1, 0.5, 0, 1)


def test_who_is_on_every_ticket_must_sit_with_everybody() -> None:
    found = company([(("a", "b"), 1), (("a", "c"), 1), (("a", "d"), 1)])
    assert (found.nearly_always, found.forced, found.certain) == (3, 3, 1)
    assert found.closest_highest == pytest.approx(1 / 3)
    assert found.never == 0.5


def hypergeometric_tail(shared: int, fewer: int, more: int, count: int) -> Fraction:
    ways = sum(comb(more, j) * comb(count - more, fewer - j) for j in range(shared, fewer + 1))
    return Fraction(ways, comb(count, fewer))


@pytest.mark.parametrize(("fewer", "more"), [(3, 5), (31, 72), (72, 72), (150, 400), (500, 900)])
def test_what_is_beyond_the_limit_is_as_rare_as_stated(fewer: int, more: int) -> None:
    limit = most_together(1000, 124_750)(fewer, more)
    if limit < fewer:
        tail = hypergeometric_tail(limit + 1, fewer, more, 1000)
        assert tail * 124_750 <= Fraction(FALSE_ALARM)


def dealt(generator: Random) -> list[list[int]]:
    return [sorted(generator.sample(range(300), 24)) for _ in range(1000)]


def panels_of(tickets: list[list[int]]) -> list[tuple[tuple[str, ...], int]]:
    return [(tuple(f"P{one:03d}" for one in ticket), 1) for ticket in tickets]


def test_eleven_of_twelve_friends_on_36_tickets_are_found() -> None:
    tickets = dealt(Random(7))
    assert company(panels_of(tickets)).packed == 0
    held = [sum(one in ticket for ticket in tickets) for one in range(300)]
    _pack(tickets, friends=12, on=36, at_least=11)
    assert held == [sum(one in ticket for ticket in tickets) for one in range(300)]
    assert all(sum(one < 12 for one in ticket) >= 11 for ticket in tickets[:36])
    assert company(panels_of(tickets)).packed >= 40


def _pack(tickets: list[list[int]], *, friends: int, on: int, at_least: int) -> None:
    """Exchange seats between tickets, so that everybody's number of tickets stays."""
    for number in range(on):
        ticket = tickets[number]
        leave = number % friends
        for friend in range(friends):
            if friend == leave or friend in ticket:
                continue
            source = next(t for t in tickets[on:] if friend in t)
            stranger = next(s for s in ticket if s >= friends and s not in source)
            ticket[ticket.index(stranger)] = friend
            source[source.index(friend)] = stranger
        assert sum(one < friends for one in ticket) >= at_least
