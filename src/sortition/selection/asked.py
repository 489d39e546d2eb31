"""What a lottery was asked for, as a digest that decides all that is random in its tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.certificate.proof import whole
from sortition.model import COMBINATION, Instance, ObjectiveName

COUNTS, COUNTS_NOT = "yes", "no"


def asked_for(
    instance: Instance,
    *,
    objective: ObjectiveName,
    gamma: float,
    aims: Mapping[str, Fraction] | None,
    tickets: int,
) -> str:
    """The SHA-256 of the pool, the quotas and the options, 64 hexadecimal digits.

    Nothing is part of it that the files of a lottery do not tell, so that whoever has them can make
    the tickets again: of a combination only who counts for it, of households those that the rule
    limits, and aims as a certificate states them. The solver is no part of it either, since the
    tickets are not to depend on it.
    """
    homes: dict[int, list[str]] = {}
    for member in instance.pool.members:
        if member.household is not None:
            homes.setdefault(member.household, []).append(member.id)
    crowded = [people for people in homes.values() if len(people) > instance.household_limit]
    columns = dict(sorted(_columns(instance)))
    ids = [member.id for member in instance.pool.members]
    return digest(
        canonical_json(
            {
                "aims": [[id, whole([aim])[0]] for id, aim in sorted((aims or {}).items())],
                "features": list(columns),
                "gamma": str(Fraction(str(gamma))),
                "household_limit": instance.household_limit,
                "households": sorted(crowded),
                "objective": objective,
                "people": [list(row) for row in zip(ids, *columns.values(), strict=True)],
                "quotas": [[q.feature, q.value, q.lower, q.upper] for q in instance.quotas.rows],
                "size": instance.panel_size,
                "tickets": tickets,
            }
        )
    )


def _columns(instance: Instance) -> Iterator[tuple[str, list[str]]]:
    """What the quotas count of each person, by feature; a combination is one of its own."""
    pool = instance.pool
    for feature in instance.quotas.features:
        column = pool.features.index(feature)
        yield feature, [member.values[column] for member in pool.members]
    quotas_of = instance.quotas_of()
    for number, quota in enumerate(instance.quotas.rows):
        if quota.parts:
            counts = [COUNTS if number in counted else COUNTS_NOT for counted in quotas_of]
            yield f"{COMBINATION}: {quota.value}", counts
