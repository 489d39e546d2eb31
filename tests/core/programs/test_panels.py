from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.types import Types, types_of
from sortition.model import SolverName
from tests.making import blocked, counts, parity, triangle, types

CASES = [
    types_of(triangle()),
    types_of(blocked()),
    types(
        ["f a", "f a", "f b", "m a", "m b", "m b", "m b"],
        {"sex": {"f": (1, 2), "m": (1, 2)}, "age": {"a": (1, 2), "b": (1, 2)}},
        3,
        households=[None, None, 4, None, 4, None, 4],
    ),
]


def panels_of(found: Types) -> list[tuple[int, ...]]:
    ranges = (range(size + 1) for size in found.sizes.tolist())
    return [counts for counts in product(*ranges) if found.is_panel(np.array(counts))]


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("found", CASES)
def test_best_is_the_cheapest_of_all(found: Types, solver: SolverName) -> None:
    finder = PanelFinder(Relaxation(types=found), solver=solver)
    panels = panels_of(found)
    for cost in np.random.default_rng(3).normal(size=(6, len(found))):
        best = finder.best(cost, finder.everywhere())
        assert best is not None
        assert cost @ best == pytest.approx(min(cost @ panel for panel in panels))


@pytest.mark.parametrize("found", CASES)
def test_whatever_is_found_is_a_panel(found: Types) -> None:
    finder = PanelFinder(Relaxation(types=found), solver="highs")
    panels = panels_of(found)
    for cost in np.random.default_rng(4).normal(size=(20, len(found))):
        panel = finder.find(cost, finder.everywhere())
        assert panel is not None
        assert tuple(panel.tolist()) in panels
        dived = finder.dive(cost, finder.everywhere())
        assert dived is None or tuple(dived.tolist()) in panels


@pytest.mark.parametrize("found", CASES)
def test_find_misses_nothing_within_bounds(found: Types) -> None:
    finder = PanelFinder(Relaxation(types=found), solver="highs")
    panels = panels_of(found)
    for type_ in range(len(found)):
        for count in range(int(found.sizes[type_]) + 1):
            within = finder.everywhere()
            lower, upper = within.lower.copy(), within.upper.copy()
            lower[type_] = upper[type_] = count
            panel = finder.find(np.zeros(len(found)), replace(within, lower=lower, upper=upper))
            there = any(one[type_] == count for one in panels)
            assert (panel is not None) == there
            assert panel is None or panel[type_] == count


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_no_panel_at_all(solver: SolverName) -> None:
    finder = PanelFinder(Relaxation(types=types_of(parity())), solver=solver)
    cost = np.zeros(4)
    assert finder.dive(cost, finder.everywhere()) is None
    assert finder.find(cost, finder.everywhere()) is None
    assert finder.best(cost, finder.everywhere()) is None


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_a_panel_at_a_cut_does_not_stay_below_it(solver: SolverName) -> None:
    # P1 lives with P3, and P2 with P5: rounding leads to P4 and P5, if a cut is an upper bound only
    sex = {"sex": {"f": (0, 1), "m": (0, 2)}}
    found = types(["f", "m", "f", "m", "f"], sex, 2, households=[1, 2, 1, None, 2])
    first_three = np.array(counts(found, 0, 1, 2), dtype=float).clip(0, 1)
    relaxation = Relaxation(types=found, cuts=(Cut(normal=first_three, bound=1),))
    finder = PanelFinder(relaxation, solver=solver)
    bounds = finder.everywhere()
    at_the_cut = replace(bounds, row_lower=np.append(bounds.row_lower[:-1], 1.0))
    cost = np.array(counts(found, 0, 3), dtype=float) - 3 * np.array(counts(found, 4))
    panel = finder.dive(cost, at_the_cut)
    assert panel is not None
    assert first_three @ panel == 1
