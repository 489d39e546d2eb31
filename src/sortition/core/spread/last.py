"""The last tickets, where what is owed cannot be paid to the last place.

1. The chances lie between the panels that show that they can be reached, so these are mixed to what
   is owed; of each, as many whole tickets are taken as that asks for, then those that lessen most
   what is owed.
2. If that leaves somebody far off, tickets are exchanged for others that lessen it: one, and where
   that does not help any more, two at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName

DUST = 1e-6
FAR = 1.0  # tickets
DIGITS = 6
EQUALS = 1e-3
MOST_PAIRS = 2 * 10**6  # of exchanges, times the types that they touch; the best ones alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """So much of each of some panels.

    Attributes
    ----------
    panels : array of int, shape (N, T)
        Different ones.
    times : array of float, shape (N,)
    off : float
        By how many tickets a person is off, at most.
    """

    panels: Ints
    times: Floats
    off: float


def mixed(known: Ints, owed: Floats, left: int, sizes: Ints, solver: SolverName) -> Mixture:
    """The mixture of panels that comes nearest to what is owed, by whoever is furthest off.

    Parameters
    ----------
    known : array of int, shape (N, T)
        Some panels, one at least; best those that the chances lie between.
    owed : array of float, shape (T,)
        How many places each type should have on the tickets that are left.
    left : int
        How many these are.
    sizes : array of int, shape (T,)
    solver : {"highs", "cbc"}

    Raises
    ------
    SolverFailed
    """
    panels = np.unique(known, axis=0)
    count, types = panels.shape
    both = np.tile(panels.T, (2, 1)).astype(float)
    slack = np.concatenate([-sizes, sizes]).astype(float)
    rows = [
        Row(columns=np.arange(count + 1), coefficients=np.append(line, off))
        for line, off in zip(both, slack, strict=True)
    ]
    rows.append(Row(columns=np.arange(count), coefficients=np.ones(count)))
    never = np.full(types, np.inf)
    solution = Program(count + 1, rows, solver=solver).minimise(
        np.append(np.zeros(count), 1.0),
        Bounds(
            lower=np.zeros(count + 1),
            upper=np.append(np.full(count, float(left)), np.inf),
            row_lower=np.concatenate([-never, owed, [left]]),
            row_upper=np.concatenate([owed, never, [left]]),
        ),
    )
    if solution is None:
        raise SolverFailed("no mixture of panels was found")
    times = np.round(solution.columns[:count], DIGITS)
    return Mixture(panels=panels, times=times, off=float(solution.columns[count]))


def last_tickets(
    finder: WholePoints, owed: Floats, mixture: Mixture, left: int, *, numbers: Numbers
) -> Ints:
    """Panels over types, shape (left, T), that leave little to be owed.

    Parameters
    ----------
    finder : WholePoints
    owed : array of float, shape (T,)
    mixture : Mixture
        What comes near to that.
    left : int
        How many tickets there are.
    numbers : Numbers
        Decide among equals, so that the solver does not.
    """
    sizes, known = finder.relaxation.types.sizes, mixture.panels
    times = np.floor(mixture.times + DUST).astype(np.int64)
    late = list(np.repeat(known, times, axis=0))[:left]
    still: Floats = owed - np.sum(late, axis=0, dtype=np.int64)
    while len(late) < left:
        late.append(known[np.round(_strain(still - known, sizes), DIGITS).argmin()])
        still = still - late[-1]
    tickets = np.array(late)
    still = _even_out(finder, tickets, still, sizes, numbers)
    _even_out_in_pairs(tickets, still, known, sizes)
    return tickets


def _strains(rest: Floats, sizes: Ints) -> Floats:
    """How badly the people of each type are off, by what it is still owed."""
    squares: Floats = (rest / sizes) * (rest / sizes)
    return squares * squares


def _strain(rest: Floats, sizes: Ints) -> Floats:
    """How badly people are off together, shape (…,), by what is still owed, shape (…, T)."""
    together: Floats = np.asarray(_strains(rest, sizes).sum(axis=-1))
    return together


def _even_out_in_pairs(tickets: Ints, owed: Floats, known: Ints, sizes: Ints) -> None:
    """Exchange two tickets at once, in place, for known panels, until nobody is far off."""
    while np.abs(owed / sizes).max(initial=0) > FAR:
        kinds, counts = np.unique(tickets, axis=0, return_counts=True)
        changes = (known[None, :, :] - kinds[:, None, :]).reshape(-1, len(sizes))
        alone = _strain(owed - changes, sizes).round(DIGITS)
        best = np.argsort(alone, kind="stable")[: isqrt(MOST_PAIRS // len(sizes))]
        changes, kind = changes[best], best // len(known)
        after = _strain(owed - changes[:, None, :] - changes[None, :, :], sizes)
        once = (kind[:, None] == kind[None, :]) & (counts[kind] == 1)[:, None]
        after[once] = np.inf
        after = after.round(DIGITS)
        if after.min() >= _strain(owed, sizes) * (1 - DUST):
            return
        one, other = np.unravel_index(after.argmin(), after.shape)
        for change in (one, other):
            number = int(np.flatnonzero((tickets == kinds[kind[change]]).all(axis=1))[0])
            tickets[number] = known[best[change] % len(known)]
            owed = owed - changes[change]


def _even_out(
    finder: WholePoints, tickets: Ints, owed: Floats, sizes: Ints, numbers: Numbers
) -> Floats:
    """Exchange tickets, in place, until nobody is far off or none helps; what is owed then."""
    everywhere = finder.everywhere()
    improved = True
    while improved and np.abs(owed / sizes).max(initial=0) > FAR:
        improved = False
        for number, panel in enumerate(tickets):
            without = owed + panel
            cost = _strains(without - 1, sizes) - _strains(without, sizes)
            other = finder.panel(cost + EQUALS * numbers.fractions(len(owed)), everywhere)
            if other is None:
                continue
            if _strain(without - other, sizes) < _strain(owed, sizes) * (1 - DUST):
                tickets[number] = other
                owed = without - other
                improved = True
    return owed
