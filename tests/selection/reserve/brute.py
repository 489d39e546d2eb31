"""Small panels with their reserves, worked out by trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

import numpy as np

from sortition.core.types import Ints
from sortition.selection.reserve.scenarios import WORD, Scenarios, Vacancies

# three quotas: women, young people, and those who are both
LOWER, UPPER = (2, 1, 0), (3, 3, 2)
KINDS = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1))


def vacancies(
    seats: tuple[int, ...] = (0, 1, 2, 2, 3),
    supply: tuple[int, ...] = (1, 2, 1, 2),
    chance: float = 0.3,
) -> Vacancies:
    """A panel whose members are of these kinds."""
    kinds = np.array(KINDS)
    return Vacancies(
        lower=np.array(LOWER),
        upper=np.array(UPPER),
        seats=kinds[list(seats)],
        leaving=np.full(len(seats), int(chance * WORD)),
        kinds=kinds,
        supply=np.array(supply),
        rank=np.arange(len(kinds)),
    )


def every_scenario(v: Vacancies) -> Scenarios:
    """Each set of members that could be gone, once."""
    left, gone = [], []
    for stays in product((0, 1), repeat=len(v.seats)):
        left.append(np.array(stays) @ v.seats)
        gone.append(len(v.seats) - sum(stays))
    return Scenarios(left=np.array(left), gone=np.array(gone), times=np.ones(len(gone), dtype=int))


def distance(counts: Ints) -> Fraction:
    """Seats too few and too many, each over the upper bound."""
    return sum(
        (
            Fraction(max(lower - count, count - upper, 0), max(upper, 1))
            for count, lower, upper in zip(counts.tolist(), LOWER, UPPER, strict=True)
        ),
        Fraction(0),
    )


def after_best_replacement(v: Vacancies, scenarios: Scenarios, reserve: tuple[int, ...]) -> float:
    """The mean distance when the best of the reserve are called, by trying all of them."""
    total = Fraction(0)
    for left, gone, times in zip(scenarios.left, scenarios.gone, scenarios.times, strict=True):
        calls = (
            called
            for size in range(min(int(gone), len(reserve)) + 1)
            for called in combinations(reserve, size)
        )
        best = min(distance(left + v.kinds[list(called)].sum(axis=0)) for called in calls)
        total += int(times) * best
    return float(total / int(scenarios.times.sum()))


def every_reserve(v: Vacancies, count: int) -> list[tuple[int, ...]]:
    """All reserves of so many people."""
    return [
        reserve
        for reserve in combinations_with_replacement(range(len(v.kinds)), count)
        if all(reserve.count(kind) <= supply for kind, supply in enumerate(v.supply.tolist()))
    ]
