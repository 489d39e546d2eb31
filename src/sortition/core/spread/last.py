"""The last tickets, where what is owed cannot be paid to the last place.

1. They go, one at a time, to a panel of those people who are owed most.
2. If that leaves somebody far off, they are exchanged for others that lessen it.
"""

from __future__ import annotations

import numpy as np

from sortition.core.programs.solver import Bounds
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints

DUST = 1e-6
FAR = 1.2  # tickets
DIGITS = 6
EQUALS = 1e-3


def last_tickets(
    finder: WholePoints,
    owed: Ints,
    left: int,
    *,
    known: Ints,
    numbers: Numbers,
) -> Ints:
    """Panels over types, shape (left, T), that leave little to be owed.

    Parameters
    ----------
    finder : WholePoints
    owed : array of int, shape (T,)
        How many places each type should have on them.
    left : int
        How many tickets there are.
    known : array of int, shape (N, T)
        Some panels, one at least.
    numbers : Numbers
        Decide among equals, so that the solver does not.
    """
    late = np.empty((left, len(owed)), dtype=np.int64)
    still: Floats = owed.astype(float)
    for number in range(left):
        late[number] = _most_owed(finder, still, left - number, known=known, numbers=numbers)
        still = still - late[number]
    _even_out(finder, late, still, finder.relaxation.types.sizes, numbers)
    return late


def _most_owed(
    finder: WholePoints,
    owed: Floats,
    left: int,
    *,
    known: Ints,
    numbers: Numbers,
) -> Ints:
    """A panel of those who are owed most, near the mean of what the `left` last ones owe.

    If none is found there, the known one that leaves the least to be owed.
    """
    relaxation = finder.relaxation
    sizes = relaxation.types.sizes
    lower, upper = relaxation.row_lower, relaxation.row_upper
    mean = (owed / left).clip(0, sizes)
    below = np.floor(mean + DUST)
    activity = relaxation.activity(owed) / left
    near = Bounds(
        lower=below,
        upper=np.where(mean - below > DUST, below + 1, below),
        row_lower=np.floor(activity + DUST).clip(lower, upper),
        row_upper=np.ceil(activity - DUST).clip(lower, upper),
    )
    cost = left * below - owed
    panel = finder.panel(cost + numbers.fractions(len(cost)), near)
    if panel is None:
        distances = ((owed - known) ** 2 / sizes).sum(axis=1)
        panel = known[np.round(distances, DIGITS).argmin()]
    return panel


def _even_out(finder: WholePoints, late: Ints, owed: Floats, sizes: Ints, numbers: Numbers) -> None:
    """Exchange late tickets, in place, until nobody is far off or no exchange helps."""

    def strains(rest: Floats) -> Floats:
        squares = (rest / sizes) * (rest / sizes)
        return squares * squares

    everywhere = finder.everywhere()
    improved = True
    while improved and np.abs(owed / sizes).max(initial=0) > FAR:
        improved = False
        for number, panel in enumerate(late):
            without = owed + panel
            cost = strains(without - 1) - strains(without) + EQUALS * numbers.fractions(len(owed))
            other = finder.panel(cost, everywhere)
            if other is None:
                continue
            if strains(without - other).sum() < strains(owed).sum() * (1 - DUST):
                late[number] = other
                owed = without - other
                improved = True
