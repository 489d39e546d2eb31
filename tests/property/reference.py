"""The fairest probabilities of tiny instances, by linear programs over all panels.

Nothing of the package's own core is used: all panels are listed, the probabilities of the
panels are the variables, and each person is tried one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]
SAME = 1e-7


def incidence(panels: Sequence[tuple[str, ...]], ids: Sequence[str]) -> Floats:
    """Who is on which panel, shape (people, panels)."""
    return np.array([[float(id in panel) for panel in panels] for id in ids])


def leximin(on: Floats) -> Floats:
    """The leximin probabilities of people of whom each is on some panel."""
    return _ladder(on, np.zeros(len(on)))


def leximin_shares(on: Floats, aims: Floats) -> Floats:
    """As leximin, of the probabilities divided by their aims, which may become more than 1."""
    return _ladder(on / aims[:, None], np.zeros(len(on)), ceiling=1e6)


def maximin(on: Floats) -> Floats:
    """The highest lowest probability; then the highest ones lowered, one level after another."""
    lowest, _ = _raised(on, np.zeros(len(on)), np.ones(len(on), dtype=bool))
    # the chance of staying at home is raised in the same way, as one minus the probability
    return 1 - _ladder(1 - on, np.zeros(len(on)), ceiling=1 - lowest)


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
        b_ub=np.concatenate([np.where(free, 0.0, -floor), np.full(len(on), ceiling)]) + 1e-10,
        A_eq=np.append(np.ones(panels), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * panels + [(None, None)],
        method="highs",
    )
    assert solved.x is not None
    return float(solved.x[-1]), on @ solved.x[:-1]


def _highest(on: Floats, floor: Floats, person: np.intp, ceiling: float) -> Floats:
    """The probabilities when one person gets all she can while the others keep their floor."""
    panels = on.shape[1]
    solved = linprog(
        -on[person],
        A_ub=np.vstack([-on, on]),
        b_ub=np.concatenate([-floor, np.full(len(on), ceiling)]) + 1e-9,
        A_eq=np.ones((1, panels)),
        b_eq=[1.0],
        bounds=[(0, None)] * panels,
        method="highs",
    )
    assert solved.x is not None
    probabilities: Floats = on @ solved.x
    return probabilities
