"""Who of some people sits on a ticket: a look for each, whatever its size."""

from __future__ import annotations

import numpy as np

from sortition.core.types import Bools, Ints


class Presence:
    """Looks for people on tickets.

    Parameters
    ----------
    people : int
        How many there are in all.
    """

    def __init__(self, people: int) -> None:
        self._people = people
        # of each ticket that is looked at; all are False between two calls
        self._sits: Bools = np.zeros(0, dtype=bool)

    def on(self, seats: Ints, people: Ints) -> Bools:
        """Which people sit on the ticket in the same row, shape (tickets, people).

        Parameters
        ----------
        seats : array of int, shape (tickets, k)
        people : array of int, shape (tickets, people)
        """
        if len(seats) * self._people > len(self._sits):
            self._sits = np.zeros(len(seats) * self._people, dtype=bool)
        first = (np.arange(len(seats)) * self._people)[:, None]
        seated = seats + first
        self._sits[seated] = True
        on: Bools = self._sits[people + first]
        self._sits[seated] = False
        return on
