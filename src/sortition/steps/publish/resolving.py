"""Solve again what a lottery file describes, and see whether everybody has the same chance."""

from __future__ import annotations

from collections.abc import Mapping

from sortition.audit.certificate.proof import Certificate
from sortition.audit.lottery.file import PublishedLottery
from sortition.core.progress import Silent
from sortition.errors import Finding
from sortition.model import SolverName
from sortition.selection.preparation import Rules, prepare
from sortition.steps.publish.instances import instance_of

CLOSE = 1e-6


def resolution_findings(
    lottery: PublishedLottery,
    certificate: Certificate,
    chances: Mapping[str, float],
    *,
    household_limit: int,
    solver: SolverName,
) -> tuple[Finding, ...]:
    """What differs between the chances that are stated and those of a lottery solved again.

    Raises
    ------
    InfeasibleQuotas, SolverFailed
        If it cannot be solved again.
    """
    instance = instance_of(lottery, certificate, household_limit)
    rules = Rules(
        objective=certificate.objective,
        gamma=float(certificate.gamma),
        solver=solver,
        aims=certificate.aims_by_id(),
    )
    again = prepare(instance, rules, Silent()).probabilities
    differences = [abs(again.get(id, 0.0) - chance) for id, chance in chances.items()]
    others = [difference for difference in differences if difference > CLOSE]
    if not others:
        return ()
    facts: dict[str, str | int] = {"count": len(others), "largest": f"{max(others):.2g}"}
    return (Finding(code="verify-resolved", facts=facts),)
