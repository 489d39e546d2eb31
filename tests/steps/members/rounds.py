"""A panel that somebody leaves, and the rules of its first lottery, from an instance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sortition.audit.lottery.file import PublishedQuota
from sortition.audit.rounds.rulebook import Rulebook
from sortition.model import Instance


def rulebook(instance: Instance) -> Rulebook:
    """The rules as a first lottery over everybody would settle them."""
    members, counts = instance.pool.members, instance.quotas_of()
    mates = Counter(member.household for member in members)
    return Rulebook(
        digest="0" * 64,
        size=instance.panel_size,
        people=tuple(member.id for member in members),
        quotas=[
            PublishedQuota(
                category=quota.feature,
                value=quota.value,
                lower=quota.lower,
                upper=quota.upper,
                members=tuple(
                    member.id
                    for member, quotas in zip(members, counts, strict=True)
                    if number in quotas
                ),
            )
            for number, quota in enumerate(instance.quotas.rows)
        ],
        never=frozenset(),
        homes={
            member.id: (0, member.household)
            for member in members
            if member.household is not None and mates[member.household] > instance.household_limit
        },
        limit=instance.household_limit,
    )


def keeps_households(instance: Instance, group: Sequence[str]) -> bool:
    """Whether no household has too many people in a group."""
    home = {member.id: member.household for member in instance.pool.members}
    mates = Counter(home[id] for id in group if home[id] is not None)
    return max(mates.values(), default=0) <= instance.household_limit
