"""Which types are on some panel, and which the quotas leave out of every panel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sortition.core.deadline import Deadline
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Bools, Ints
from sortition.model import SolverName


def reachable(
    relaxation: Relaxation, panels: Ints, *, solver: SolverName, deadline: Deadline
) -> tuple[Bools, Ints]:
    """Find a panel for every type that has one.

    Parameters
    ----------
    relaxation : Relaxation
    panels : array of int, shape (N, T)
        Panels that are known already.
    solver : {"highs", "cbc"}
    deadline : Deadline

    Returns
    -------
    reached : array of bool, shape (T,)
        False: an integer program has proved that no panel has anybody of this type.
    panels : array of int, shape (M, T)
        The known panels and those found on the way.

    Raises
    ------
    TimeUp
    """
    finder = PanelFinder(relaxation, solver=solver)
    everywhere = finder.everywhere()
    known = list(panels)
    reached = np.any(panels > 0, axis=0)
    while not reached.all():
        deadline.check()
        # first many at a time
        panel = finder.dive(-(~reached).astype(float), everywhere)
        if panel is None or not np.any(panel[~reached]):
            break
        known.append(panel)
        reached |= panel > 0
    for type_ in np.flatnonzero(~reached).tolist():
        if reached[type_]:
            continue
        deadline.check()
        lower = everywhere.lower.copy()
        lower[type_] = 1
        panel = finder.find(-(~reached).astype(float), replace(everywhere, lower=lower))
        if panel is not None:
            known.append(panel)
            reached |= panel > 0
    return reached, np.array(known, dtype=np.int64).reshape(len(known), len(reached))
