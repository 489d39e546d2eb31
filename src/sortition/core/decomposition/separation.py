"""Decide whether expected counts can be reached at all: by weights on panels, or by a cut.

Column generation, seen from the dual side. Among all directions ``|y| <= 1`` the one is taken
that best separates the counts from the panels known so far, ``max y @ counts - level`` with
``y @ x <= level`` for each of them.

1. If no direction separates, its multipliers are the weights of a decomposition.
2. Otherwise a panel beyond the level is looked for, and 1 is done again with it. Rounding finds
   most of them, along the direction or along others that are tilted a little; an integer program,
   which takes ten times as long, the rest.
3. If there is none, which the integer program proves, the direction is a cut.
"""

from __future__ import annotations

import numpy as np

from sortition.core.deadline import Deadline
from sortition.core.decomposition.walk import Decomposition
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName

# Distances are sums over types of people on a panel.
REACHED = 1e-8
NEAR = 1e-6
BEYOND = 1e-7
# A cut has whole coefficients, so that it is true to the last digit. Most directions are simple
# fractions; the others lose what does not matter.
DENOMINATORS = (*range(1, 1001), 1_000_000)
TILTS = 6
TILT = 0.05
GOLDEN = 0.6180339887498949


def separate(
    relaxation: Relaxation,
    counts: Floats,
    panels: Ints,
    *,
    solver: SolverName,
    deadline: Deadline,
) -> tuple[Decomposition | Cut, Ints]:
    """Decompose expected counts, shape (T,), or find the cut that shows why not.

    Parameters
    ----------
    relaxation : Relaxation
    counts : array, shape (T,)
    panels : array of int, shape (N, T)
        At least one panel to begin with.
    solver : {"highs", "cbc"}
    deadline : Deadline

    Returns
    -------
    outcome : Decomposition or Cut
    panels : array of int, shape (M, T)
        All panels that are known by now.

    Raises
    ------
    TimeUp
    """
    finder = PanelFinder(relaxation, solver=solver)
    known = list(panels)
    program = Program(len(counts) + 1, [_row(panel) for panel in known], solver=solver)
    while True:
        deadline.check()
        solution = _separating(program, counts, len(known))
        normal, level = solution.columns[:-1], solution.columns[-1]
        if -solution.value <= REACHED:
            return _weighted(known, solution), np.array(known)
        panel = _beyond(finder, normal, level, len(known))
        if panel is None:
            whole = _whole(normal)
            panel = _highest(finder, whole)
            bound = int(whole @ panel)
            if whole @ counts > bound + BEYOND * np.abs(whole).max():
                return Cut(normal=whole, bound=bound), np.array([*known, panel])
            if normal @ panel <= level + BEYOND:
                # neither a panel beyond nor a cut: as near as the figures can tell
                if -solution.value > NEAR:
                    raise SolverFailed("a point is neither reached nor cut off")
                return _weighted(known, solution), np.array(known)
        known.append(panel)
        program.add_row(_row(panel))


def nearest(counts: Floats, panels: Ints, *, solver: SolverName) -> Decomposition:
    """The lottery over some panels that comes nearest to expected counts.

    Parameters
    ----------
    counts : array, shape (T,)
    panels : array of int, shape (N, T)
        At least one.
    solver : {"highs", "cbc"}

    Returns
    -------
    Decomposition
        Nearest by the sum of all distances of its expected counts from those given.
    """
    known = list(panels)
    program = Program(len(counts) + 1, [_row(panel) for panel in known], solver=solver)
    return _weighted(known, _separating(program, counts, len(known)))


def _beyond(finder: PanelFinder, normal: Floats, level: float, step: int) -> Ints | None:
    """A panel beyond the level, if rounding finds one."""
    places = np.arange(1, len(normal) + 1)
    for number in range(TILTS + 1):
        # not at first, then each time and at every step another way
        turn = step * TILTS + number if number else 0
        tilt = TILT * np.modf(places * (turn * GOLDEN))[0]
        panel = finder.dive(-normal * (1 + tilt), finder.everywhere())
        if panel is not None and normal @ panel > level + BEYOND:
            return panel
    return None


def _weighted(known: list[Ints], solution: Solution) -> Decomposition:
    weights = -solution.row_duals
    held = weights > 0
    return Decomposition(panels=np.array(known)[held], weights=weights[held] / weights[held].sum())


def _row(panel: Ints) -> Row:
    held = np.flatnonzero(panel)
    return Row(
        columns=np.append(held, len(panel)),
        coefficients=np.append(panel[held].astype(float), -1.0),
    )


def _separating(program: Program, counts: Floats, rows: int) -> Solution:
    size = len(counts)
    solution = program.minimise(
        np.append(-counts, 1.0),
        Bounds(
            lower=np.append(np.full(size, -1.0), -np.inf),
            upper=np.append(np.ones(size), np.inf),
            row_lower=np.full(rows, -np.inf),
            row_upper=np.zeros(rows),
        ),
    )
    if solution is None:
        raise SolverFailed("the zero direction separates nothing and is always there")
    return solution


def _whole(normal: Floats) -> Floats:
    for denominator in DENOMINATORS:
        scaled = normal * denominator
        if np.abs(scaled - np.round(scaled)).max() < 1e-6:
            break
    whole: Floats = np.round(scaled)
    return whole


def _highest(finder: PanelFinder, normal: Floats) -> Ints:
    # the solver's tolerances are for costs near 1, and fine enough to tell whole normals apart
    panel = finder.best(-normal / np.abs(normal).max(), finder.everywhere())
    if panel is None:
        raise SolverFailed("panels that were found before are found no more")
    return panel
