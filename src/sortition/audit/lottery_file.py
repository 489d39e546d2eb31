"""The published lottery, `sortition-lottery/1`, in its sealed form."""

from __future__ import annotations

from sortition.audit.canonical import canonical_json
from sortition.model import Instance, Lottery

SCHEMA = "sortition-lottery/1"


def lottery_file(instance: Instance, lottery: Lottery) -> bytes:
    """The lottery as canonical JSON: panels with their tickets, people, and quotas.

    Each quota lists the people of the pool who count for it. The SHA-256 of these bytes is the
    digest of the lottery.
    """
    holders: list[list[str]] = [[] for _ in instance.quotas.rows]
    for member, quotas in zip(instance.pool.members, instance.quotas_of(), strict=True):
        for number in quotas:
            holders[number].append(member.id)
    return canonical_json(
        {
            "schema": SCHEMA,
            "k": instance.panel_size,
            "people": [member.id for member in instance.pool.members],
            "panels": [
                {"members": panel.members, "weight": panel.weight} for panel in lottery.panels
            ],
            "quotas": [
                {
                    "category": quota.feature,
                    "value": quota.value,
                    "min": quota.lower,
                    "max": quota.upper,
                    "members": members,
                }
                for quota, members in zip(instance.quotas.rows, holders, strict=True)
            ],
        }
    )
