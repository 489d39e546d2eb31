"""Quotas with the values that were added, so that nobody without a quota is thrown out.

A value of its own may have as many seats as its share of the pool is worth, rounded up, and needs
none. Who counts for none of a feature's quotas has a value without bounds. The certificate and the
verifier know both as they know any other quota, since they stand in the file of quotas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sortition.errors import Finding
from sortition.model import Quota, Quotas
from sortition.steps.intake.questions import OWN
from sortition.steps.intake.values import Outcomes, added


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedValue:
    """A value that a feature did not have.

    Attributes
    ----------
    quota : Quota
    people : int
        How many people of the pool have it.
    fate : str
        ``own`` or ``none``.
    """

    quota: Quota
    people: int
    fate: str


def added_values(
    quotas: Quotas, outcomes: Outcomes, size: int | None
) -> tuple[list[AddedValue], list[Finding]]:
    """The values that are added for the people of a pool, and what is against them.

    Parameters
    ----------
    outcomes : mapping
        Of those in the pool alone.
    size : int or None
        Of the panel.
    """
    made: list[AddedValue] = []
    faults: list[Finding] = []
    for feature in quotas.needed_features:
        values = added(outcomes, feature)
        if not values or feature not in quotas.features:
            continue
        if size is None:
            faults.append(Finding(code="intake-needs-size", column=feature))
            continue
        lower = sum(quota.lower for quota in quotas.of(feature) if quota.penalty is None)
        if lower >= size:
            people = sum(count for _, count in values.values())
            facts = {"total": lower, "size": size, "people": people}
            faults.append(Finding(code="intake-no-room", column=feature, facts=facts))
        known = {quota.value for quota in quotas.of(feature)}  # added by a former intake
        for value, (fate, count) in sorted(values.items()):
            if value in known:
                continue
            upper = -(-count * size // len(outcomes)) if fate == OWN else size
            quota = Quota(feature=feature, value=value, lower=0, upper=upper)
            made.append(AddedValue(quota=quota, people=count, fate=fate))
    return made, faults


def quota_rows(quotas: Quotas, made: list[AddedValue]) -> Iterator[Mapping[str, str]]:
    """Every quota as a row of a file, the added ones after the others of their feature."""
    added_to = {one.quota.feature for one in made}
    for feature in dict.fromkeys(quota.feature for quota in quotas.rows):
        for quota in quotas.rows:
            if quota.feature == feature:
                yield _cells(quota)
        if feature in added_to:
            yield from (_cells(one.quota) for one in made if one.quota.feature == feature)


def _cells(quota: Quota) -> dict[str, str]:
    optional = {
        "penalty": quota.penalty,
        "min_flex": quota.min_flex,
        "max_flex": quota.max_flex,
    }
    return {
        "feature": quota.feature,
        "value": quota.value,
        "min": str(quota.lower),
        "max": str(quota.upper),
        **{name: "" if number is None else str(number) for name, number in optional.items()},
    }
