from __future__ import annotations

import numpy as np

from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.types import Floats
from tests.making import types

TYPES = types(
    ["f a", "f a", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (1, 2), "m": (1, 2)}, "age": {"a": (1, 1), "b": (0, 5)}},
    3,
    households=[None, None, 4, None, 4, None],
)
CUT = Cut(normal=np.array([2.0, -1.0, 0.0, 1.0, 3.0]), bound=4.0)


def holds(relaxation: Relaxation, counts: Floats) -> list[bool]:
    """Which rows the counts keep."""
    activity = relaxation.activity(counts)
    within = (activity >= relaxation.row_lower - 1e-9) & (activity <= relaxation.row_upper + 1e-9)
    return [bool(row) for row in within]


def test_rows_say_what_activity_does() -> None:
    relaxation = Relaxation(types=TYPES).with_cut(CUT)
    for counts in np.random.default_rng(1).random((20, len(TYPES))):
        sums = [row.coefficients @ counts[row.columns] for row in relaxation.rows]
        assert np.allclose(sums, relaxation.activity(counts))


def test_a_cut_stands_behind_the_rows() -> None:
    relaxation = Relaxation(types=TYPES).with_cut(CUT)
    assert relaxation.cuts == (CUT,)
    assert relaxation.row_lower.tolist() == [*TYPES.lower.tolist(), -np.inf]
    assert relaxation.row_upper.tolist() == [*TYPES.upper.tolist(), 4.0]
    assert relaxation.activity(np.ones(5))[-1] == 5.0
    assert Relaxation(types=TYPES).cuts == ()


def test_turned_holds_for_those_who_stay_at_home() -> None:
    relaxation = Relaxation(types=TYPES).with_cut(CUT)
    turned = relaxation.turned()
    sizes = TYPES.sizes.astype(float)
    assert turned.types.panel_size == 3
    seen = set()
    for counts in np.random.default_rng(2).random((300, len(TYPES))) * sizes:
        assert holds(turned, sizes - counts) == holds(relaxation, counts)
        seen.add(tuple(holds(relaxation, counts)))
    assert len(seen) > 10


def test_turned_twice_is_as_before() -> None:
    relaxation = Relaxation(types=TYPES).with_cut(CUT)
    again = relaxation.turned().turned()
    assert again.row_lower.tolist() == relaxation.row_lower.tolist()
    assert again.row_upper.tolist() == relaxation.row_upper.tolist()
    assert again.cuts[0].normal.tolist() == CUT.normal.tolist()
