"""Deal the places of the last tickets out to panels, one panel after the other, at random.

1. A panel takes some of what the types are owed. Somebody is on it with about the chance ``owed /
   left``, what her type is still owed over the tickets that are left; what remains must leave every
   row room on the tickets after it. All of this is whole numbers, so that nothing is ever owed that
   cannot be paid for want of digits.
2. If no panel is found, some of those that are there are taken back, and dealt again. If that does
   not help either, what was dealt is mended with panels that the chances lie between (`last`).
"""

from __future__ import annotations

import numpy as np

from sortition.core.programs.solver import Bounds
from sortition.core.spread.costs import pareto_costs
from sortition.core.spread.last import last_tickets, mixed
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints
from sortition.model import SolverName

FAILURES = 10
MOST_BACK = 64


class Dealer:
    """Deals places to panels.

    Parameters
    ----------
    finder : WholePoints
    numbers : Numbers
    solver : {"highs", "cbc"}
    """

    def __init__(self, finder: WholePoints, numbers: Numbers, *, solver: SolverName) -> None:
        self._finder, self._numbers, self._solver = finder, numbers, solver
        self._relaxation = finder.relaxation
        self._sizes = finder.relaxation.types.sizes

    def deal(
        self, places: Ints, tickets: int, *, exact: Floats, there: Ints, again: int, known: Ints
    ) -> tuple[Ints, Ints]:
        """Panels over types that together have these places, or nearly.

        Parameters
        ----------
        places : array of int, shape (T,)
            How many places each type gets.
        tickets : int
        exact : array of float, shape (T,)
            The places before they were rounded, for the case that the rounded ones cannot be dealt.
        there : array of int, shape (N, T)
            Panels that are dealt already, in a random order. The last ones may be taken back.
        again : int
            How many of these are taken back at first.
        known : array of int, shape (M, T)
            Some panels, one at least, for the case that none can be dealt.

        Returns
        -------
        panels : array of int, shape (tickets - stay, T)
        stay : array of int, shape (stay,)
            Which of those that are there stay.
        """
        most, whole = list(there), len(there)
        dealt = most[: whole - again]
        owed = places - np.sum(dealt, axis=0, dtype=np.int64)
        kept, failures, back = len(dealt), 0, 1
        while len(dealt) < tickets and failures < FAILURES:
            panel = self._panel(owed, tickets - len(dealt))
            if panel is not None:
                dealt.append(panel)
                owed = owed - panel
                continue
            if len(dealt) > len(most):
                most, whole = list(dealt), kept
            failures += 1
            owed = owed + np.sum(dealt[-back:], axis=0, dtype=np.int64)
            del dealt[-back:]
            kept = min(kept, len(dealt))
            back = min(2 * back, MOST_BACK)
        if len(dealt) == tickets:
            return np.array(dealt[kept:], dtype=np.int64).reshape(-1, len(owed)), np.arange(kept)
        stay, late = self._remixed(most, tickets, exact=exact, known=known)
        made = [most[number] for number in stay[stay >= whole]]
        return np.array([*made, *late]), stay[stay < whole]

    def _remixed(
        self, dealt: list[Ints], tickets: int, *, exact: Floats, known: Ints
    ) -> tuple[Ints, Ints]:
        """Which of the panels that are dealt stay, and panels for all other tickets."""
        there = np.array(dealt, dtype=np.int64).reshape(-1, len(exact))
        mixture = mixed(
            there,
            known,
            exact,
            self._sizes,
            tickets,
            numbers=self._numbers,
            solver=self._solver,
        )
        stay = mixture.stay(self._numbers)
        owed, left = exact - there[stay].sum(axis=0), tickets - len(stay)
        late = last_tickets(self._finder, owed, mixture.without(stay), left, numbers=self._numbers)
        return stay, late

    def _panel(self, owed: Ints, left: int) -> Ints | None:
        """A panel that can have a ticket of those that are left."""
        sizes, after = self._sizes, left - 1
        below, rest = np.divmod(owed, left)
        lower = np.maximum(below, owed - after * sizes)
        upper = np.minimum(below + (rest > 0), owed)
        if np.any(lower > upper):
            return None
        sums = self._relaxation.activity(owed)
        least, most = self._relaxation.row_lower, self._relaxation.row_upper
        return self._finder.panel(
            pareto_costs(rest, np.full(len(rest), left), self._numbers),
            Bounds(
                lower=lower.astype(float),
                upper=upper.astype(float),
                row_lower=np.maximum(least, sums - after * most),
                row_upper=np.minimum(most, sums - after * least),
            ),
        )
