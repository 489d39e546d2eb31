"""Exchanges of seats in one session, by a heat bath over many exchanges at once.

The pull of a table on somebody is what it would cost her to sit with the people there. With it,
the gain of every exchange of two people is a sum of four entries of a matrix, so that thousands
of exchanges are weighed in one step. One of them is chosen, the cheaper the likelier, by weights
in whole numbers; to exchange somebody with herself, and so to stay, is among them.
(Sampling of this kind: Barker 1965; "heat bath", "Gibbs sampler".)
"""

from __future__ import annotations

import math

import numpy as np

from sortition.core.types import Floats, Ints

EXCHANGES = 4096  # weighed at once
WEIGHT = 2**30  # of the cheapest exchange
NEGLIGIBLE = 12  # an exchange that costs this many temperatures more is not made
NEVER = 1e15


def weights_at(temperature: float) -> Ints:
    """How likely an exchange is, by how much more than the cheapest it costs; the last is 0."""
    reach = int(NEGLIGIBLE * temperature) + 1
    weights = [int(WEIGHT * math.exp(-cost / temperature)) for cost in range(reach)]
    return np.array([*weights, 0], dtype=np.int64)


class Exchange:
    """The tables of one session while seats are exchanged.

    Parameters
    ----------
    seats : array, shape (n,)
        The table of everybody, from 0; it is changed in place. All tables are equally large.
    pairs : array, shape (n, n)
        The cost of sharing a table; whole numbers, with a diagonal of zeros.
    places : array, shape (n, tables)
        The cost of sitting at a table.
    rng : numpy.random.Generator
    """

    def __init__(
        self, seats: Ints, pairs: Floats, places: Floats, rng: np.random.Generator
    ) -> None:
        self._seats, self._pairs, self._rng = seats, pairs, rng
        self._everybody = np.arange(len(seats))
        self._at_once = max(1, EXCHANGES // len(seats))
        by_table = pairs[:, seats.argsort(kind="stable")]
        self._pull = by_table.reshape(*places.shape, -1).sum(axis=2) + places

    def step(self, weights: Ints) -> None:
        """Exchange two people, or nobody."""
        one, other = self._chosen(weights)
        if one != other:
            self._swap(one, other)

    def move_block(self, block: Ints, weights: Ints) -> None:
        """Try to move a group to another table, against as many people who sit there."""
        home, tables = self._seats[block[0]], self._pull.shape[1]
        table = (home + self._rng.integers(1, tables)) % tables if tables > 1 else home
        there = self._rng.permutation(np.flatnonzero(self._seats == table))
        if table == home or len(there) < len(block):
            return
        moves = list(zip(block.tolist(), there[: len(block)].tolist(), strict=True))
        cost = sum(self._swap(one, other) for one, other in moves)
        chance = int(weights[int(min(max(cost, 0), len(weights) - 1))])
        if self._rng.integers(0, WEIGHT) >= chance:
            for one, other in reversed(moves):
                self._swap(one, other)

    def _chosen(self, weights: Ints) -> tuple[int, int]:
        seats, pull, everybody = self._seats, self._pull, self._everybody
        some = everybody
        if self._at_once < len(everybody):
            some = self._rng.integers(0, len(everybody), self._at_once)
        theirs = seats[some]
        own = pull[everybody, seats]
        cost = pull[some][:, seats] + pull[:, theirs].T - 2 * self._pairs[some]
        cost -= own[some][:, None] + own
        cost[theirs[:, None] == seats] = NEVER
        cost[np.arange(len(some)), some] = 0
        cost -= cost.min()
        chances = weights[np.minimum(cost, len(weights) - 1).astype(np.int64)].cumsum()
        chosen = int(chances.searchsorted(self._rng.integers(0, chances[-1]), side="right"))
        return int(some[chosen // len(everybody)]), chosen % len(everybody)

    def _swap(self, one: int, other: int) -> float:
        """Exchange two people at different tables; what it costs."""
        seats, pull, pairs = self._seats, self._pull, self._pairs
        here, there = seats[one], seats[other]
        cost = pull[one, there] + pull[other, here] - pull[one, here] - pull[other, there]
        cost -= 2 * pairs[one, other]
        change = pairs[:, other] - pairs[:, one]
        pull[:, here] += change
        pull[:, there] -= change
        seats[one], seats[other] = there, here
        return float(cost)
