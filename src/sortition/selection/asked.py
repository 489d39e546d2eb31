"""What a lottery was asked for, as a digest that decides all that is random in its tickets."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sortition.audit.canonical import canonical_json, digest
from sortition.model import Instance, ObjectiveName


def asked_for(
    instance: Instance,
    *,
    objective: ObjectiveName,
    gamma: float,
    aims: Mapping[str, Fraction] | None,
    tickets: int,
) -> str:
    """The SHA-256 of the pool, the quotas and the options, 64 hexadecimal digits.

    The solver is no part of it, since the tickets are not to depend on it.
    """
    features = instance.pool.features
    columns = sorted(range(len(features)), key=features.__getitem__)
    homes: dict[int, list[str]] = {}
    for member in instance.pool.members:
        if member.household is not None:
            homes.setdefault(member.household, []).append(member.id)
    return digest(
        canonical_json(
            {
                "aims": [[id, str(aim)] for id, aim in sorted((aims or {}).items())],
                "features": [features[column] for column in columns],
                "gamma": str(Fraction(str(gamma))),
                "household_limit": instance.household_limit,
                "households": sorted(homes.values()),
                "objective": objective,
                "people": [
                    [member.id, *(member.values[column] for column in columns)]
                    for member in instance.pool.members
                ],
                "quotas": [[q.feature, q.value, q.lower, q.upper] for q in instance.quotas.rows],
                "size": instance.panel_size,
                "tickets": tickets,
            }
        )
    )
