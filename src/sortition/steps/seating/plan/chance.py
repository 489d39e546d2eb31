"""What chance alone would reach, to hold a plan against."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from statistics import fmean

import numpy as np

from sortition.steps.seating.plan.figures import figures_of
from sortition.steps.seating.plan.problem import Problem, Seats

PLANS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The means of some random plans.

    Attributes
    ----------
    plans : int
        How many there were. Their tables are as large as those of the plan; they know no rules.
    meetings, again, uneven : float
        As in `Figures`.
    """

    plans: int
    meetings: float
    again: float
    uneven: float


def by_chance(problem: Problem, seats: Seats) -> Chance:
    """Shuffle the seats of each session that is yet to be held, and count."""
    number = int.from_bytes(sha256(b"sortition/seating/chance/1").digest(), "big")
    rng = np.random.Generator(np.random.PCG64(number))
    figures = [figures_of(problem, _shuffled(problem, seats, rng)) for _ in range(PLANS)]
    return Chance(
        plans=PLANS,
        meetings=fmean(one.meetings for one in figures),
        again=fmean(one.again for one in figures),
        uneven=fmean(one.uneven for one in figures),
    )


def _shuffled(problem: Problem, seats: Seats, rng: np.random.Generator) -> Seats:
    plan = list(seats[: problem.held])
    for tables in seats[problem.held :]:
        order = [guest for guest, table in enumerate(tables) if table is not None]
        places = list(tables)
        for guest, other in zip(order, rng.permutation(order).tolist(), strict=True):
            places[guest] = tables[other]
        plan.append(tuple(places))
    return tuple(plan)
