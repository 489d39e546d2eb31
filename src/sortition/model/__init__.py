"""The words of the field as frozen values; standard library only."""

from sortition.model.draw import below, seed_hash, ticket
from sortition.model.instance import Instance
from sortition.model.lottery import Lottery, Panel
from sortition.model.pool import Pool, PoolMember
from sortition.model.quotas import Quota, Quotas

__all__ = [
    "Instance",
    "Lottery",
    "Panel",
    "Pool",
    "PoolMember",
    "Quota",
    "Quotas",
    "below",
    "seed_hash",
    "ticket",
]
