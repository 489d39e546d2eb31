"""What a lottery was asked for, as a digest that decides all that is random in its tickets."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sortition.audit.canonical import digest, spelled
from sortition.audit.certificate.proof import whole
from sortition.model import COMBINATION, Instance, ObjectiveName

COUNTS, COUNTS_NOT = "yes", "no"
NOBODY = '"people":[]'


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
    features, kinds = _counted(instance)
    rows = [spelled(kind).removeprefix("[") for kind in kinds]  # each after her id
    ids = map(spelled, instance.pool.ids)
    people = [f"[{id},{rows[kind]}" for id, kind in zip(ids, instance.pool.kind_of, strict=True)]
    document = spelled(
        {
            "aims": [[id, whole([aim])[0]] for id, aim in sorted((aims or {}).items())],
            "features": features,
            "gamma": str(Fraction(str(gamma))),
            "household_limit": instance.household_limit,
            "households": sorted(crowded),
            "objective": objective,
            "people": [],
            "quotas": [[q.feature, q.value, q.lower, q.upper] for q in instance.quotas.rows],
            "size": instance.panel_size,
            "tickets": tickets,
        }
    )
    return digest(document.replace(NOBODY, f'"people":[{",".join(people)}]', 1).encode())


def _counted(instance: Instance) -> tuple[list[str], list[list[str]]]:
    """By what the quotas tell people apart, and what they count of each kind of people.

    A combination is a feature of its own.
    """
    pool = instance.pool
    places = {feature: pool.features.index(feature) for feature in instance.quotas.features}
    numbers = {
        f"{COMBINATION}: {quota.value}": number
        for number, quota in enumerate(instance.quotas.rows)
        if quota.parts
    }
    names = sorted({*places, *numbers})
    kinds = [
        [
            (COUNTS if numbers[name] in counted else COUNTS_NOT)
            if name in numbers
            else values[places[name]]
            for name in names
        ]
        for values, counted in zip(pool.kinds, instance.quotas_of_kinds, strict=True)
    ]
    return names, kinds
