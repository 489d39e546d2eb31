from __future__ import annotations

import numpy as np
import pytest

from sortition.core.objectives import Objective
from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.leximin import leximin
from sortition.core.objectives.maximin import maximin
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.types import types_of
from sortition.model import SolverName
from tests.making import instance, parity, triangle, types

SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])
# nine people, three seats: one of five, one of three, and the one who must sit
THREE_LEVELS = types(
    ["a"] * 5 + ["b"] * 3 + ["c"], {"f": {"a": (1, 1), "b": (1, 1), "c": (1, 1)}}, 3
)


@SOLVERS
@pytest.mark.parametrize("objective", [leximin, maximin])
def test_one_level_a_value(objective: Objective, solver: SolverName) -> None:
    target = objective(Relaxation(types=THREE_LEVELS), solver=solver)
    assert target is not None
    assert target.counts == pytest.approx([1.0, 1.0, 1.0], abs=1e-9)


@SOLVERS
def test_the_lowest_level_is_raised_first(solver: SolverName) -> None:
    level = Ladder(Relaxation(types=THREE_LEVELS), solver=solver).raise_lowest()
    assert level is not None
    assert level.value == pytest.approx(1 / 5, abs=1e-9)


@SOLVERS
def test_no_probability_above_the_ceiling(solver: SolverName) -> None:
    # eight seats for twelve people; the two b's may have all they can, which is one each
    found = types(["a"] * 10 + ["b"] * 2, {"f": {"a": (0, 6), "b": (0, 8)}}, 8)
    target = leximin(Relaxation(types=found), solver=solver)
    assert target is not None
    assert target.counts == pytest.approx([6.0, 2.0], abs=1e-9)
    # 0.7 * 12 would be enough seats, but six at most go to the a's
    assert Ladder(Relaxation(types=found), ceiling=0.7, solver=solver).climb() is None


@SOLVERS
def test_leximin_raises_the_second_level_and_maximin_lowers_the_highest(
    solver: SolverName,
) -> None:
    # two of P5, P6, P8 and two of P4, P5, P8: P4 and P6 have the same chance, whatever it is
    problem = instance(
        ["1 2", "0 1", "1 1", "0 0", "2 0", "2 2", "1 1", "2 0"],
        {
            "f": {"0": (0, 4), "1": (1, 4), "2": (2, 2)},
            "g": {"0": (2, 2), "1": (1, 4), "2": (1, 2)},
        },
        4,
    )
    types = types_of(problem)
    thirds = {
        leximin: [1 / 2, 1 / 3, 1 / 3, 1 / 2, 3 / 4, 1 / 2, 1 / 3, 3 / 4],
        maximin: [1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 1 / 3, 2 / 3],
    }
    for objective, by_hand in thirds.items():
        target = objective(Relaxation(types=types), solver=solver)
        assert target is not None
        for members, chance in zip(types.members, target.counts / types.sizes, strict=True):
            assert [by_hand[member] for member in members] == pytest.approx(
                [chance] * len(members), abs=1e-9
            )


@SOLVERS
def test_a_cut_lowers_the_level(solver: SolverName) -> None:
    relaxation = Relaxation(types=types_of(triangle()))
    before = leximin(relaxation, solver=solver)
    assert before is not None
    assert before.counts / relaxation.types.sizes == pytest.approx([2 / 5] * 4, abs=1e-9)
    cut = relaxation.with_cut(Cut(normal=np.array([0.0, 1.0, 1.0, 1.0]), bound=1))
    after = leximin(cut, solver=solver)
    assert after is not None
    assert after.counts / relaxation.types.sizes == pytest.approx([1 / 2, *[1 / 3] * 3], abs=1e-9)


@SOLVERS
@pytest.mark.parametrize("objective", [leximin, maximin])
def test_an_empty_relaxation(objective: Objective, solver: SolverName) -> None:
    # nobody is left who could fill the seat that v must have
    found = types(["v", "w", "w"], {"f": {"v": (1, 1), "w": (1, 1)}}, 2)
    without = found.only(found.sizes == 2)
    assert objective(Relaxation(types=without), solver=solver) is None


@SOLVERS
def test_half_of_everybody_in_the_parity_case(solver: SolverName) -> None:
    target = leximin(Relaxation(types=types_of(parity())), solver=solver)
    assert target is not None
    assert target.counts == pytest.approx([0.5] * 4, abs=1e-9)
