from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from sortition.core.objectives import leximin, maximin, minimax, nash
from sortition.core.programs.relaxation import Cut, Relaxation
from sortition.core.spread.chances import settle
from sortition.model import SolverName
from tests.making import types

# Three women under 30, two men under 30, a woman above, four men above: the types in this order.
# Two of each sex, two of each age.
PEOPLE = ["f a"] * 3 + ["f b"] + ["m a"] * 2 + ["m b"] * 4
EXACT = types(PEOPLE, {"sex": {"f": (2, 2), "m": (2, 2)}, "age": {"a": (2, 2), "b": (2, 2)}}, 4)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_levels_are_exact_fractions(solver: SolverName) -> None:
    # by hand: with x women under 30, the other counts are 2-x, 2-x and x; the lowest of x/3, x/4
    # and (2-x)/2 is largest at x = 4/3
    target = leximin(Relaxation(types=EXACT), solver=solver)
    assert target is not None
    chances = settle(Relaxation(types=EXACT), target.counts)
    assert chances.exact
    assert chances.of_types == (Fraction(4, 9), Fraction(1, 3), Fraction(2, 3), Fraction(1, 3))


def test_noise_of_a_solver_changes_nothing() -> None:
    relaxation = Relaxation(types=EXACT)
    rng = np.random.default_rng(3)
    for objective in (leximin, maximin, minimax):
        target = objective(relaxation, solver="highs")
        assert target is not None
        settled = settle(relaxation, target.counts)
        for _ in range(20):
            noisy = target.counts + rng.uniform(-1e-8, 1e-8, len(target.counts))
            assert settle(relaxation, noisy) == settled


def test_chances_that_no_row_determines_are_rounded_and_said_to_be() -> None:
    relaxation = Relaxation(types=EXACT)
    target = nash(relaxation, solver="highs")
    assert target is not None
    chances = settle(relaxation, target.counts)
    assert not chances.exact
    for chance, found in zip(chances.of_types, target.counts / EXACT.sizes, strict=True):
        assert abs(float(chance) - found) <= 5.1e-8
        assert 10**7 % chance.denominator == 0


def test_a_cut_counts_as_a_row() -> None:
    # the cut says that at most one woman under 30 comes
    cut = Cut(normal=np.array([1.0, 0.0, 0.0, 0.0]), bound=1)
    relaxation = Relaxation(types=EXACT, cuts=(cut,))
    chances = settle(relaxation, np.array([1.0, 1.0, 1.0, 1.0]) + 1e-9)
    assert chances.exact
    assert chances.of_types == (Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(1, 4))
