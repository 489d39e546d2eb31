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

from sortition.core.deadline import Deadline, TimeUp
from sortition.core.decomposition.separation import nearest, separate
from sortition.core.decomposition.walk import Decomposition, Stuck, walk
from sortition.core.feasibility.reach import reachable
from sortition.core.objectives import Objective, Proof, Target
from sortition.core.objectives.levels import DECIDES, Ladder
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.progress import Progress
from sortition.core.types import Floats, Ints, Types
from sortition.errors import SolverFailed
from sortition.model import SolverName

NEVER = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class FairLottery:
    """The lottery over types that an objective picks, with what proves it.

    Attributes
    ----------
    counts : array of float, shape (T,)
        The expected counts that the objective picks.
    decomposition : Decomposition
        Panels over the types of the relaxation, with their probabilities, which show that the
        counts can be reached.
    relaxation : Relaxation
        Over the types that are on some panel, with the cuts that were needed. Nobody else has a
        chance.
    proofs : tuple of Proof
        Why no lottery is better.
    complete : bool
        False if the time was up first: the lottery is one over panels, but not the best, and
        people who are on no panel may not have been set aside.
    """

    counts: Floats
    decomposition: Decomposition
    relaxation: Relaxation
    proofs: tuple[Proof, ...]
    complete: bool

    @property
    def lowest(self) -> float:
        """The lowest chance of all who are on some panel."""
        return float((self.decomposition.counts / self.relaxation.types.sizes).min())


def fairest_lottery(
    types: Types,
    objective: Objective,
    *,
    solver: SolverName,
    progress: Progress,
    seconds: float | None = None,
) -> FairLottery | None:
    """Find the lottery that an objective prefers over all others.

    Parameters
    ----------
    types : Types
    objective : Objective
    solver : {"highs", "cbc"}
    progress : Progress
    seconds : float, optional
        Stop with the best lottery found after so many seconds.

    Returns
    -------
    FairLottery or None
        None if there is no panel, which is proven.

    Raises
    ------
    SolverFailed
        Also if the time was up before any panel was found.
    """
    deadline = Deadline(seconds)
    relaxation = _hopeful(Relaxation(types=types), solver)
    if relaxation is None:
        return None
    panels = np.empty((0, len(relaxation.types)), dtype=np.int64)
    sifted = False
    while True:
        progress.phase("optimise")
        target = objective(relaxation, solver=solver)
        if target is None:
            return None
        progress.phase("decompose")
        walked = walk(
            relaxation, target.counts, solver=solver, progress=progress, deadline=deadline
        )
        outcome: Decomposition | Stuck | Cut = walked
        try:
            if isinstance(outcome, Stuck):
                deadline.check()
                panels = np.concatenate([panels, outcome.panels])
            if not sifted and (isinstance(outcome, Stuck) or target.counts.min() < NEVER):
                sifted = True
                kept, panels = reachable(relaxation, panels, solver=solver, deadline=deadline)
                if not kept.any():
                    return None
                if not kept.all():
                    relaxation = Relaxation(types=relaxation.types.only(kept))
                    panels = panels[:, kept]
                    continue
            if isinstance(outcome, Stuck):
                outcome, panels = separate(
                    relaxation, target.counts, panels, solver=solver, deadline=deadline
                )
        except TimeUp:
            return _unfinished(relaxation, target, walked, panels, solver=solver)
        if isinstance(outcome, Cut):
            relaxation = relaxation.with_cut(outcome)
            continue
        return FairLottery(
            counts=target.counts,
            decomposition=outcome,
            relaxation=relaxation,
            proofs=target.proofs,
            complete=True,
        )


def _unfinished(
    relaxation: Relaxation,
    target: Target,
    walked: Decomposition | Stuck,
    panels: Ints,
    *,
    solver: SolverName,
) -> FairLottery:
    if len(panels):  # a walk was stuck before the time was up, perhaps at its first steps
        known = np.unique(np.concatenate([panels, walked.panels]), axis=0)
        decomposition = nearest(target.counts, known, solver=solver)
    elif len(walked.panels):
        weights = walked.weights / walked.weights.sum()
        decomposition = Decomposition(panels=walked.panels, weights=weights)
    else:
        raise SolverFailed("the time was up before a panel was found")
    return FairLottery(
        counts=decomposition.counts,
        decomposition=decomposition,
        relaxation=relaxation,
        proofs=target.proofs,
        complete=False,
    )


def _hopeful(relaxation: Relaxation, solver: SolverName) -> Relaxation | None:
    """The relaxation over the types that it gives a chance at all; None if it is empty."""
    while True:
        level = Ladder(relaxation, solver=solver).raise_lowest()
        if level is None:
            return None
        if level.value >= NEVER:
            return relaxation
        # those whose weight holds the level at zero are nowhere above zero
        kept = level.proof.weights < DECIDES
        relaxation = Relaxation(types=relaxation.types.only(kept))
