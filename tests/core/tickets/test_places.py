from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sortition.core.tickets.places import seat
from sortition.core.types import Ints, Types
from tests.making import counts, types

# two of four women and one of three men, by age
TYPES = types(
    ["f a", "f a", "f b", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (2, 2), "m": (1, 1)}, "age": {"a": (1, 2), "b": (1, 2)}},
    3,
)
# the women are 0 to 3, the men 4 to 6
AA, BB, AB, AB_B = ((0, 1, 5), (2, 3, 4), (0, 2, 4), (0, 2, 5))
IDS = [f"P{n}" for n in range(30)]


def held(seated: Ints, people: int) -> list[int]:
    shares: list[int] = np.bincount(seated.ravel(), minlength=people).tolist()
    return shares


def test_places_rotate_within_a_type() -> None:
    tickets = np.array([counts(TYPES, *panel) for panel in [AB, AB, AA, BB, AB_B]])
    seated = seat(TYPES, tickets, key="k", ids=IDS)
    assert seated.shape == (5, 3)
    assert all(list(row) == sorted(set(row)) for row in seated.tolist())
    shares = held(seated, 7)
    for members, places in zip(TYPES.members, tickets.sum(axis=0).tolist(), strict=True):
        of_type = [shares[position] for position in members]
        assert sum(of_type) == places
        assert max(of_type) - min(of_type) <= 1


def test_the_key_decides_who_begins() -> None:
    tickets = np.array([counts(TYPES, *AB), counts(TYPES, *AB_B)])
    seated = [seat(TYPES, tickets, key=str(key), ids=IDS).tolist() for key in range(20)]
    assert seated == [seat(TYPES, tickets, key=str(key), ids=IDS).tolist() for key in range(20)]
    assert len(set(map(str, seated))) > 3


def test_a_type_that_is_taken_whole() -> None:
    seated = seat(TYPES, np.array([counts(TYPES, *AA)] * 4), key="k", ids=IDS)
    assert held(seated, 7)[:2] == [4, 4]
    assert sorted(held(seated, 7)[5:]) == [2, 2]


# four couples, a woman and a man each; three with two women and a child; and two people alone
COUPLES = types(
    ["f", "m"] * 4 + ["f", "f", "c"] * 3 + ["f", "m"],
    {"kind": {"f": (0, 9), "m": (0, 9), "c": (0, 9)}},
    5,
    households=[n // 2 for n in range(8)] + [10 + n // 3 for n in range(9)] + [None, None],
)


def random_tickets(types: Types, count: int, seed: int) -> Ints:
    """Panels over types, drawn person by person."""
    rng = np.random.default_rng(seed)
    tickets: list[list[int]] = []
    while len(tickets) < count:
        drawn = rng.multinomial(types.panel_size, types.sizes / types.sizes.sum())
        if types.is_panel(drawn):
            tickets.append(drawn.tolist())
    return np.array(tickets)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 97])
@pytest.mark.parametrize("seed", range(4))
def test_households_that_are_alike(count: int, seed: int) -> None:
    tickets = random_tickets(COUPLES, count, seed)
    seated = seat(COUPLES, tickets, key="k", ids=IDS)
    home = [n // 2 for n in range(8)] + [10 + n // 3 for n in range(9)] + [20, 21]
    for row, of_types in zip(seated.tolist(), tickets.tolist(), strict=True):
        assert len(set(row)) == len(row) == 5
        assert len({home[person] for person in row}) == 5
        assert counts(COUPLES, *row) == of_types
    shares = held(seated, 19)
    for members in COUPLES.members:
        of_type = [shares[person] for person in members]
        assert max(of_type) - min(of_type) <= 1


def test_two_from_each_household() -> None:
    found = types(
        ["f", "m", "f"] * 3,
        {"sex": {"f": (0, 4), "m": (0, 4)}},
        4,
        households=[n // 3 for n in range(9)],
        limit=2,
    )
    for row in seat(found, random_tickets(found, 40, 1), key="k", ids=IDS).tolist():
        assert len(set(row)) == 4
        assert max(Counter(person // 3 for person in row).values()) <= 2


def test_households_of_whom_nobody_can_sit() -> None:
    found = types(
        ["a", "a", "b", "b", "b", "b"],
        {"f": {"a": (1, 1), "b": (0, 0)}},
        1,
        households=[None, None, 1, 1, 2, 2],
    )
    able = found.only(np.array([0 in members for members in found.members]))
    assert seat(able, np.array([[1]] * 4), key="k", ids=IDS).ravel().tolist().count(0) == 2
