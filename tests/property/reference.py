"""The fairest probabilities of tiny instances, by linear programs over all panels.

Nothing of the package's own core is used: all panels are listed, the probabilities of the
panels are the variables, and each person is tried one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize as minimize_of_scipy

from sortition.model import ObjectiveName
from tests.property.programs import Program

Floats = NDArray[np.float64]
SAME = 1e-7
HALVINGS = 45
SLACK = 1e-9  # more than the solver's tolerance

minimize: Any = partial(minimize_of_scipy, method="SLSQP", options={"ftol": 1e-15, "maxiter": 200})


def incidence(panels: Sequence[tuple[str, ...]], ids: Sequence[str]) -> Floats:
    """Who is on which panel, shape (people, panels)."""
    return np.array([[float(id in panel) for panel in panels] for id in ids])


def highest_lowest(on: Floats) -> float:
    """The highest lowest probability of people of whom each is on some panel."""
    return _raised(on, np.zeros(len(on)), np.ones(len(on), dtype=bool))[0]


def leximin(on: Floats) -> Floats:
    """The leximin probabilities of people of whom each is on some panel."""
    return _ladder(on, np.zeros(len(on)))


def leximin_shares(on: Floats, aims: Floats) -> Floats:
    """As leximin, of the probabilities divided by their aims, which may become more than 1."""
    return _ladder(on / aims[:, None], np.zeros(len(on)), ceiling=1e6)


def maximin(on: Floats) -> Floats:
    """The highest lowest probability; then the highest ones lowered, one level after another."""
    lowest = highest_lowest(on)
    # the chance of staying at home is raised in the same way, as one minus the probability
    return 1 - _ladder(1 - on, np.zeros(len(on)), ceiling=1 - lowest)


def minimax(on: Floats) -> Floats:
    """The lowest highest probability; then the leximin ones below it."""
    highest, _ = LowestHighest(on).at(0.0)
    return _ladder(on, np.zeros(len(on)), ceiling=highest + SLACK)


def goldilocks(on: Floats) -> Floats:
    """The smallest measure, by halving the range of the lowest; then the leximin ones."""
    even = float(on[:, 0].sum()) / len(on)
    lowest_highest = LowestHighest(on)
    low, high = 0.0, highest_lowest(on)
    for _ in range(HALVINGS):
        lowest = (low + high) / 2
        slope = lowest_highest.at(lowest)[1]
        if slope / even < even / lowest**2:
            low = lowest
        else:
            high = lowest
    highest, _ = lowest_highest.at(low)
    return _ladder(on, np.zeros(len(on)), ceiling=highest + SLACK)


def nash(on: Floats) -> Floats:
    """The probabilities with the largest product, by a general solver for smooth programs."""
    people, panels = on.shape
    found: Any = minimize(
        lambda weights: -np.log((on @ weights).clip(SLACK)).mean(),
        np.full(panels, 1 / panels),
        jac=lambda weights: -(1 / (on @ weights).clip(SLACK)) @ on / people,
        bounds=[(0, 1)] * panels,
        constraints={
            "type": "eq",
            "fun": lambda weights: weights.sum() - 1,
            "jac": lambda _: np.ones(panels),
        },
    )
    weights: Floats = found.x.clip(0)
    probabilities: Floats = on @ (weights / weights.sum())
    return probabilities


def measured(objective: ObjectiveName, p: Floats) -> float:
    """What probabilities reach in the measure of an objective."""
    if objective == "nash":
        return float(np.exp(np.log(p).mean()))
    if objective == "goldilocks":
        even = float(p.mean())
        return float(p.max()) / even + even / float(p.min())
    return float(p.max() if objective == "minimax" else p.min())


def best(objective: ObjectiveName, on: Floats, p: Floats) -> float:
    """The best that there is in this measure."""
    if objective != "nash":
        return measured(objective, FAIREST[objective](on))
    # by concavity nothing is better if no panel has a larger sum of ``1 / p`` than the mean
    return measured("nash", p) * max(1.0, float((1 / p @ on).max()) / len(p))


class LowestHighest:
    """The lowest possible highest probability if nobody is below a lowest, by one program."""

    def __init__(self, on: Floats) -> None:
        self._people = people = len(on)
        above = np.column_stack([on, -np.ones(people)])
        self._program = Program(np.vstack([above, np.column_stack([-on, np.zeros(people)])]))

    def at(self, lowest: float) -> tuple[float, float]:
        """What it is, and its slope; both are infinite if the lowest is more than can be."""
        upper = np.repeat([0.0, -lowest], self._people)
        solved = self._program.minimise(upper=upper, level=1.0)
        if solved is None:
            return np.inf, np.inf
        return float(solved.level), -float(solved.duals[self._people :].sum())


def _ladder(on: Floats, floor: Floats, ceiling: float = 1.0) -> Floats:
    free = np.ones(len(on), dtype=bool)
    each = Program(np.column_stack([np.vstack([-on, on]), np.zeros(2 * len(on))]))
    while free.any():
        level, reached = _raised(on, floor, free, ceiling)
        floor = np.where(free, level, floor)
        above = free & (reached > level + SAME)
        # the probabilities when one person gets all she can while the others keep their floor
        upper = np.concatenate([-floor, np.full(len(on), ceiling)]) + 2 * SLACK
        for person in np.flatnonzero(free & ~above):
            if not above[person]:
                solved = each.minimise(upper=upper, weights=-on[person])
                assert solved is not None
                above |= free & (on @ solved.weights > level + SAME)
        assert (free & ~above).any()
        free &= above
    return floor


def _raised(
    on: Floats, floor: Floats, free: NDArray[np.bool_], ceiling: float = 1.0
) -> tuple[float, Floats]:
    """The highest level that all who are free can have, the others keeping their floor."""
    program = Program(
        np.vstack(
            [
                np.column_stack([-on, free.astype(float)]),
                np.column_stack([on, np.zeros(len(on))]),
            ]
        )
    )
    upper = np.concatenate([np.where(free, 0.0, -floor), np.full(len(on), ceiling)]) + SLACK
    solved = program.minimise(upper=upper, level=-1.0)
    assert solved is not None
    return solved.level, on @ solved.weights


FAIREST = {
    "leximin": leximin,
    "maximin": maximin,
    "minimax": minimax,
    "goldilocks": goldilocks,
}
