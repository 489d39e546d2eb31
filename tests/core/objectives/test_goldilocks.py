"""Goldilocks where its answer is a formula."""

from __future__ import annotations

from math import sqrt

import pytest

from sortition.model import SolverName
from sortition.selection.select import select
from tests.making import passed_over


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("gamma", [0.01, 0.05, 0.1, 0.28, 0.282, 1.0, 50.0])
def test_the_lowest_on_an_edge_and_at_the_wall(gamma: float, solver: SolverName) -> None:
    """If the last one has ``s``, two people have ``(1 + s) / 2`` and six ``(1 - s) / 3``.

    So the measure is ``3 (1 + s) / 2 + gamma / (3 s)``, least at ``sqrt(2 gamma / 9)``; but at
    ``1 / 4`` she has as much as the six, and more for her would be less for them.
    """
    selection = select(
        passed_over(), seed="1", objective="goldilocks", gamma=gamma, solver=solver, tickets=10
    )
    s = min(sqrt(2 * gamma / 9), 1 / 4)
    found = sorted(selection.prepared.probabilities.values())
    assert found == pytest.approx([s, *[(1 - s) / 3] * 6, *[(1 + s) / 2] * 2], abs=1e-10)
    assert selection.report.certificate.gap <= 1e-9
