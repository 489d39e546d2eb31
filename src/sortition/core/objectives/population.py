"""Population: everybody who could have been asked as close to the same chance as the quotas allow.

Volunteers are not a random part of the population. Flanigan, Gölz, Gupta, Procaccia, *Neutralizing
Self-Selection Bias in Sampling for Sortition*, NeurIPS 2020, section 3, undo that: somebody who
came into the pool with chance ``q`` gets a selection probability in proportion to ``1 / q``, so
that coming into the pool and being selected from it multiply to the same for all.

1. The *aim* of a person is ``min(1, c / q)``, with the ``c`` for which the aims add up to the
   panel (`aims_of`).
2. Quotas that every panel keeps can stand in the way. So raise the lowest probability divided by
   its aim, then the second lowest, and so on, as leximin raises the probabilities.

If the aims can be reached, this reaches them, and the lowest share of an aim is 1. The paper rounds
the aims to one panel that misses the quotas by a little; here the quotas hold and the aims give.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Floats
from sortition.model import SolverName


def aims_of(rates: Sequence[Fraction], panel_size: int) -> list[Fraction]:
    """What the selection probabilities should be, quotas apart.

    Parameters
    ----------
    rates : sequence of Fraction
        The chance of each person of the pool to come into it; above 0.
    panel_size : int
        At most as many as there are people.

    Returns
    -------
    list of Fraction
        Above 0, at most 1; they add up to the panel size.
    """
    left = panel_size
    weights = sorted((1 / rate for rate in rates), reverse=True)
    total = sum(weights, start=Fraction(0))
    sure = 0
    while weights[sure] * left > total:
        total -= weights[sure]
        left, sure = left - 1, sure + 1
    return [min(Fraction(1), left / total / rate) for rate in rates]


def population(relaxation: Relaxation, *, aims: Floats, solver: SolverName) -> Target | None:
    """The population point of a relaxation; None if the relaxation is empty.

    Parameters
    ----------
    relaxation : Relaxation
    aims : array of float, shape (people,)
        By position in the pool, above 0. People of one type have the same.
    solver : {"highs", "cbc"}
    """
    first = [members[0] for members in relaxation.types.members]
    return Ladder(relaxation, aims=np.asarray(aims)[first], solver=solver).climb()
