from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from sortition.core.programs.relaxation import Relaxation
from sortition.core.spread.dealing import Dealer
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.shares import places_of_types
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Ints, Types
from tests.making import counts, types

# Two of four women and one of three men, by age; the types are young women, young men, other women
# and other men.
TYPES = types(
    ["f a", "f a", "f b", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (2, 2), "m": (1, 1)}, "age": {"a": (1, 2), "b": (1, 2)}},
    3,
)


def finder(kind: Types) -> WholePoints:
    return WholePoints(Relaxation(types=kind), solver="highs")


def dealt(places: Ints, tickets: int, *, there: Ints | None = None, seed: int = 1) -> Ints:
    none = np.empty((0, len(TYPES)), dtype=np.int64)
    known = np.array([counts(TYPES, 0, 2, 5)])
    panels, kept = Dealer(finder(TYPES), Numbers(seed), solver="highs").deal(
        places,
        tickets,
        exact=places.astype(float),
        there=none if there is None else there,
        again=0,
        known=known,
    )
    return panels if there is None else np.concatenate([there[kept], panels])


@pytest.mark.parametrize("tickets", [1, 2, 3, 7, 50, 1000])
def test_every_ticket_is_a_panel_and_all_places_are_dealt(tickets: int) -> None:
    chances = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 2), Fraction(1, 3))
    places = places_of_types(chances, tickets, finder=finder(TYPES), numbers=Numbers(1))
    panels = dealt(places, tickets)
    assert panels.shape == (tickets, len(TYPES))
    assert all(TYPES.is_panel(panel) for panel in panels)
    assert panels.sum(axis=0).tolist() == places.tolist()


def test_panels_that_stand_in_the_way_are_taken_back() -> None:
    # nine tickets with two young women and an older man leave none of them for the tenth, which
    # would have to have three older people
    there = np.array([counts(TYPES, 0, 1, 5)] * 9)
    places = np.array([18, 1, 2, 9])
    panels = dealt(places, 10, there=there)
    assert all(TYPES.is_panel(panel) for panel in panels)
    assert panels.sum(axis=0).tolist() == places.tolist()


def test_places_that_no_panels_have_are_met_as_nearly_as_can_be() -> None:
    # nobody but young people, though one of three is older on every panel
    panels = dealt(np.array([20, 10, 0, 0]), 10)
    assert panels.shape == (10, len(TYPES))
    assert all(TYPES.is_panel(panel) for panel in panels)


def test_who_is_certain_stays_certain() -> None:
    # the young man is on every panel, though the quotas do not ask for it
    panels = dealt(np.array([50, 100, 150, 0]), 100)
    assert np.all(panels[:, 1] == 1)
    assert np.all(panels[:, 3] == 0)


def test_without_quotas_every_group_comes_about_as_often_as_it_should() -> None:
    # Two of five people; all ten pairs are possible, and with equal chances equally likely.
    five = types(list("abcde"), {"f": dict.fromkeys("abcde", (0, 1))}, 2)
    none = np.empty((0, 5), dtype=np.int64)
    seen = np.zeros((5, 5), dtype=np.int64)
    for seed in range(10):
        panels, _ = Dealer(finder(five), Numbers(seed), solver="highs").deal(
            np.full(5, 40),
            100,
            exact=np.full(5, 40.0),
            there=none,
            again=0,
            known=np.array([[1, 1, 0, 0, 0]]),
        )
        assert panels.sum(axis=0).tolist() == [40] * 5
        seen += panels.T @ panels
    pairs = seen[np.triu_indices(5, 1)]
    assert np.all((pairs > 70) & (pairs < 130)), pairs


def test_one_seed_one_deal() -> None:
    places = np.array([50, 20, 50, 30])
    assert np.array_equal(dealt(places, 50, seed=5), dealt(places, 50, seed=5))
    assert not np.array_equal(dealt(places, 50, seed=5), dealt(places, 50, seed=6))
