from __future__ import annotations

import numpy as np
import pytest

from sortition.core.feasibility.loosening import shadow_prices
from sortition.model import SolverName
from tests.making import types


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_prices_that_are_known(solver: SolverName) -> None:
    """Two of eight men: 1/4 each. With a third seat for men, 3/8, and so a price of 1/8."""
    problem = types(["f"] * 2 + ["m"] * 8, {"sex": {"f": (2, 2), "m": (0, 2)}}, 4)
    prices = shadow_prices(problem, np.array([True, True]), solver=solver)
    assert prices.bound == pytest.approx(1 / 4)
    assert prices.upper.max() + prices.lower.max() == pytest.approx(1 / 8)


def test_everybody_sits() -> None:
    problem = types(["f", "m"], {"sex": {"f": (1, 1), "m": (1, 1)}}, 2)
    prices = shadow_prices(problem, np.array([True, True]), solver="highs")
    assert prices.bound == pytest.approx(1)
