from __future__ import annotations

from sortition.core.feasibility.covering import cover
from sortition.core.feasibility.dropouts import endurance
from tests.making import types


def test_who_can_be_spared() -> None:
    """All five u are f, and two u are asked for: so at least two f stay, though one would do."""
    problem = types(
        ["f u"] * 5 + ["m v"] * 3,
        {"sex": {"f": (1, 3), "m": (0, 3)}, "x": {"u": (2, 3), "v": (0, 3)}},
        3,
    )
    found = endurance(problem, cover(problem, solver="highs").panels, solver="highs")
    assert found.spare.tolist() == [3, 3, 3, 3]
    assert found.indispensable == ()


def test_who_cannot() -> None:
    problem = types(["f"] * 2 + ["m"] * 3, {"sex": {"f": (2, 2), "m": (1, 3)}}, 3)
    found = endurance(problem, cover(problem, solver="highs").panels, solver="highs")
    assert found.spare.tolist() == [0, 2]
    (needed,) = found.indispensable
    assert problem.members[needed] == (0, 1)
