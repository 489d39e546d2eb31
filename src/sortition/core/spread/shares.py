"""How many of the tickets everybody gets, in whole numbers that are as near her chance as can be.

1. Each type gets its share of all places, rounded so that every row can still be kept on average.
   Which of two roundings a share gets is random, with its fraction for a chance.
2. The people of a type get the same number of tickets, or one more. Who gets that one is random;
   households that are alike take turns, so that no household gets more tickets than there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.spread.costs import UNIFORM, pareto_costs
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.whole import WholePoints
from sortition.core.types import Bools, Ints, Types

# by how many places a share may be off before it is only rounded down
WIDEST = 2


def places_of_types(
    chances: Sequence[Fraction], tickets: int, *, finder: WholePoints, numbers: Numbers
) -> Ints:
    """How many places of all tickets each type gets, shape (T,).

    Parameters
    ----------
    chances : sequence of Fraction
        The selection probability of a person of each type.
    tickets : int
    finder : WholePoints
    numbers : Numbers
    """
    relaxation = finder.relaxation
    sizes = relaxation.types.sizes
    shares = [tickets * size * chance for size, chance in zip(sizes.tolist(), chances, strict=True)]
    floors = np.array([share.numerator // share.denominator for share in shares])
    over = [share - floor for share, floor in zip(shares, floors.tolist(), strict=True)]
    parts = np.array([round(part * 2**UNIFORM) for part in over])
    cost = pareto_costs(parts, np.full(len(parts), 2**UNIFORM), numbers)
    between = np.array([part > 0 for part in over])
    for wider in range(WIDEST + 1):
        found = finder.near(cost, _bounds(relaxation, tickets, floors, between, wider))
        if found is not None:
            return found
    return floors


def _bounds(
    relaxation: Relaxation, tickets: int, floors: Ints, between: Bools, wider: int
) -> Bounds:
    ceilings = floors + (between | (wider > 0)) + wider
    return Bounds(
        lower=(floors - wider).clip(0).astype(float),
        upper=np.minimum(ceilings, tickets * relaxation.types.sizes).astype(float),
        row_lower=tickets * relaxation.row_lower,
        row_upper=tickets * relaxation.row_upper,
    )


def tickets_of_people(types: Types, places: Ints, *, people: int, numbers: Numbers) -> Ints:
    """How many tickets everybody gets, shape (people,), by position in the pool.

    Parameters
    ----------
    types : Types
    places : array of int, shape (T,)
    people : int
        How many there are in the pool.
    numbers : Numbers
    """
    tickets = np.zeros(people, dtype=np.int64)
    each, over = np.divmod(places, types.sizes)
    rank = numbers.words(people)
    turns = [0] * len(types.lower)
    for type_, members in enumerate(types.members):
        queue = np.array(members)
        tickets[queue] = each[type_]
        row, alike = _households(types, type_)
        if alike > 1:
            # one mate of every household, then the next ones; the next type goes on where this ends
            first = turns[row] % alike
            by_mate = queue.reshape(alike, -1).T
            queue = np.roll(by_mate, -first, axis=1).ravel()
            turns[row] += int(over[type_])
        else:
            queue = queue[np.argsort(rank[queue], kind="stable")]
        tickets[queue[: over[type_]]] += 1
    return tickets


def _households(types: Types, type_: int) -> tuple[int, int]:
    """The household row of a type, and how many households it stands for; 0 if there is none."""
    first = len(types.lower) - len(types.households)
    for row in types.rows_of[type_].tolist():
        if first <= row < len(types.lower):
            return row, types.households[row - first]
    return 0, 0
