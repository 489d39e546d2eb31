"""What is known of each quota, together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sortition.model import Quota
from sortition.steps.check.demographics import Representation
from sortition.steps.check.loosening import Loosening
from sortition.steps.check.pool import Feasible
from sortition.steps.check.result import Check
from sortition.steps.check.supply import Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A quota with what is known of it; None where it is not."""

    quota: Quota
    beside: Representation | None
    supply: Supply | None
    spare: int | None
    loosening: Loosening | None


def check_rows(check: Check, feasible: Feasible | None) -> Iterator[CheckRow]:
    """The quotas in their order."""
    for number, quota in enumerate(check.quotas.rows):
        yield CheckRow(
            quota=quota,
            beside=check.represented[number],
            supply=check.pool.supplies[number] if check.pool else None,
            spare=feasible.spare[number] if feasible else None,
            loosening=feasible.chances.loosenings[number] if feasible else None,
        )
