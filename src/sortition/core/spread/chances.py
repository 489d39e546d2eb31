"""The chances that an objective picks, free of what the solver's last digits are.

The optimal point is unique, and most objectives give few different chances. These solve the rows
that are pressed against, so that they can be found as exact fractions. Where that fails (the Nash
point is no fraction), they are rounded: far coarser than the errors of a solver, and far finer than
a ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Floats, Ints

# Chances nearer to each other than this are one, and a row nearer to its bound is tight.
APART = 1e-7
TIGHT = 1e-6
PARTS = 10**7


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Everybody's chance.

    Attributes
    ----------
    of_types : tuple of Fraction
        The selection probability of a person of each type.
    exact : bool
        Whether they are the optimum itself; if not, they are rounded to seven digits.
    """

    of_types: tuple[Fraction, ...]
    exact: bool


def settle(relaxation: Relaxation, counts: Floats) -> Chances:
    """The chances behind expected counts.

    Parameters
    ----------
    relaxation : Relaxation
    counts : array of float, shape (T,)
        The expected counts that a solver found.
    """
    sizes = relaxation.types.sizes
    found = (counts / sizes).clip(0, 1)
    values, value_of = _distinct(found)
    exact = _solved(relaxation, counts, value_of, len(values))
    if exact is not None and all(
        0 <= chance <= 1 and abs(float(chance) - value) < APART
        for chance, value in zip(exact, values, strict=True)
    ):
        return Chances(of_types=tuple(exact[number] for number in value_of.tolist()), exact=True)
    parts = np.round(found * PARTS).astype(np.int64).tolist()
    return Chances(of_types=tuple(Fraction(part, PARTS) for part in parts), exact=False)


def _distinct(found: Floats) -> tuple[list[float], Ints]:
    """The different chances, and for each type which of them is its."""
    order = np.argsort(found, kind="stable")
    ascending = found[order]
    opens = np.diff(ascending, prepend=-1.0) > APART
    value_of = np.empty(len(found), dtype=np.int64)
    value_of[order] = np.cumsum(opens) - 1
    return ascending[opens].tolist(), value_of


def _solved(
    relaxation: Relaxation, counts: Floats, value_of: Ints, values: int
) -> list[Fraction] | None:
    """The chances that the tight rows determine; None if they do not, or contradict each other."""
    equations: set[tuple[int, ...]] = set()
    activity = relaxation.activity(counts)
    near = TIGHT * relaxation.scale
    sizes = relaxation.types.sizes
    for number, row in enumerate(relaxation.rows):
        for bound in {relaxation.row_lower[number], relaxation.row_upper[number]}:
            if abs(activity[number] - bound) < near[number]:
                people = row.coefficients.astype(np.int64) * sizes[row.columns]
                sums = np.zeros(values, dtype=np.int64)
                np.add.at(sums, value_of[row.columns], people)
                equations.add((*sums.tolist(), int(bound)))
    certain = sorted(set(value_of[counts > sizes - TIGHT].tolist()))
    for number in certain:
        equations.add((*(int(place == number) for place in range(values)), 1))
    if len(equations) < values:
        return None
    return _eliminated(sorted(equations), values)


def _eliminated(equations: Sequence[Sequence[int]], unknowns: int) -> list[Fraction] | None:
    """The one solution of linear equations, the right side of which stands last."""
    rows = [[Fraction(entry) for entry in row] for row in equations]
    for unknown in range(unknowns):
        pivot = next((n for n in range(unknown, len(rows)) if rows[n][unknown]), None)
        if pivot is None:
            return None
        rows[unknown], rows[pivot] = rows[pivot], rows[unknown]
        head = [entry / rows[unknown][unknown] for entry in rows[unknown]]
        rows[unknown] = head
        for number, row in enumerate(rows):
            if number != unknown and row[unknown]:
                times = row[unknown]
                rows[number] = [
                    entry - times * of_head for entry, of_head in zip(row, head, strict=True)
                ]
    if any(row[-1] for row in rows[unknowns:]):
        return None
    return [row[-1] for row in rows[:unknowns]]
