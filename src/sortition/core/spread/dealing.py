"""Deal the places of all tickets out to panels, one panel after the other, at random.

1. Each type gets its share of all places, rounded to whole places so that every row can still be
   kept on average.
2. A panel takes some of them. Somebody is on it with about the chance ``owed / left``, what her
   type is still owed over the tickets that are left; what remains must leave every row room on the
   tickets after it. All of this is whole numbers, so that nothing is ever owed that cannot be paid
   for want of digits.
3. If no panel is found, some of those dealt last are taken back, and dealt again. If that does not
   help either, the last tickets go to those who are owed most (`last`).

The panel is that of Pareto sampling (Rosén, *On sampling with probability proportional to size*,
Journal of Statistical Planning and Inference 62, 1997) with quotas in place of a sample size: with
``p = owed / left`` and a uniform ``u``, those come on it whose ``log(u / (1 - u)) + log(p / (1 -
p))`` is largest together. That is close to the panels being as random as these chances allow. As
the costs are random, one vertex of the relaxation is the cheapest, whichever solver finds it.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.spread.last import last_tickets
from sortition.core.spread.logarithms import log2
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints
from sortition.model import SolverName

UNIFORM = 16  # binary digits of a uniform number, and of a fraction
FINER = 24
# Costs differ by far more than what a solver takes for nothing.
STEPS = 6
FAILURES = 20
MOST_BACK = 64
LAST = 4  # the part of the tickets that are dealt otherwise then


class Dealer:
    """Deals places to panels.

    Parameters
    ----------
    relaxation : Relaxation
    numbers : Numbers
    solver : {"highs", "cbc"}
    """

    def __init__(self, relaxation: Relaxation, numbers: Numbers, *, solver: SolverName) -> None:
        self._relaxation = relaxation
        self._numbers = numbers
        self._finder = WholePoints(relaxation, solver=solver)
        self._sizes = relaxation.types.sizes

    def deal(
        self, chances: tuple[Fraction, ...], tickets: int, *, copies: int, known: Ints
    ) -> Ints:
        """Panels over types, shape (tickets, T), whose mean is as near the chances as can be.

        Parameters
        ----------
        chances : tuple of Fraction
            The selection probability of a person of each type.
        tickets : int
        copies : int
            How many tickets at most a panel gets; the fewer, the more random, and the longer it
            takes.
        known : array of int, shape (N, T)
            Some panels, one at least, for the case that none can be dealt.
        """
        owed = self._places(chances, tickets)
        dealt: list[Ints] = []
        failures, back = 0, 1
        while len(dealt) < tickets and failures < FAILURES:
            left = tickets - len(dealt)
            times = min(copies, 1 + left // (50 * copies))
            panel = self._panel(owed, left, times)
            if panel is not None:
                dealt += [panel] * times
                owed = owed - times * panel
                continue
            failures += 1
            owed = owed + np.sum(dealt[-back:], axis=0, dtype=np.int64)
            del dealt[-back:]
            back = min(2 * back, MOST_BACK)
        if len(dealt) < tickets:
            kept = min(len(dealt), tickets - tickets // LAST)
            owed = owed + np.sum(dealt[kept:], axis=0, dtype=np.int64)
            del dealt[kept:]
            left = tickets - len(dealt)
            late = last_tickets(
                self._finder,
                self._relaxation,
                owed,
                left,
                known=np.array(dealt or known),
                numbers=self._numbers,
            )
            dealt += list(late)
        return np.array(dealt)

    def _places(self, chances: tuple[Fraction, ...], tickets: int) -> Ints:
        """How many places of all tickets go to each type."""
        shares = [
            tickets * size * chance
            for size, chance in zip(self._sizes.tolist(), chances, strict=True)
        ]
        floors = np.array([share.numerator // share.denominator for share in shares])
        over = [share - floor for share, floor in zip(shares, floors.tolist(), strict=True)]
        parts = np.array([round(part * 2**UNIFORM) for part in over])
        cost = self._cost(parts, np.full(len(parts), 2**UNIFORM))
        most = tickets * self._sizes
        for wider in range(3):
            ceilings = floors + (np.array([part > 0 for part in over]) | (wider > 0)) + wider
            found = self._finder.near(
                cost,
                Bounds(
                    lower=(floors - wider).clip(0).astype(float),
                    upper=np.minimum(ceilings, most).astype(float),
                    row_lower=tickets * self._relaxation.row_lower,
                    row_upper=tickets * self._relaxation.row_upper,
                ),
            )
            if found is not None:
                return found
        return floors

    def _panel(self, owed: Ints, left: int, times: int) -> Ints | None:
        """A panel that can have so many tickets of those that are left."""
        sizes, after = self._sizes, left - times
        below, rest = np.divmod(owed, left)
        lower = np.maximum(below, -((after * sizes - owed) // times))
        upper = np.minimum(below + (rest > 0), owed // times)
        if np.any(lower > upper):
            return None
        sums = self._relaxation.activity(owed)
        least, most = self._relaxation.row_lower, self._relaxation.row_upper
        return self._finder.panel(
            self._cost(rest, np.full(len(rest), left)),
            Bounds(
                lower=lower.astype(float),
                upper=upper.astype(float),
                row_lower=np.maximum(least, np.ceil((sums - after * most) / times)),
                row_upper=np.minimum(most, np.floor((sums - after * least) / times)),
            ),
        )

    def _cost(self, part: Ints, of: Ints) -> Floats:
        """The random costs of Pareto sampling, for those whose chance is ``part / of``."""
        drawn = self._numbers.words(len(part))
        uniform = (drawn >> np.uint64(64 - UNIFORM)).astype(np.int64) * 2 + 1  # never 0 or 1
        odds = log2(uniform) - log2(2 ** (UNIFORM + 1) - uniform)
        inside = (part > 0) & (part < of)
        odds += log2(np.where(inside, part, 1)) - log2(np.where(inside, of - part, 1))
        # by other digits of the same number no two costs are alike
        finer = (drawn & np.uint64(2**FINER - 1)).astype(np.float64) / 2.0**FINER
        costs: Floats = np.where(inside, (finer - odds) / 2.0**STEPS, 0.0)
        return costs
