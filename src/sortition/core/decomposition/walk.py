"""Write expected counts as a lottery over panels: walk to the boundary.

After Birkhoff and von Neumann. Keep what is still owed, `owed`, and the probability that is
still to be given out, `mass`; their ratio is a point of the relaxation.

1. Find a panel near that point, on the smallest face of the relaxation that holds it.
2. Give it the largest weight that leaves the rest in the relaxation.
3. Repeat with the rest. Each step makes one more bound tight, so the mass falls geometrically.

Step 1 decides how long the walk takes. A panel can have a weight of at least ``h * mass`` only
if it leaves out every type whose fraction is below ``h`` and includes every type whose fraction
is above ``1 - h``. So these are held, for the largest ``h`` of a short ladder that has a panel,
which takes a handful of small linear programs.

A rest that lies in the relaxation need not be a mixture of panels, so that a walk can end shortly
before its goal although there is a way. Then another walk, with another order among equals, costs
far less than to find out whether there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.deadline import Deadline
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.progress import Progress
from sortition.core.types import Floats, Ints
from sortition.model import SolverName

DONE = 1e-9
NOTHING = 1e-7
WHOLE_ROW = 1e-6
GOLDEN = 0.6180339887498949
TURNS = (0.0, 0.25, 0.5, 0.75)
LITTLE = 0.01  # that is left of the mass: worth another walk
HEIGHTS = (0.2, 0.1, 0.05, 0.025, 0.0125, 0.006, 0.003, 0.001, 1e-6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Panels over types with their probabilities.

    Attributes
    ----------
    panels : array of int, shape (N, T)
    weights : array of float, shape (N,)
        Positive, adding up to 1.
    """

    panels: Ints
    weights: Floats

    @property
    def counts(self) -> Floats:
        """The expected counts, shape (T,)."""
        return self.weights @ self.panels


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """The walk found no panel for the rest, or the time was up.

    Attributes
    ----------
    panels : array of int, shape (N, T)
        Those found until then.
    weights : array of float, shape (N,)
        Adding up to less than 1.
    """

    panels: Ints
    weights: Floats


def walk(
    relaxation: Relaxation,
    counts: Floats,
    *,
    solver: SolverName,
    progress: Progress,
    deadline: Deadline,
) -> Decomposition | Stuck:
    """Decompose expected counts, shape (T,), that lie in the relaxation."""
    finder = PanelFinder(relaxation, solver=solver)
    stuck: list[Stuck] = []
    for turn in TURNS:
        outcome = _walk(finder, relaxation, counts, turn=turn, progress=progress, deadline=deadline)
        if isinstance(outcome, Decomposition):
            return outcome
        stuck.append(outcome)
        if 1 - outcome.weights.sum() > LITTLE or deadline.passed():
            break
    # a later walk may end further from the goal, above all if the time is up
    return max(stuck, key=lambda one: float(one.weights.sum()))


def _walk(
    finder: PanelFinder,
    relaxation: Relaxation,
    counts: Floats,
    *,
    turn: float,
    progress: Progress,
    deadline: Deadline,
) -> Decomposition | Stuck:
    sizes = relaxation.types.sizes.astype(float)
    owed, mass = counts.clip(0, sizes), 1.0
    panels: list[Ints] = []
    weights: list[float] = []
    rung = 0
    while mass > DONE and not deadline.passed():
        point = (owed / mass).clip(0, sizes)
        # a different order among equals at every step, so that equals are not served alike
        order = np.modf((np.arange(len(point)) + len(panels)) * GOLDEN + turn)[0]
        # the height that served last serves again, as a rule, or the next one up
        panel, rung = _near(finder, relaxation, point, order, max(0, rung - 1))
        if panel is None:
            break
        weight = _largest_weight(relaxation, owed, mass, panel)
        if weight <= DONE * mass:
            break
        owed = (owed - weight * panel).clip(0)
        mass -= weight
        panels.append(panel)
        weights.append(weight)
        progress.decomposed(1 - mass)
    found = np.array(panels, dtype=np.int64).reshape(len(panels), len(sizes))
    if mass > NOTHING:
        return Stuck(panels=found, weights=np.array(weights))
    return Decomposition(panels=found, weights=np.array(weights) / sum(weights))


def _near(
    finder: PanelFinder, relaxation: Relaxation, point: Floats, order: Floats, first: int
) -> tuple[Ints | None, int]:
    """A panel near a point, and the number of the height at which it was found."""
    below = np.floor(point + NOTHING)
    fractions = (point - below).clip(0)
    cost = -fractions - 1e-3 * order
    activity = relaxation.activity(point)
    lower, upper = relaxation.row_lower, relaxation.row_upper
    row_lower = np.maximum(np.floor(activity + WHOLE_ROW), lower)
    row_upper = np.minimum(np.ceil(activity - WHOLE_ROW), upper)
    for rung, height in enumerate(HEIGHTS[first:], first):
        bounds = Bounds(
            lower=np.where(fractions > 1 - height, below + 1, below),
            upper=np.where(fractions < height, below, below + 1),
            row_lower=row_lower,
            row_upper=row_upper,
        )
        panel = finder.dive(cost, bounds)
        if panel is not None:
            return panel, rung
    # where rounding alone would end the walk, separation would take far longer than this
    return finder.find(cost, _face(relaxation, point, activity)), len(HEIGHTS)


def _face(relaxation: Relaxation, point: Floats, activity: Floats) -> Bounds:
    """The smallest face that holds the point: what stands at a bound stays there."""
    sizes = relaxation.types.sizes
    lower, upper = relaxation.row_lower, relaxation.row_upper
    return Bounds(
        lower=np.where(point > sizes - NOTHING, sizes, 0.0),
        upper=np.where(point < NOTHING, 0.0, sizes),
        row_lower=np.where(activity > upper - WHOLE_ROW, upper, lower),
        row_upper=np.where(activity < lower + WHOLE_ROW, lower, upper),
    )


def _largest_weight(relaxation: Relaxation, owed: Floats, mass: float, panel: Ints) -> float:
    sizes = relaxation.types.sizes
    of_owed, of_panel = relaxation.activity(owed), relaxation.activity(panel)
    lower, upper = relaxation.row_lower, relaxation.row_upper
    bounded = np.isfinite(lower)
    room = np.concatenate(
        [
            owed,
            mass * sizes - owed,
            (of_owed - mass * lower)[bounded],
            mass * upper - of_owed,
        ]
    )
    taken = np.concatenate([panel, sizes - panel, (of_panel - lower)[bounded], upper - of_panel])
    return float(min(mass, (room[taken > 0] / taken[taken > 0]).min(initial=mass)))
