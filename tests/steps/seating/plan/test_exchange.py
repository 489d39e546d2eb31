from __future__ import annotations

import numpy as np
import pytest

from sortition.core.types import Floats, Ints
from sortition.steps.seating.plan.exchange import Exchange, weights_at


def cost_of(seats: Ints, pairs: Floats, places: Floats) -> float:
    """Pair by pair, and place by place."""
    people = range(len(seats))
    at_tables = sum(
        pairs[one, other]
        for one in people
        for other in people[one + 1 :]
        if seats[one] == seats[other]
    )
    return float(at_tables + sum(places[one, seats[one]] for one in people))


def setting(seed: int) -> tuple[Ints, Floats, Floats, np.random.Generator]:
    rng = np.random.default_rng(seed)
    people, tables = 12, 3
    pairs: Floats = rng.integers(0, 9, (people, people)).astype(float)
    pairs += pairs.T.copy()
    np.fill_diagonal(pairs, 0)
    places = rng.integers(0, 9, (people, tables)).astype(float)
    return rng.permutation(people) % tables, pairs, places, rng


@pytest.mark.parametrize("seed", range(5))
def test_when_cold_each_step_is_the_best_exchange_there_is(seed: int) -> None:
    seats, pairs, places, rng = setting(seed)
    exchange = Exchange(seats, pairs, places, rng)
    cold = weights_at(0.01)
    for _ in range(6):
        before = seats.copy()
        best = cost_of(before, pairs, places)
        for one in range(len(seats)):
            for other in range(one):
                tried = before.copy()
                tried[[one, other]] = tried[[other, one]]
                best = min(best, cost_of(tried, pairs, places))
        exchange.step(cold)
        assert cost_of(seats, pairs, places) == best


@pytest.mark.parametrize("seed", range(5))
def test_tables_keep_their_sizes_and_a_block_moves_as_a_whole(seed: int) -> None:
    seats, pairs, places, rng = setting(seed)
    block = np.flatnonzero(seats == 0)[:3]
    exchange = Exchange(seats, pairs, places, rng)
    hot = weights_at(1000.0)
    for _ in range(20):
        exchange.move_block(block, hot)
        assert np.bincount(seats).tolist() == [4, 4, 4]
        assert len(set(seats[block].tolist())) == 1


def test_a_block_does_not_move_to_what_costs_far_more() -> None:
    seats, pairs, places, rng = setting(1)
    block = np.flatnonzero(seats == 0)[:2]
    places[block] += 1e6
    places[block, 0] = 0
    before = seats.copy()
    exchange = Exchange(seats, pairs, places, rng)
    for _ in range(10):
        exchange.move_block(block, weights_at(1.0))
    assert (seats == before).all()


def test_weights_fall_and_end_in_nought() -> None:
    weights = weights_at(2.0).tolist()
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 2**30
    assert weights[-1] == 0
