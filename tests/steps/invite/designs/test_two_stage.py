from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.steps.invite.designs.two_stage import (
    Stretch,
    fewest_cities,
    greedy_equal,
    outcomes,
    stretch_at,
)

PEOPLE = [10, 10, 40, 40, 40, 50, 70, 100]
CAPS = [size // 2 for size in PEOPLE]
LETTERS = 60


def placed(cities: int) -> tuple[Stretch, ...]:
    stretches = greedy_equal(PEOPLE, CAPS, LETTERS, cities)
    assert stretches is not None
    return stretches


def test_the_published_example() -> None:
    assert greedy_equal(PEOPLE, CAPS, LETTERS, 3) is None
    assert fewest_cities(PEOPLE, CAPS, LETTERS) == 4
    third, five, fifteen = Fraction(55, 3), Fraction(5), Fraction(15)
    expected = {
        Fraction(0): {1: five, 3: third, 6: third, 7: third},
        Fraction(1, 33): {1: five, 3: third, 6: third, 8: third},
        Fraction(1, 11): {1: five, 4: third, 6: third, 8: third},
        Fraction(1, 3): {2: five, 4: third, 7: third, 8: third},
        Fraction(5, 11): {2: five, 5: third, 7: third, 8: third},
        Fraction(2, 3): dict.fromkeys((3, 5, 7, 8), fifteen),
        Fraction(23, 27): dict.fromkeys((3, 6, 7, 8), fifteen),
    }
    found = {stretch.start: {city + 1: n for city, n in stretch.letters} for stretch in placed(4)}
    assert found == expected


@pytest.mark.parametrize("cities", [4, 5, 6, 7, 8])
def test_expectations_of_the_example_are_exactly_proportional(cities: int) -> None:
    check(PEOPLE, CAPS, LETTERS, cities, placed(cities))


@given(st.data())
def test_everybody_has_the_same_chance(data: st.DataObject) -> None:
    people = data.draw(st.lists(st.integers(1, 60), min_size=1, max_size=9))
    share = data.draw(st.fractions(Fraction(1, 10), 1, max_denominator=10))
    most = max(1, int(share * sum(people)))
    letters = data.draw(st.integers(1, most))
    caps = [
        data.draw(st.integers(-(-letters * size // sum(people)), max(size, 1))) for size in people
    ]
    cities = fewest_cities(people, caps, letters)
    for number in range(cities, len(people) + 1):
        stretches = greedy_equal(people, caps, letters, number)
        if stretches is not None:
            check(people, caps, letters, number, stretches)
    everywhere = greedy_equal(people, caps, letters, len(people))
    assert everywhere is not None
    assert cities == 1 or greedy_equal(people, caps, letters, cities - 1) is None


def check(
    people: list[int], caps: list[int], letters: int, cities: int, stretches: tuple[Stretch, ...]
) -> None:
    due = [Fraction(0)] * len(people)
    assert stretches[0].start == 0
    assert stretches[-1].end == 1
    for before, after in pairwise(stretches):
        assert before.end == after.start
    for stretch in stretches:
        own = dict(stretch.letters)
        assert len(own) == len(stretch.letters) <= cities
        assert sum(own.values()) == letters
        for city, n in own.items():
            assert 0 < n <= caps[city]
            due[city] += n * (stretch.end - stretch.start)
    assert due == [Fraction(letters * size, sum(people)) for size in people]


def test_a_city_with_most_of_the_people_is_certain() -> None:
    stretches = greedy_equal([900, 50, 50], [450, 25, 25], 100, 2)
    assert stretches is not None
    assert all(dict(stretch.letters)[0] == 90 for stretch in stretches)
    check([900, 50, 50], [450, 25, 25], 100, 2, stretches)


def test_rho_falls_into_every_stretch_exactly_as_often_as_it_is_long() -> None:
    stretches = placed(4)
    values = outcomes(stretches)
    assert values == 297
    hits = [stretch_at(stretches, Fraction(value, values)) for value in range(values)]
    for stretch in stretches:
        assert Fraction(hits.count(stretch), values) == stretch.end - stretch.start


def test_a_cap_below_what_a_city_is_due() -> None:
    with pytest.raises(ValueError, match="cap"):
        greedy_equal([10, 10], [4, 10], 10, 2)
