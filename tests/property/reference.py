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
from scipy.optimize import linprog as linprog_of_scipy
from scipy.optimize import minimize as minimize_of_scipy

from sortition.model import ObjectiveName

Floats = NDArray[np.float64]
SAME = 1e-7
HALVINGS = 45
SLACK = 1e-9  # more than the solver's tolerance
# by its own tolerances, of 1e-7, goldilocks can come out a millionth below what there is
FINE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}

linprog: Any = partial(linprog_of_scipy, method="highs", options=FINE)
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
    highest, _ = lowest_highest(on, 0.0)
    return _ladder(on, np.zeros(len(on)), ceiling=highest + SLACK)


def goldilocks(on: Floats) -> Floats:
    """The smallest measure, by halving the range of the lowest; then the leximin ones."""
    even = float(on[:, 0].sum()) / len(on)
    low, high = 0.0, highest_lowest(on)
    for _ in range(HALVINGS):
        lowest = (low + high) / 2
        slope = lowest_highest(on, lowest)[1]
        if slope / even < even / lowest**2:
            low = lowest
        else:
            high = lowest
    highest, _ = lowest_highest(on, low)
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


def lowest_highest(on: Floats, lowest: float) -> tuple[float, float]:
    """The lowest possible highest probability if nobody is below the lowest, and its slope.

    Both are infinite if the lowest is more than can be.
    """
    people, panels = on.shape
    solved = linprog(
        np.append(np.zeros(panels), 1.0),
        A_ub=np.vstack(
            [
                np.column_stack([on, -np.ones(people)]),
                np.column_stack([-on, np.zeros(people)]),
            ]
        ),
        b_ub=np.concatenate([np.zeros(people), np.full(people, -lowest)]),
        A_eq=np.append(np.ones(panels), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * panels + [(None, None)],
    )
    if solved.x is None:
        return np.inf, np.inf
    return float(solved.fun), -float(solved.ineqlin.marginals[people:].sum())


def _ladder(on: Floats, floor: Floats, ceiling: float = 1.0) -> Floats:
    free = np.ones(len(on), dtype=bool)
    while free.any():
        level, reached = _raised(on, floor, free, ceiling)
        floor = np.where(free, level, floor)
        above = free & (reached > level + SAME)
        for person in np.flatnonzero(free & ~above):
            if not above[person]:
                tried = _highest(on, floor, person, ceiling)
                above |= free & (tried > level + SAME)
        assert (free & ~above).any()
        free &= above
    return floor


def _raised(
    on: Floats, floor: Floats, free: NDArray[np.bool_], ceiling: float = 1.0
) -> tuple[float, Floats]:
    """The highest level that all who are free can have, the others keeping their floor."""
    panels = on.shape[1]
    solved = linprog(
        np.append(np.zeros(panels), -1.0),
        A_ub=np.vstack(
            [
                np.column_stack([-on, free.astype(float)]),
                np.column_stack([on, np.zeros(len(on))]),
            ]
        ),
        b_ub=np.concatenate([np.where(free, 0.0, -floor), np.full(len(on), ceiling)]) + SLACK,
        A_eq=np.append(np.ones(panels), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * panels + [(None, None)],
    )
    assert solved.x is not None
    return float(solved.x[-1]), on @ solved.x[:-1]


def _highest(on: Floats, floor: Floats, person: np.intp, ceiling: float) -> Floats:
    """The probabilities when one person gets all she can while the others keep their floor."""
    panels = on.shape[1]
    solved = linprog(
        -on[person],
        A_ub=np.vstack([-on, on]),
        b_ub=np.concatenate([-floor, np.full(len(on), ceiling)]) + 2 * SLACK,
        A_eq=np.ones((1, panels)),
        b_eq=[1.0],
        bounds=[(0, None)] * panels,
    )
    assert solved.x is not None
    probabilities: Floats = on @ solved.x
    return probabilities


FAIREST = {
    "leximin": leximin,
    "maximin": maximin,
    "minimax": minimax,
    "goldilocks": goldilocks,
}
