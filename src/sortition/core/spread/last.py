"""The last tickets, where what is owed cannot be paid to the last place.

1. The chances lie between the panels that show that they can be reached. With their help what is
   dealt is mended by a linear program that takes as few tickets back as can be; of each panel, as
   many whole tickets are taken as that asks for, then those that lessen most what is owed.
2. If that leaves somebody far off, tickets are exchanged for others that lessen it: one, and where
   that does not help any more, two at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isqrt

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName

DUST = 1e-6
NEAR = 0.25  # tickets by which a mixture of panels may be off
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
    kind : array of int, shape (dealt,)
        Which of these each panel is that was dealt.
    times : array of float, shape (N,)
    """

    panels: Ints
    kind: Ints
    times: Floats

    def stay(self, numbers: Numbers) -> Ints:
        """Which of the panels that were dealt stay: a random choice of each kind."""
        order = np.argsort(numbers.words(len(self.kind)), kind="stable")
        order = order[np.argsort(self.kind[order], kind="stable")]
        counts = np.bincount(self.kind, minlength=len(self.panels))
        kept = np.minimum(counts, np.floor(self.times + DUST).astype(np.int64))
        rank = np.arange(len(order)) - (np.cumsum(counts) - counts)[self.kind[order]]
        staying: Ints = np.sort(order[rank < kept[self.kind[order]]])
        return staying

    def without(self, stay: Ints) -> Mixture:
        """What is left when some of the panels that were dealt stay."""
        taken = np.bincount(self.kind[stay], minlength=len(self.panels))
        return replace(self, times=self.times - taken)


def mixed(
    dealt: Ints,
    known: Ints,
    wanted: Floats,
    sizes: Ints,
    tickets: int,
    *,
    numbers: Numbers,
    solver: SolverName,
) -> Mixture:
    """The mixture of panels that keeps most of those that are dealt and gives what is wanted.

    Parameters
    ----------
    dealt : array of int, shape (dealt, T)
    known : array of int, shape (N, T)
        Some panels, one at least; best those that the chances lie between.
    wanted : array of float, shape (T,)
        How many places each type should have on all tickets.
    sizes : array of int, shape (T,)
    tickets : int
    numbers : Numbers
        Decide among equals, so that the solver does not.
    solver : {"highs", "cbc"}

    Raises
    ------
    SolverFailed
    """
    panels, kind = np.unique(np.concatenate([dealt, known]), axis=0, return_inverse=True)
    count, types = panels.shape
    kind = kind.ravel()[: len(dealt)]
    there = np.bincount(kind, minlength=count)
    lacking = wanted - there @ panels
    # taken back, added, and by how many tickets a person is off: little, and beyond that
    rows = [
        Row(columns=np.arange(2 * count + 2), coefficients=np.concatenate([-line, line, off, off]))
        for line, off in zip(
            np.tile(panels.T, (2, 1)).astype(float),
            np.concatenate([-sizes, sizes]).astype(float)[:, None],
            strict=True,
        )
    ]
    ones = np.ones(count)
    rows.append(Row(columns=np.arange(2 * count), coefficients=np.concatenate([-ones, ones])))
    equals = EQUALS * numbers.fractions(2 * count)
    never, short = np.full(types, np.inf), [tickets - len(dealt)]
    solution = Program(2 * count + 2, rows, solver=solver).minimise(
        np.concatenate([1 + equals[:count], equals[count:], [0.0, tickets]]),
        Bounds(
            lower=np.zeros(2 * count + 2),
            upper=np.concatenate([there, tickets * ones, [NEAR, np.inf]]),
            row_lower=np.concatenate([-never, lacking, short]),
            row_upper=np.concatenate([lacking, never, short]),
        ),
    )
    if solution is None:
        raise SolverFailed("no mixture of panels was found")
    back, added = solution.columns[:count], solution.columns[count : 2 * count]
    return Mixture(panels=panels, kind=kind, times=np.round(there - back + added, DIGITS))


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
