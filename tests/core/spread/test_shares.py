from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from sortition.core.programs.relaxation import Relaxation
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.shares import places_of_types, tickets_of_people
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Types
from sortition.model import SolverName
from tests.making import types

TYPES = types(
    ["f a", "f a", "f b", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (2, 2), "m": (1, 1)}, "age": {"a": (1, 2), "b": (1, 2)}},
    3,
)
CHANCES = (Fraction(3, 7), Fraction(3, 7), Fraction(4, 7), Fraction(2, 7))


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("tickets", [1, 2, 10, 1000])
def test_places_are_shares_rounded_and_keep_the_quotas(tickets: int, solver: SolverName) -> None:
    finder = WholePoints(Relaxation(types=TYPES), solver=solver)
    places = places_of_types(CHANCES, tickets, finder=finder, numbers=Numbers(1))
    for held, size, chance in zip(places.tolist(), TYPES.sizes.tolist(), CHANCES, strict=True):
        assert abs(held - tickets * size * chance) < 1
    sums = TYPES.activity(places)
    assert np.all((tickets * TYPES.lower <= sums) & (sums <= tickets * TYPES.upper))


def test_fractions_are_rounded_up_as_often_as_they_say() -> None:
    finder = WholePoints(Relaxation(types=TYPES), solver="highs")
    drawn = [
        places_of_types(CHANCES, 1, finder=finder, numbers=Numbers(seed)) for seed in range(400)
    ]
    # by hand: 6/7 of a young woman, 3/7 of a young man, 8/7 of other women, 4/7 of other men
    expected = np.array([6, 3, 8, 4]) / 7
    assert np.abs(np.mean(drawn, axis=0) - expected).max() < 0.15


def test_people_of_a_type_are_at_most_one_ticket_apart() -> None:
    places = np.array([7, 4, 5, 5])
    held = tickets_of_people(TYPES, places, people=7, numbers=Numbers(3))
    assert sorted(held[:2].tolist()) == [3, 4]
    assert sorted(held[2:4].tolist()) == [2, 3]
    assert held[4] == 4
    assert sorted(held[5:].tolist()) == [2, 3]


def couples(number: int) -> Types:
    """Couples of a woman and a man."""
    people = ["f", "m"] * number
    homes = [home for home in range(number) for _ in "fm"]
    return types(people, {"sex": {"f": (0, 9), "m": (0, 9)}}, 2, households=homes)


@pytest.mark.parametrize("seed", range(5))
def test_no_household_gets_more_tickets_than_there_are(seed: int) -> None:
    # three couples, ten tickets: seventeen places for women, thirteen for men
    held = tickets_of_people(couples(3), np.array([17, 13]), people=6, numbers=Numbers(seed))
    assert sorted(held[::2].tolist()) == [5, 6, 6]
    assert sorted(held[1::2].tolist()) == [4, 4, 5]
    assert (held[::2] + held[1::2]).tolist() == [10, 10, 10]


def test_who_gets_the_ticket_more_is_random() -> None:
    places = np.array([1, 0, 0, 0])
    first = Counter(
        int(tickets_of_people(TYPES, places, people=7, numbers=Numbers(seed))[0])
        for seed in range(100)
    )
    assert 25 < first[1] < 75
