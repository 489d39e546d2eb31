"""Who can still join the people chosen so far, for many unfinished panels at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sortition.core.types import Types

# whole numbers far below 2**24, which these hold exactly
Singles = NDArray[np.float32]


class Joining:
    """The people of an instance who can be added to panels that are not full yet.

    Parameters
    ----------
    types : Types

    Attributes
    ----------
    incidence : array, shape (T, R)
        1 where a person of the type counts for the row.
    home : array of int, shape (T,)
        The household row of each type, or R.
    homes : array of int, shape (T,)
        How many households that row stands for; 0 without one.
    """

    def __init__(self, types: Types) -> None:
        rows = len(types.lower)
        incidence = np.zeros((len(types), rows + 1), dtype=np.float32)
        np.put_along_axis(incidence, types.rows_of, 1, axis=1)
        self.incidence = incidence[:, :rows]
        self.home = np.where(types.rows_of > len(types.quotas), types.rows_of, rows).min(axis=1)
        homes = np.zeros(rows + 1, dtype=np.int64)
        homes[1 + len(types.quotas) : rows] = types.households
        self.homes = homes[self.home]
        # of several households that are alike, each person chosen takes one with all its people
        self._alike = np.flatnonzero(self.homes > 1)
        self._mates = (types.sizes // self.homes.clip(1)).astype(np.float32)
        self._sizes = types.sizes.astype(np.float32)
        self._upper = types.upper.astype(np.float32)

    def left(self, counts: Singles, used: Singles) -> Singles:
        """How many people of each type can still join.

        Those who are chosen, who share a household with somebody chosen, or who count for a row
        that has reached its upper bound, cannot.

        Parameters
        ----------
        counts : array, shape (C, T)
            The people chosen so far, per type.
        used : array, shape (C, R)
            What the rows add up to.

        Returns
        -------
        array, shape (C, T)
        """
        left: Singles = self._sizes - counts
        alike = self._alike
        if len(alike):
            homes = self.homes[alike].astype(np.float32) - used[:, self.home[alike]]
            left[:, alike] = homes * self._mates[alike]
        full = (used >= self._upper).astype(np.float32)
        left[full @ self.incidence.T > 0] = 0
        return left
