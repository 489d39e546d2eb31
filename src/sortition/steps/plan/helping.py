"""Which letters would help a quota that too few answered for most: those of one stratum.

Of a hundred letters to a stratum so many answers count for a quota on average as its rate, times
the share of its people in the registry who count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Ints, Types
from sortition.steps.plan.strata import Plan

LETTERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """The stratum whose letters help a quota most.

    Attributes
    ----------
    quota : int
        Its number.
    stratum : tuple of str
    answers : float
        That count for the quota, on average, of a hundred letters.
    """

    quota: int
    stratum: tuple[str, ...]
    answers: float


def most_helpful(plan: Plan, groups: Types, stratum_of: Ints, quota: int) -> Help | None:
    """Where letters help a quota most; None if there is one stratum alone, or nobody who counts.

    Parameters
    ----------
    groups : Types
        The registry as groups of people who are alike.
    stratum_of : array of int
        The place of each group's stratum.
    quota : int
        Its number; the rows of `groups` count from 1.
    """
    count = len(plan.strata)
    if count < 2:
        return None
    counts = (groups.rows_of == quota + 1).any(axis=1)
    people = np.bincount(stratum_of, weights=groups.sizes, minlength=count)
    own = np.bincount(stratum_of, weights=groups.sizes * counts, minlength=count)
    brought = [
        LETTERS * float(one.belief.rate) * own[place] / people[place] if people[place] else 0.0
        for place, one in enumerate(plan.strata)
    ]
    best = max(range(count), key=lambda place: (brought[place], -place))
    if not brought[best]:
        return None
    return Help(quota=quota, stratum=plan.strata[best].stratum.values, answers=brought[best])
