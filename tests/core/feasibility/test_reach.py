from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sortition.core.deadline import Deadline
from sortition.core.feasibility.reach import reachable
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Ints, types_of
from sortition.model import Instance, SolverName
from tests.making import blocked, instance, parity, triangle

BOUNDS = {"x": (1, 1), "y": (1, 2)}


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize(
    "problem",
    [
        parity(),
        blocked(),
        triangle(),
        instance(["x x", "x y", "y x", "y y", "y y"], {"a": BOUNDS, "b": BOUNDS}, 2),
        instance(["x", "y", "y"], {"a": BOUNDS}, 2, households=[1, 1, None]),
        instance(["x", "y", "z"], {"a": {**BOUNDS, "z": (0, 0)}}, 2),
    ],
)
def test_exactly_those_who_are_on_some_panel(problem: Instance, solver: SolverName) -> None:
    types = types_of(problem)
    everything = [
        counts
        for counts in product(*(range(size + 1) for size in types.sizes.tolist()))
        if types.is_panel(np.array(counts))
    ]
    nothing = np.empty((0, len(types)), dtype=np.int64)
    reached, panels = reachable(
        Relaxation(types=types), nothing, solver=solver, deadline=Deadline(None)
    )
    assert reached.tolist() == [any(one[t] for one in everything) for t in range(len(types))]
    assert {tuple(panel) for panel in panels.tolist()} <= set(everything)
    assert np.any(panels > 0, axis=0).tolist() == reached.tolist()


def test_known_panels_are_kept() -> None:
    types = types_of(triangle())
    known: Ints = np.array([[2, 0, 0, 0]])
    assert types.is_panel(known[0])
    _, panels = reachable(Relaxation(types=types), known, solver="highs", deadline=Deadline(None))
    assert panels[0].tolist() == [2, 0, 0, 0]
