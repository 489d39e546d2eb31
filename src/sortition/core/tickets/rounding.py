"""From probabilities to equally likely tickets.

1. Each panel gets the whole part of its share of the tickets.
2. The tickets that remain go, one at a time, to a panel of those people who are owed most.
3. If that leaves somebody far off, late tickets are exchanged for others that lessen it.
"""

from __future__ import annotations

import numpy as np

from sortition.core.decomposition.walk import Decomposition
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.types import Floats, Ints
from sortition.model import SolverName

DUST = 1e-6
FAR = 1.2  # tickets


def round_to_tickets(
    relaxation: Relaxation, lottery: Decomposition, tickets: int, *, solver: SolverName
) -> Ints:
    """Equally likely panels over types, shape (tickets, T), that follow a lottery.

    Parameters
    ----------
    relaxation : Relaxation
    lottery : Decomposition
    tickets : int
    solver : {"highs", "cbc"}
    """
    copies = np.floor(lottery.weights * tickets + DUST).astype(np.int64)
    whole = np.repeat(lottery.panels, copies, axis=0)
    owed = tickets * lottery.counts - whole.sum(axis=0)
    finder = PanelFinder(relaxation, solver=solver)
    late = np.empty((tickets - len(whole), len(owed)), dtype=np.int64)
    for number, left in enumerate(range(len(late), 0, -1)):
        late[number] = _most_owed(finder, relaxation, owed, left, lottery.panels)
        owed = owed - late[number]
    _even_out(finder, late, owed, relaxation.types.sizes)
    return np.concatenate([whole, late])


def _most_owed(
    finder: PanelFinder, relaxation: Relaxation, owed: Floats, left: int, known: Ints
) -> Ints:
    """A panel of those who are owed most, near the mean of what the `left` last ones owe.

    If none is found there, the one of the lottery's own panels that leaves the least to be owed.
    """
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
    panel = finder.dive(cost, near)
    if panel is None:
        panel = known[((owed - known) ** 2 / sizes).sum(axis=1).argmin()]
    return panel


def _even_out(finder: PanelFinder, late: Ints, owed: Floats, sizes: Ints) -> None:
    """Exchange late tickets, in place, until nobody is far off or no exchange helps."""

    def strain(rest: Floats) -> float:
        return float(((rest / sizes) ** 4).sum())

    everywhere = finder.everywhere()
    improved = True
    while improved and np.abs(owed / sizes).max(initial=0) > FAR:
        improved = False
        for number, panel in enumerate(late):
            without = owed + panel
            cost = ((without - 1) / sizes) ** 4 - (without / sizes) ** 4
            other = finder.dive(cost, everywhere)
            if other is not None and strain(without - other) < strain(owed) * (1 - DUST):
                late[number] = other
                owed = without - other
                improved = True
