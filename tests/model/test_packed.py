from __future__ import annotations

from random import Random

from sortition.model.packed import packed
from tests.budgets import examples

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
    for seed in range(examples(10)):
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
