"""The words of the field as frozen values; standard library only."""

from sortition.model.choices import (
    DrawSource,
    Language,
    ObjectiveName,
    PoolObjective,
    Share,
    SolverName,
    Toward,
)
from sortition.model.draw import REHEARSAL, below, is_rehearsal, seed_hash, ticket
from sortition.model.infeasible import InfeasibleQuotas, assuming
from sortition.model.instance import Instance
from sortition.model.lottery import Lottery, Panel, mark
from sortition.model.participation import Participation
from sortition.model.pool import Pool, PoolMember
from sortition.model.quotas import (
    COMBINATION,
    SITTING,
    Quota,
    Quotas,
    by_label,
    names_seated,
    parts_of,
)

__all__ = [
    "COMBINATION",
    "REHEARSAL",
    "SITTING",
    "DrawSource",
    "InfeasibleQuotas",
    "Instance",
    "Language",
    "Lottery",
    "ObjectiveName",
    "Panel",
    "Participation",
    "Pool",
    "PoolMember",
    "PoolObjective",
    "Quota",
    "Quotas",
    "Share",
    "SolverName",
    "Toward",
    "assuming",
    "below",
    "by_label",
    "is_rehearsal",
    "mark",
    "names_seated",
    "parts_of",
    "seed_hash",
    "ticket",
]
