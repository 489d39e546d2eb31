"""Which bounds every point of a relaxation presses against.

Bounds can imply each other, so that a row between 0 and 2 is never below 2. One linear program
finds all of them (Freund, Roundy, Todd, *Identifying the set of always-active constraints in a
system of linear inequalities by a single linear program*, MIT, 1985): over points ``c`` that are
blown up by a factor ``f >= 1``, it maximises the sum of ``t`` with ``0 <= t <= 1`` and ``t`` at
most the room to each bound. Any room can be blown up to 1, so that ``t`` is 1 or 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.types import Bools, Floats
from sortition.model import SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The bounds that every point presses against.

    Attributes
    ----------
    above, below : array of bool, shape (rows,)
        The rows that are always at their upper bound, or at their lower one.
    ceilings : array of bool, shape (T,)
        The types all of whose people are always on the panel.
    """

    above: Bools
    below: Bools
    ceilings: Bools


def pressed(relaxation: Relaxation, *, solver: SolverName) -> Pressed | None:
    """Find the bounds that every point of a relaxation presses against; None if it is empty."""
    sizes = relaxation.types.sizes.astype(float)
    bounds = [*_of_rows(relaxation), *_ceilings(sizes)]
    factor = len(sizes)
    program = Program(
        factor + 1 + len(bounds),
        [
            Row(
                columns=np.append(row.columns, [factor, factor + 1 + number]),
                coefficients=np.append(row.coefficients, [-bound, 1.0]),
            )
            for number, (row, bound) in enumerate(bounds)
        ],
        solver=solver,
    )
    room = np.ones(len(bounds))
    solution = program.minimise(
        np.concatenate([np.zeros(factor + 1), -room]),
        Bounds(
            lower=np.concatenate([np.zeros(factor), [1.0], 0 * room]),
            upper=np.concatenate([np.full(factor + 1, np.inf), room]),
            row_lower=np.full(len(bounds), -np.inf),
            row_upper=np.zeros(len(bounds)),
        ),
    )
    if solution is None:
        return None
    none = solution.columns[factor + 1 :] < 0.5
    bounded, rows = np.isfinite(relaxation.row_lower), len(relaxation.row_lower)
    below = np.zeros(rows, dtype=bool)
    below[bounded] = none[rows : -len(sizes)]
    return Pressed(above=none[:rows], below=below, ceilings=none[-len(sizes) :])


def _of_rows(relaxation: Relaxation) -> Iterator[tuple[Row, float]]:
    """The upper bounds, then the lower ones turned round; coefficients are at most 1."""
    rows = list(zip(relaxation.rows, relaxation.scale.tolist(), strict=True))
    for sign, bounds in ((1, relaxation.row_upper), (-1, relaxation.row_lower)):
        for (row, scale), bound in zip(rows, bounds.tolist(), strict=True):
            if isfinite(bound):
                coefficients = sign * row.coefficients / scale
                yield Row(columns=row.columns, coefficients=coefficients), sign * bound / scale


def _ceilings(sizes: Floats) -> Iterator[tuple[Row, float]]:
    for type_, size in enumerate(sizes.tolist()):
        yield Row(columns=np.array([type_]), coefficients=np.ones(1)), size
