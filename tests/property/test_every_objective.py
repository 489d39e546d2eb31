"""Every objective, with each solver, agrees with a search through all panels of small pools."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings

from sortition.audit.certificate.proof import Certificate
from sortition.core.fairest import fairest_lottery
from sortition.core.objectives import objective_of
from sortition.core.progress import Silent
from sortition.core.types import types_of
from sortition.model import Instance, ObjectiveName, SolverName
from sortition.selection.certifying import certificate_of
from sortition.selection.preparation import DIGITS
from tests.budgets import LARGE, examples
from tests.figures import earlier, mark, marks, note
from tests.making import all_panels
from tests.property import reference
from tests.property.instances import (
    about_nobody,
    about_one_group,
    about_their_share,
    in_few_homes,
    with_a_combination,
    with_exact_numbers,
)

CLOSE = 1e-7
THOROUGHLY = 5_000
SEVERAL = 20  # examples, among which each kind of pool is found
KINDS = ("no panel", "somebody impossible", "a cut", "plain")
OBJECTIVES: tuple[ObjectiveName, ...] = ("leximin", "maximin", "minimax", "nash", "goldilocks")


class Tried:
    """Pools that were tried, and the furthest that anything was from what is right."""

    def __init__(self, name: str) -> None:
        figures = earlier(name)
        self.name = name
        self.marks = marks(name)
        self.pools = Counter({kind: figures.get(kind, 0) for kind in KINDS})
        self.furthest = {what: float(figures.get(what, 0)) for what in ("chance", "value", "gap")}

    def off(self, what: str, distance: float, objective: ObjectiveName) -> None:
        assert distance <= CLOSE, f"{objective}: {what}"
        self.furthest[what] = max(self.furthest[what], distance)


@pytest.mark.parametrize(("solver", "moderate"), [("highs", 30), ("cbc", 5)])
def test_every_objective_agrees_with_all_panels(solver: SolverName, moderate: int) -> None:
    tried = Tried(f"small pools {solver}")
    wanted = examples(moderate, thorough=THOROUGHLY)

    @settings(max_examples=wanted)
    @given(
        about_their_share()
        | about_one_group()
        | about_nobody()
        | in_few_homes()
        | with_a_combination()
        | with_exact_numbers()
    )
    def agrees(problem: Instance) -> None:
        digest = mark_of(problem)
        if digest in tried.marks or tried.pools.total() >= wanted:
            return
        tried.pools[check(problem, solver, tried)] += 1
        tried.marks.add(digest)
        mark(tried.name, digest)
        furthest = {what: f"{distance:.0e}" for what, distance in tried.furthest.items()}
        note(tried.name, solver=solver, pools=tried.pools.total(), **tried.pools, **furthest)

    agrees()
    while LARGE and tried.pools.total() < wanted:  # a fourth of them were there before
        agrees()
    if moderate < SEVERAL and not LARGE:
        return  # so few examples can be of one kind
    # or the examples would show nothing
    assert min(tried.pools[kind] for kind in ("no panel", "somebody impossible", "plain")) >= 1


def mark_of(problem: Instance) -> str:
    """Another one for every other pool, whatever its people are called."""
    people = [(one.values, one.household) for one in problem.pool.members]
    rows = [(row.feature, row.value, row.lower, row.upper) for row in problem.quotas.rows]
    return sha256(
        repr((people, rows, problem.panel_size, problem.household_limit)).encode()
    ).hexdigest()[:16]


def check(problem: Instance, solver: SolverName, tried: Tried) -> str:
    """Try all objectives on a pool, and say what kind it is."""
    panels = all_panels(problem)
    if not panels:
        assert not any(found(problem, objective, solver) for objective in OBJECTIVES)
        return "no panel"
    ids = [member.id for member in problem.pool.members]
    on = reference.incidence(panels, ids)
    possible = np.any(on, axis=1)
    impossible = [id for id, can in zip(ids, possible.tolist(), strict=True) if not can]
    cuts = 0
    for objective in OBJECTIVES:
        lottery = found(problem, objective, solver)
        assert lottery is not None
        certificate, chances = lottery
        assert certificate.impossible == impossible
        p, on_some = chances[possible], on[possible]
        if objective == "nash":
            best = reference.best("nash", on_some, p)
        else:
            fairest = reference.FAIREST[objective](on_some)
            tried.off("chance", float(np.abs(p - fairest).max()), objective)
            best = reference.measured(objective, fairest)
        tried.off("value", abs(reference.measured(objective, p) - best), objective)
        check_proofs(certificate, best, tried)
        cuts += certificate.cuts
    return "a cut" if cuts else "somebody impossible" if impossible else "plain"


def check_proofs(certificate: Certificate, best: float, tried: Tried) -> None:
    """What is proven first is the best there is; each proof is that of what is reached."""
    proven = [certificate.proven(proof) for proof in certificate.proofs]
    tried.off("value", abs(proven[0] - best), certificate.objective)
    for proof, level in zip(certificate.proofs, proven, strict=True):
        tried.off("gap", abs(level - certificate.attained(proof)), certificate.objective)


def found(
    problem: Instance, name: ObjectiveName, solver: SolverName
) -> tuple[Certificate, reference.Floats] | None:
    """The certificate and everybody's chance; None if there is no panel."""
    types, objective = types_of(problem), objective_of(name, gamma=1.0, aims=np.empty(0))
    fair = fairest_lottery(types, objective, solver=solver, progress=Silent())
    if fair is None:
        return None
    of_types = (fair.decomposition.counts / fair.relaxation.types.sizes).clip(0, 1).round(DIGITS)
    certificate = certificate_of(
        [member.id for member in problem.pool.members],
        types,
        fair,
        of_types,
        aims=np.empty(0),
        objective=name,
        gamma=1.0,
        solver=solver,
    )
    return certificate, fair.relaxation.types.by_position(of_types, len(problem.pool))
