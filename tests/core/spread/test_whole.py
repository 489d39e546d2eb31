from __future__ import annotations

import numpy as np
import pytest

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds
from sortition.core.spread.whole import WholePoints
from sortition.model import SolverName
from tests.making import types

# The first goes with the last alone, and the second with the third.
APART = types(
    ["0 0", "0 1", "1 0", "1 1"],
    {"a": {"0": (1, 1), "1": (1, 1)}, "b": {"0": (1, 1), "1": (1, 1)}},
    2,
)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_cheaper_of_two_panels(solver: SolverName) -> None:
    finder = WholePoints(Relaxation(types=APART), solver=solver)
    one, other = np.array([0.0, 1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0, 1.0])
    for cost, panel in ((one, [1, 0, 0, 1]), (other, [0, 1, 1, 0])):
        found = finder.panel(cost, finder.everywhere())
        assert found is not None
        assert found.tolist() == panel


def test_none_within_bounds_that_nobody_keeps() -> None:
    finder = WholePoints(Relaxation(types=APART), solver="highs")
    wide = finder.everywhere()
    shut = Bounds(
        lower=wide.lower,
        upper=np.array([1.0, 0.0, 1.0, 0.0]),
        row_lower=wide.row_lower,
        row_upper=wide.row_upper,
    )
    assert finder.panel(np.zeros(4), shut) is None
