"""The two solvers find the same probabilities."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sortition.model import InfeasibleQuotas, Instance, ObjectiveName, SolverName
from sortition.selection.select import select
from tests.budgets import examples
from tests.property.instances import about_nobody, about_one_group, about_their_share
from tests.property.test_sameness import volunteers


def probabilities(
    problem: Instance, solver: SolverName, objective: ObjectiveName = "leximin"
) -> list[float] | None:
    try:
        report = select(problem, seed="1", tickets=10, solver=solver, objective=objective).report
    except InfeasibleQuotas:
        return None
    assert report.certificate.gap <= 1e-6
    return list(report.people.values())


@settings(max_examples=examples(7))
@given(about_their_share() | about_one_group() | about_nobody())
def test_tiny_instances(problem: Instance) -> None:
    highs, cbc = (probabilities(problem, solver) for solver in ("highs", "cbc"))
    assert (highs is None) == (cbc is None)
    if highs is not None:
        assert cbc == pytest.approx(highs, abs=1e-6)


@pytest.mark.parametrize("objective", ["leximin", "maximin"])
def test_forty_volunteers(objective: ObjectiveName) -> None:
    highs = probabilities(volunteers(), "highs", objective)
    assert highs is not None
    assert probabilities(volunteers(), "cbc", objective) == pytest.approx(highs, abs=1e-6)
