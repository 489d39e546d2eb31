"""The fairest lottery: relax, decompose, and cut where that fails.

1. Let the objective pick a point of the relaxation.
2. Decompose it into panels. If that works the point can be reached, and as it is optimal over
   the larger set, it is the optimum.
3. If it does not, first set aside the people who are on no panel; when that was done, add a cut
   that is true for every panel and false for the point. Begin again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.decomposition import Decomposition, Stuck, walk
from sortition.core.objectives import Objective
from sortition.core.objectives.levels import DECIDES, Level
from sortition.core.progress import Progress
from sortition.core.reach import reachable
from sortition.core.relaxation import Cut, Relaxation
from sortition.core.separation import separate
from sortition.core.types import Bools, Ints, Types
from sortition.model import SolverName

NEVER = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class FairLottery:
    """The lottery over types that an objective picks, with what proves it.

    Attributes
    ----------
    decomposition : Decomposition
        Panels over the types of the relaxation, with their probabilities.
    relaxation : Relaxation
        Over the types that are on some panel, with the cuts that were needed. Nobody else has a
        chance.
    lowest : Level
        The proof for the lowest probability.
    """

    decomposition: Decomposition
    relaxation: Relaxation
    lowest: Level


def fairest_lottery(
    types: Types, objective: Objective, *, solver: SolverName, progress: Progress
) -> FairLottery | None:
    """Find the lottery that an objective prefers over all others.

    Returns
    -------
    FairLottery or None
        None if there is no panel, which is proven.

    Raises
    ------
    SolverFailed
    """
    relaxation = Relaxation(types=types)
    panels = np.empty((0, len(types)), dtype=np.int64)
    sifted = False
    while True:
        progress.phase("optimise")
        target = objective(relaxation, solver=solver)
        if target is None:
            return None
        if target.lowest.value < NEVER:
            # those whose weight holds the level at zero are nowhere above zero
            kept = target.lowest.weights < DECIDES
            relaxation, panels = _only(relaxation, panels, kept)
            continue

        progress.phase("decompose")
        outcome: Decomposition | Stuck | Cut
        outcome = walk(relaxation, target.counts, solver=solver, progress=progress)
        if isinstance(outcome, Stuck):
            panels = np.concatenate([panels, outcome.panels])
            if not sifted:
                sifted = True
                kept, panels = reachable(relaxation, panels, solver=solver)
                if not kept.any():
                    return None
                if not kept.all():
                    relaxation, panels = _only(relaxation, panels, kept)
                    continue
            outcome, panels = separate(relaxation, target.counts, panels, solver=solver)
        if isinstance(outcome, Cut):
            relaxation = relaxation.with_cut(outcome)
            continue
        return FairLottery(decomposition=outcome, relaxation=relaxation, lowest=target.lowest)


def _only(relaxation: Relaxation, panels: Ints, kept: Bools) -> tuple[Relaxation, Ints]:
    return Relaxation(types=relaxation.types.only(kept)), panels[:, kept]
