"""Whether quotas fit the population and the pool, before anybody is drawn."""

from sortition.checking.check import Check
from sortition.checking.demographics import Representation, represented
from sortition.checking.excluded import Excluded
from sortition.checking.loosening import Loosening
from sortition.checking.pool import LOTTERY_UP_TO, Chances, Feasible, PoolCheck, check_pool
from sortition.checking.supply import Supply

__all__ = [
    "LOTTERY_UP_TO",
    "Chances",
    "Check",
    "Excluded",
    "Feasible",
    "Loosening",
    "PoolCheck",
    "Representation",
    "Supply",
    "check_pool",
    "represented",
]
