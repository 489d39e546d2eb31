from __future__ import annotations

import numpy as np
import pytest

from sortition.core.feasibility.covering import cover, swapped
from sortition.core.types import types_of
from sortition.model import SolverName
from tests.making import blocked, parity, passed_over, types


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_who_is_on_some_panel(solver: SolverName) -> None:
    found = cover(types_of(blocked()), solver=solver)
    assert found.on_some.sum() == 2  # she and the first one are the only panel
    assert len(found.panels) == 1
    assert cover(types_of(passed_over()), solver=solver).on_some.all()


def test_no_panel_at_all() -> None:
    found = cover(types_of(parity()), solver="highs")
    assert not found.on_some.any()
    assert found.panels.shape == (0, 4)


def test_a_swap_keeps_the_bounds() -> None:
    problem = types(
        ["f old", "f young", "m old", "m young", "x old"],
        {"sex": {"f": (1, 1), "m": (0, 1), "x": (0, 1)}, "age": {"old": (1, 1), "young": (0, 2)}},
        2,
    )
    names = ["f old", "f young", "m old", "m young", "x old"]
    of_type = [names[members[0]] for members in problem.members]
    panel = np.array([name in {"f old", "m young"} for name in of_type]).astype(np.int64)
    reached = {name for name, on in zip(of_type, swapped(problem, panel), strict=True) if on}
    # one f and one old person must stay: each of the others needs both to leave
    assert reached == {"f old", "m young"}
