"""Nash, where bounds that imply each other leave no inside."""

from __future__ import annotations

import numpy as np
import pytest

from sortition.core.objectives.nash import nash
from sortition.core.objectives.pressed import pressed
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import types_of
from sortition.model import Instance, Quota, Quotas, SolverName
from sortition.model.quotas import COMBINATION
from sortition.selection.select import select
from tests.making import all_panels, instance, types
from tests.property import reference

SOLVERS: tuple[SolverName, ...] = ("highs", "cbc")


def eight_people() -> Instance:
    """Whoever lives in one home, and the combination, leave hardly any room."""
    bounds = {"0": (0, 2), "1": (1, 2)}
    plain = instance(
        ["1 0 1 0", "1 0 0 0", "0 0 1 0", "0 1 1 0", "1 1 1 0", "1 1 1 0", "1 1 0 0", "0 1 1 0"],
        {"f0": bounds, "f1": bounds, "f2": {"0": (0, 2), "1": (0, 3)}, "f3": {"0": (2, 3)}},
        3,
        households=[3, 2, None, 4, 0, None, 4, 1],
    )
    combination = Quota(
        feature=COMBINATION,
        value="f0=0 & f2=1",
        lower=1,
        upper=2,
        parts=(("f0", "0"), ("f2", "1")),
    )
    quotas = Quotas(rows=(*plain.quotas.rows, combination))
    return Instance(pool=plain.pool, quotas=quotas, panel_size=3)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_combination_that_the_rest_nearly_decides(solver: SolverName) -> None:
    problem = eight_people()
    prepared = select(problem, seed="1", objective="nash", solver=solver, tickets=10).prepared
    ids = [member.id for member in problem.pool.members]
    p = np.array([prepared.probabilities[id] for id in ids])
    best = reference.best("nash", reference.incidence(all_panels(problem), ids), p)
    (proof,) = prepared.certificate.proofs
    assert reference.measured("nash", p) == pytest.approx(best, abs=1e-9)
    assert prepared.certificate.proven(proof) == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize("solver", SOLVERS)
def test_everybody_is_sure_of_a_seat(solver: SolverName) -> None:
    everybody = Relaxation(types=types(["f", "f", "m"], {"sex": {"f": (2, 2), "m": (1, 1)}}, 3))
    found = nash(everybody, solver=solver)
    assert found is not None
    assert found.counts.tolist() == [2, 1]


@pytest.mark.parametrize("solver", SOLVERS)
def test_bounds_that_are_always_pressed_against(solver: SolverName) -> None:
    """Two seats, at least one for either sex, and the only person of a kind who has to sit."""
    problem = instance(
        ["f a", "m b", "m b"],
        {"sex": {"f": (1, 2), "m": (1, 2)}, "x": {"a": (0, 1), "b": (0, 2)}},
        2,
    )
    relaxation = Relaxation(types=types_of(problem))
    always = pressed(relaxation, solver=solver)
    assert always is not None
    quotas = [(quota.feature, quota.value) for quota in relaxation.types.quotas]
    above = {quotas[row - 1] for row in np.flatnonzero(always.above) if row}
    below = {quotas[row - 1] for row in np.flatnonzero(always.below) if row}
    assert above == {("x", "a")}
    assert below == {("sex", "f"), ("sex", "m")}
    sure = [relaxation.types.members[type_] for type_ in np.flatnonzero(always.ceilings)]
    assert sure == [(0,)]


@pytest.mark.parametrize("solver", SOLVERS)
def test_an_empty_relaxation(solver: SolverName) -> None:
    nobody = Relaxation(types=types(["f", "f", "m"], {"sex": {"f": (0, 2), "m": (2, 2)}}, 2))
    assert pressed(nobody, solver=solver) is None
    assert nash(nobody, solver=solver) is None
