from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sortition.core.deadline import Deadline
from sortition.core.decomposition.separation import nearest, separate
from sortition.core.decomposition.walk import Decomposition
from sortition.core.objectives import leximin
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.types import Ints, Types, types_of
from sortition.model import SolverName
from tests.making import triangle, types

# seven in a ring, neighbours exclude each other: three of them at most, the bounds say 3.5
RING = types(
    [
        " ".join("x" if n in (place, (place + 1) % 7) else "-" for place in range(7))
        for n in range(7)
    ]
    + ["- - - - - - -"],
    {str(place): {"x": (0, 1), "-": (0, 4)} for place in range(7)},
    4,
)


def panels_of(types: Types) -> Ints:
    ranges = (range(size + 1) for size in types.sizes.tolist())
    every = np.array(list(product(*ranges)))
    return np.array([counts for counts in every if types.is_panel(counts)])


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("types", [types_of(triangle()), RING])
def test_a_cut_holds_for_every_panel_and_not_for_the_point(
    types: Types, solver: SolverName
) -> None:
    relaxation = Relaxation(types=types)
    target = leximin(relaxation, solver=solver)
    assert target is not None
    panels = panels_of(types)
    cut, known = separate(
        relaxation, target.counts, panels[:1], solver=solver, deadline=Deadline(60)
    )
    assert isinstance(cut, Cut)
    assert (panels @ cut.normal).max() <= cut.bound
    assert cut.normal @ target.counts > cut.bound + 1e-7
    assert cut.normal.tolist() == cut.normal.round().tolist()
    assert {tuple(panel) for panel in known.tolist()} <= {tuple(panel) for panel in panels.tolist()}


def test_the_cut_of_the_triangle() -> None:
    relaxation = Relaxation(types=types_of(triangle()))
    target = leximin(relaxation, solver="highs")
    assert target is not None
    # everybody 2/5 over the bounds alone
    assert target.counts / relaxation.types.sizes == pytest.approx([0.4] * 4)
    cut, _ = separate(
        relaxation,
        target.counts,
        panels_of(relaxation.types),
        solver="highs",
        deadline=Deadline(60),
    )
    assert isinstance(cut, Cut)
    # in whatever multiple, and with whatever share of the panel size: only one of three can sit
    pair, *corners = cut.normal.tolist()
    assert len(set(corners)) == 1
    assert cut.bound == corners[0] + pair > 2 * pair


@pytest.mark.parametrize("types", [types_of(triangle()), RING])
def test_a_point_that_can_be_reached_is_decomposed(types: Types) -> None:
    panels = panels_of(types)
    rng = np.random.default_rng(5)
    for _ in range(5):
        chosen = panels[rng.integers(len(panels), size=6)]
        counts = rng.dirichlet(np.ones(6)) @ chosen
        found, _ = separate(
            Relaxation(types=types), counts, panels[:1], solver="highs", deadline=Deadline(60)
        )
        assert isinstance(found, Decomposition)
        assert found.counts == pytest.approx(counts, abs=1e-7)
        assert found.weights.sum() == pytest.approx(1)
        assert found.weights.min() > 0
        assert all(types.is_panel(panel) for panel in found.panels)


@pytest.mark.parametrize("distance", [1e-9, 1e-8, 3e-8, 6e-8, 1e-7, 3e-7, 1e-6, 1e-4])
def test_a_point_just_outside_ends_one_way_or_the_other(distance: float) -> None:
    # both of these sit on no panel of the triangle together with each other
    types = types_of(triangle())
    panels = panels_of(types)
    counts = np.array([1.0, 1 / 3, 1 / 3, 1 / 3]) + distance * np.array([-3.0, 1.0, 1.0, 1.0])
    found, _ = separate(
        Relaxation(types=types), counts, panels[:1], solver="highs", deadline=Deadline(5)
    )
    if isinstance(found, Cut):
        assert found.normal @ counts > found.bound
        assert (panels @ found.normal).max() <= found.bound
    else:
        assert found.counts == pytest.approx(counts, abs=1e-6)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_nearest_lottery_over_some_panels(solver: SolverName) -> None:
    panels = np.array([[1, 0, 1], [0, 1, 1], [1, 1, 0]])
    found = nearest(np.array([0.5, 0.5, 1.0]), panels, solver=solver)
    assert found.counts == pytest.approx([0.5, 0.5, 1.0])
    assert found.panels.tolist() == panels[:2].tolist()
    assert found.weights == pytest.approx([0.5, 0.5])
    apart = nearest(np.array([1.0, 0.25, 0.75]), panels, solver=solver)
    assert apart.counts == pytest.approx([1.0, 0.25, 0.75])
    only = nearest(np.array([0.5, 0.5, 1.0]), panels[2:], solver=solver)
    assert (only.panels.tolist(), only.weights.tolist()) == (panels[2:].tolist(), [1])
