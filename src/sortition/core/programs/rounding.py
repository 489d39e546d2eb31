"""Round a vertex of the relaxation to a panel: all at once, then by exchanges of two people.

A vertex has few fractions, so that the whole point beside it breaks few rows, if any. While it
breaks some, one person gives way to another: of all exchanges that leave the fewest faults, seats
outside the bounds of a row, the cheapest is made. When it breaks none, exchanges that break none
make it cheaper, as long as there are some. How many faults more there are after an exchange depends
on what the two people count for alone, less what both count for, since there nothing changes: all
of them are one product of matrices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sortition.core.programs.solver import Bounds
from sortition.core.types import Floats, Ints, Types

WHOLE = 1e-6
CHEAPER = 1e-9  # than this is rounding
LOOKED_AT = 1_000  # types that somebody may come from: the cheapest of more

Counts = NDArray[np.float32]


class Rounder:
    """Rounds vertices of a relaxation.

    Parameters
    ----------
    types : Types
        The rows that are looked at are theirs; cuts are not.
    """

    def __init__(self, types: Types) -> None:
        self._types = types
        quotas = np.arange(1 + len(types.quotas))
        self._counts_for = np.zeros((len(types), len(quotas)), dtype=np.float32)
        for column in types.rows_of.T:
            self._counts_for += column[:, None] == quotas
        # the household row of each type, or none, which is the number of rows
        self._home = types.rows_of.min(
            axis=1, where=types.rows_of > quotas[-1], initial=len(types.lower)
        )

    def panel(self, vertex: Floats, cost: Floats, bounds: Bounds) -> Ints | None:
        """A panel near a vertex and within bounds, or None where exchanges lead to none.

        Parameters
        ----------
        vertex, cost : array of float, shape (T,)
        bounds : Bounds
            Within which the vertex is.
        """
        rows = len(self._types.lower)
        lower, upper = bounds.row_lower[:rows], bounds.row_upper[:rows]
        below = np.floor(vertex + WHOLE)
        fractions = vertex - below
        highest = np.argsort(-fractions, kind="stable")[: round(fractions.sum())]
        panel = below.astype(np.int64)
        panel[highest] += 1
        while True:
            used = self._types.activity(panel)
            leave = np.flatnonzero(panel > bounds.lower)
            come = np.flatnonzero(panel < bounds.upper)
            come = come[np.argsort(cost[come], kind="stable")[:LOOKED_AT]]
            worse = self._worse(
                leave,
                come,
                left=(used <= lower).astype(np.float32) - (used > upper),
                reached=(used >= upper).astype(np.float32) - (used < lower),
            )
            least = worse.min(initial=0)
            one, other = np.nonzero(worse == least)
            dearer = cost[come[other]] - cost[leave[one]]
            if least == 0:
                if np.any((used < lower) | (used > upper)):
                    return None
                if dearer.min(initial=0) > -CHEAPER:
                    return panel
            cheapest = np.argmin(dearer)
            panel[leave[one[cheapest]]] -= 1
            panel[come[other[cheapest]]] += 1

    def _worse(self, leave: Ints, come: Ints, *, left: Counts, reached: Counts) -> Counts:
        """How many more faults there are if somebody of one type gives way to one of another.

        Parameters
        ----------
        leave, come : array of int
            The types.
        left, reached : array of float, shape (R,)
            How many more faults each row has with one person less, and with one more.

        Returns
        -------
        array of float, shape (len(leave), len(come))
            Whole numbers.
        """
        quotas = self._counts_for.shape[1]
        off, on = left[:quotas], reached[:quotas]
        going, coming = self._counts_for[leave], self._counts_for[come]
        worse: Counts = going @ (off[:, None] - (off + on)[:, None] * coming.T) + coming @ on
        from_home, to_home = self._home[leave], self._home[come]
        left, reached = np.append(left, 0), np.append(reached, 0)
        moved = left[from_home][:, None] + reached[to_home]
        worse += moved * (from_home[:, None] != to_home)
        return worse
