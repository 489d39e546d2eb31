from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from sortition.core.fairest import FairLottery, fairest_lottery
from sortition.core.objectives import leximin
from sortition.core.programs.relaxation import Relaxation
from sortition.core.progress import Silent
from sortition.core.spread.chances import settle
from sortition.core.spread.dealing import Dealer
from sortition.core.spread.numbers import Numbers
from sortition.core.types import Ints, Types
from tests.making import types

# Two of four women and one of three men, by age; the types are young women, young men, other women
# and other men.
TYPES = types(
    ["f a", "f a", "f b", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (2, 2), "m": (1, 1)}, "age": {"a": (1, 2), "b": (1, 2)}},
    3,
)
HOUSEHOLDS = types(
    ["f", "f", "f", "m", "m", "m"],
    {"sex": {"f": (1, 2), "m": (1, 2)}},
    3,
    households=[1, 1, None, 1, 2, 2],
)


def fairest(types: Types) -> FairLottery:
    fair = fairest_lottery(types, leximin, solver="highs", progress=Silent())
    assert fair is not None
    return fair


def chances_of(fair: FairLottery) -> tuple[Fraction, ...]:
    return settle(fair.relaxation, fair.decomposition.counts)


def dealt(types: Types, chances: tuple[Fraction, ...], tickets: int, *, seed: int = 1) -> Ints:
    fair = fairest(types)
    dealer = Dealer(Relaxation(types=fair.relaxation.types), Numbers(seed), solver="highs")
    return dealer.deal(chances, tickets, copies=1, known=fair.decomposition.panels)


@pytest.mark.parametrize("types", [TYPES, HOUSEHOLDS])
@pytest.mark.parametrize("tickets", [1, 2, 3, 7, 50, 1000])
def test_every_ticket_is_a_panel_and_no_type_is_off_by_a_place(types: Types, tickets: int) -> None:
    fair = fairest(types)
    kept = fair.relaxation.types
    panels = dealt(types, chances_of(fair), tickets)
    assert panels.shape == (tickets, len(kept))
    assert all(kept.is_panel(panel) for panel in panels)
    shares = [
        tickets * int(size) * chance
        for size, chance in zip(kept.sizes, chances_of(fair), strict=True)
    ]
    for places, share in zip(panels.sum(axis=0).tolist(), shares, strict=True):
        assert abs(places - share) < 1


def test_shares_that_are_whole_are_kept() -> None:
    # young women, young men, other women, other men: ten, four, ten, six places on ten tickets
    chances = (Fraction(1, 2), Fraction(2, 5), Fraction(1, 2), Fraction(3, 10))
    panels = dealt(TYPES, chances, 10)
    assert panels.sum(axis=0).tolist() == [10, 4, 10, 6]


@pytest.mark.parametrize("tickets", [1, 2, 5, 100])
def test_who_is_certain_stays_certain(tickets: int) -> None:
    # the young man is on every panel, though the quotas do not ask for it
    chances = (Fraction(1, 4), Fraction(1), Fraction(3, 4), Fraction(0))
    panels = dealt(TYPES, chances, tickets)
    assert np.all(panels[:, 1] == 1)
    assert np.all(panels[:, 3] == 0)


def test_without_quotas_every_group_comes_about_as_often_as_it_should() -> None:
    # Two of five people; all ten pairs are possible, and with equal chances equally likely.
    five = types(list("abcde"), {"f": dict.fromkeys("abcde", (0, 1))}, 2)
    chances = (Fraction(2, 5),) * 5
    seen: Counter[tuple[int, ...]] = Counter()
    for seed in range(10):
        panels = dealt(five, chances, 100, seed=seed)
        assert panels.sum(axis=0).tolist() == [40] * 5
        seen.update(tuple(np.flatnonzero(panel).tolist()) for panel in panels)
    assert len(seen) == 10
    assert all(70 < times < 130 for times in seen.values()), seen


def test_large_pools_are_dealt_in_copies() -> None:
    fair = fairest(TYPES)
    dealer = Dealer(fair.relaxation, Numbers(1), solver="highs")
    panels = dealer.deal(
        chances_of(fair),
        1000,
        copies=5,
        known=fair.decomposition.panels,
    )
    assert len(panels) == 1000
    assert np.all(panels[0] == panels[1])
    assert all(TYPES.is_panel(panel) for panel in panels)


def test_one_seed_one_deal() -> None:
    fair = fairest(TYPES)
    chances = chances_of(fair)
    assert np.array_equal(dealt(TYPES, chances, 50, seed=5), dealt(TYPES, chances, 50, seed=5))
    assert not np.array_equal(dealt(TYPES, chances, 50, seed=5), dealt(TYPES, chances, 50, seed=6))
