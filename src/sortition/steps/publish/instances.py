"""The instance behind a lottery that was published: who counts for what, who lives with whom."""

from __future__ import annotations

from sortition.audit.certificate.checks import households_of
from sortition.audit.certificate.proof import Certificate
from sortition.audit.lottery.file import PublishedLottery, PublishedQuota
from sortition.model import COMBINATION, Instance, Pool, PoolMember, Quota, Quotas

COUNTS, COUNTS_NOT = "yes", "no"


def instance_of(
    lottery: PublishedLottery, certificate: Certificate, household_limit: int
) -> Instance:
    """The instance behind a lottery file, as far as the file tells.

    The categories of the quotas are its features. A combination is a feature of its own, which
    people have or not: the file says who counts for it, and nothing else of its parts.

    Parameters
    ----------
    lottery : PublishedLottery
        In which everybody has one value of each category.
    certificate : Certificate
    household_limit : int
    """
    rows = households_of(lottery, certificate, household_limit)
    numbers = {home: number for number, home in enumerate(sorted(set(rows.values())))}
    homes = {id: numbers[home] for id, home in rows.items()}
    values: dict[str, dict[str, str]] = {id: {} for id in lottery.people}
    for quota in lottery.quotas:
        feature, value = _counted(quota)
        if quota.category == COMBINATION:
            for id in lottery.people:
                values[id][feature] = COUNTS_NOT
        for id in quota.members:
            values[id][feature] = value
    features = tuple(sorted({_counted(quota)[0] for quota in lottery.quotas}))
    members = tuple(
        PoolMember(
            id=id, values=tuple(own[feature] for feature in features), household=homes.get(id)
        )
        for id, own in values.items()
    )
    return Instance(
        pool=Pool(features=features, members=members),
        quotas=Quotas(rows=tuple(map(_quota, lottery.quotas))),
        panel_size=lottery.panel_size,
        household_limit=household_limit,
    )


def _counted(quota: PublishedQuota) -> tuple[str, str]:
    """The feature of the instance, and its value, that a quota counts."""
    if quota.category == COMBINATION:
        return f"{COMBINATION}: {quota.value}", COUNTS
    return quota.category, quota.value


def _quota(quota: PublishedQuota) -> Quota:
    return Quota(
        feature=quota.category,
        value=quota.value,
        lower=quota.lower,
        upper=quota.upper,
        parts=(_counted(quota),) if quota.category == COMBINATION else (),
    )
