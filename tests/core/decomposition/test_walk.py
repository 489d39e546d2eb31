from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sortition.bench.pools import volunteers, write_pool
from sortition.core.deadline import Deadline
from sortition.core.decomposition.walk import Decomposition, Stuck, walk
from sortition.core.objectives import leximin
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.progress import Phase, Progress, Silent
from sortition.core.types import Floats, Types, types_of
from sortition.instance.reading import read_instance
from sortition.model import SolverName
from tests.making import six_people, triangle, types

TWO_FEATURES = types(
    ["f a", "f a", "f b", "m a", "m b", "m b", "m c", "m c", "f c"],
    {"sex": {"f": (2, 2), "m": (2, 2)}, "age": {"a": (1, 2), "b": (1, 1), "c": (0, 2)}},
    4,
)
HOUSEHOLDS = types(
    ["f", "f", "f", "m", "m", "m"],
    {"sex": {"f": (1, 2), "m": (1, 2)}},
    3,
    households=[1, 1, None, 1, 2, 2],
)
EVERYBODY = types(["f", "f", "m"], {"sex": {"f": (2, 2), "m": (1, 1)}}, 3)


class Heard(Silent):
    def __init__(self) -> None:
        self.masses: list[float] = []

    def phase(self, phase: Phase) -> None: ...

    def decomposed(self, mass: float) -> None:
        self.masses.append(mass)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("types", [TWO_FEATURES, HOUSEHOLDS, EVERYBODY, types_of(six_people())])
def test_the_panels_add_up_to_the_counts(types: Types, solver: SolverName) -> None:
    relaxation = Relaxation(types=types)
    target = leximin(relaxation, solver=solver)
    assert target is not None
    heard = Heard()
    found = walk(relaxation, target.counts, solver=solver, progress=heard, deadline=Deadline(None))
    assert isinstance(found, Decomposition)
    assert found.counts == pytest.approx(target.counts, abs=1e-7)
    assert all(types.is_panel(panel) for panel in found.panels)
    assert found.weights.min() > 0
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert heard.masses == sorted(heard.masses)
    assert heard.masses[-1] == pytest.approx(1, abs=1e-6)


def test_random_mixtures_of_panels() -> None:
    # two features: the relaxation has whole vertices alone, so that nothing can get stuck
    relaxation = Relaxation(types=TWO_FEATURES)
    target = leximin(relaxation, solver="highs")
    assert target is not None
    first = walk(
        relaxation, target.counts, solver="highs", progress=Silent(), deadline=Deadline(None)
    )
    assert isinstance(first, Decomposition)
    rng = np.random.default_rng(6)
    for _ in range(10):
        counts = rng.dirichlet(np.ones(len(first.panels))) @ first.panels
        found = walk(relaxation, counts, solver="highs", progress=Silent(), deadline=Deadline(None))
        assert isinstance(found, Decomposition)
        assert found.counts == pytest.approx(counts, abs=1e-7)


class Steps(Deadline):
    """So many steps are made before the time is up."""

    def __init__(self, steps: int) -> None:
        super().__init__(None)
        self._left = steps

    def passed(self) -> bool:
        self._left -= 1
        return self._left < 0


def towards_leximin(
    types: Types, *, progress: Progress | None = None, deadline: Deadline | None = None
) -> tuple[Floats, Decomposition | Stuck]:
    """The counts of the leximin lottery over the relaxation, and how far the walk there comes."""
    relaxation = Relaxation(types=types)
    target = leximin(relaxation, solver="highs")
    assert target is not None
    return target.counts, walk(
        relaxation,
        target.counts,
        solver="highs",
        progress=progress or Silent(),
        deadline=deadline or Deadline(None),
    )


def hundred_volunteers(folder: Path, features: int) -> Types:
    invented = volunteers(people=100, seats=20, features=features, width=1, seed=2)
    reading = read_instance(*write_pool(invented, folder), panel_size=20)
    return types_of(reading.instance)


def test_a_walk_that_ends_shortly_before_its_goal_is_walked_again(tmp_path: Path) -> None:
    # with one order among equals alone, a thousandth of these remains
    types = hundred_volunteers(tmp_path, 4)
    counts, found = towards_leximin(types)
    assert isinstance(found, Decomposition)
    assert found.counts == pytest.approx(counts, abs=1e-7)
    assert all(types.is_panel(panel) for panel in found.panels)


def test_the_walk_that_went_furthest_counts_if_the_time_is_up_in_a_later_one() -> None:
    # all but half of a hundredth is one panel, and of the rest two fifths are no lottery
    relaxation = Relaxation(types=types_of(triangle()))
    target = leximin(relaxation, solver="highs")
    panel = PanelFinder(relaxation, solver="highs").some()
    assert target is not None
    assert panel is not None
    heard = Heard()
    found = walk(
        relaxation,
        0.995 * panel + 0.005 * target.counts,
        solver="highs",
        progress=heard,
        deadline=Steps(6),
    )
    assert isinstance(found, Stuck)
    assert heard.masses == pytest.approx([*heard.masses[:2], 0.998, heard.masses[0]])
    assert heard.masses[0] < 0.997  # in the first step, and again when the time is up
    assert found.weights.sum() == pytest.approx(0.998)
    assert len(found.panels) == 3


def test_a_walk_goes_on_where_rounding_finds_no_panel(tmp_path: Path) -> None:
    _, found = towards_leximin(hundred_volunteers(tmp_path, 5))
    # by rounding alone, a fourth
    assert found.weights.sum() > 0.9


def test_a_point_of_no_lottery_gets_stuck() -> None:
    types = types_of(triangle())
    _, found = towards_leximin(types)
    assert isinstance(found, Stuck)
    assert all(types.is_panel(panel) for panel in found.panels)
