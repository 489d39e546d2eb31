"""The published lottery, `sortition-lottery/1`, in its sealed form."""

from __future__ import annotations

from collections import defaultdict

from sortition.audit.canonical import canonical_json
from sortition.model import Instance, Lottery

SCHEMA = "sortition-lottery/1"


def lottery_file(instance: Instance, lottery: Lottery) -> bytes:
    """The lottery as canonical JSON: panels with their tickets, people, and quotas.

    Each quota lists the people of the pool who count for it. The SHA-256 of these bytes is the
    digest of the lottery.
    """
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in instance.pool.members:
        for pair in zip(instance.pool.features, member.values, strict=True):
            holders[pair].append(member.id)
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
                    "members": holders[quota.feature, quota.value],
                }
                for quota in instance.quotas.rows
            ],
        }
    )
