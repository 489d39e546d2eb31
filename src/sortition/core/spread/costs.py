"""Random costs, so that one vertex of a linear program is the cheapest, whichever solver finds it.

They are those of Pareto sampling (Rosén, *On sampling with probability proportional to size*,
Journal of Statistical Planning and Inference 62, 1997) with quotas in place of a sample size: with
chances ``p`` and uniform ``u``, those are drawn whose ``log(u / (1 - u)) + log(p / (1 - p))`` is
largest together. That is close to a draw that is as random as these chances allow.
"""

from __future__ import annotations

import numpy as np

from sortition.core.spread.logarithms import log2
from sortition.core.spread.numbers import Numbers
from sortition.core.types import Floats, Ints

UNIFORM = 16  # binary digits of a uniform number, and of a fraction
FINER = 24
# Costs differ by far more than what a solver takes for nothing.
STEPS = 6


def pareto_costs(part: Ints, of: Ints, numbers: Numbers) -> Floats:
    """The costs of those whose chance is ``part / of``; 0 for who is certain to come, or not to."""
    drawn = numbers.words(len(part))
    uniform = (drawn >> np.uint64(64 - UNIFORM)).astype(np.int64) * 2 + 1  # never 0 or 1
    odds = log2(uniform) - log2(2 ** (UNIFORM + 1) - uniform)
    inside = (part > 0) & (part < of)
    odds += log2(np.where(inside, part, 1)) - log2(np.where(inside, of - part, 1))
    # by other digits of the same number no two costs are alike
    finer = (drawn & np.uint64(2**FINER - 1)).astype(np.float64) / 2.0**FINER
    costs: Floats = np.where(inside, (finer - odds) / 2.0**STEPS, 0.0)
    return costs
