"""Quotas that may give way: what they become, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

from sortition.core.feasibility.conflict import explain
from sortition.core.feasibility.softening import soften
from sortition.core.types import types_of
from sortition.errors import Finding
from sortition.model import Instance, Quotas, SolverName


def softened(instance: Instance, *, solver: SolverName) -> Instance:
    """The instance with its soft quotas as far out as they must be, and hard from now on.

    Raises
    ------
    InfeasibleQuotas
        If no panel meets the hard ones, however far the soft ones give way.
    """
    if all(quota.penalty is None for quota in instance.quotas.rows):
        return instance
    types = types_of(instance)
    quotas = soften(types, solver=solver)
    if quotas is None:
        raise explain(types, solver=solver)
    hard = tuple(replace(quota, penalty=None) for quota in quotas)
    return replace(instance, quotas=Quotas(rows=hard))


def not_used(quotas: Quotas) -> tuple[Finding, ...]:
    """What the quotas say that no lottery uses."""
    return (Finding(code="flex-not-used"),) if quotas.flex_is_idle else ()


def gave_way(wanted: Instance, instance: Instance) -> tuple[Finding, ...]:
    """The soft quotas that gave way, with their bounds before and after."""
    return tuple(
        Finding(
            code="quota-gave-way",
            column=before.feature,
            value=before.value,
            facts={
                "lower": before.lower,
                "upper": before.upper,
                "least": after.lower,
                "most": after.upper,
            },
        )
        for before, after in zip(wanted.quotas.rows, instance.quotas.rows, strict=True)
        if (before.lower, before.upper) != (after.lower, after.upper)
    )
