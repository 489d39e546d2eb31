"""A panel beside its quotas at some time: what is met, and what is not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sortition.audit.rounds.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaNow:
    """A quota, and how many people of a group count for it."""

    feature: str
    value: str
    lower: int
    upper: int
    seats: int

    @property
    def short(self) -> int:
        """How many people are missing."""
        return max(0, self.lower - self.seats)

    @property
    def over(self) -> int:
        """How many people are too many."""
        return max(0, self.seats - self.upper)


def quotas_now(rules: Rulebook, people: Collection[str]) -> tuple[QuotaNow, ...]:
    """How many of some people count for each quota, in the order of the quotas."""
    there = frozenset(people)
    return tuple(
        QuotaNow(
            feature=quota.category,
            value=quota.value,
            lower=quota.lower,
            upper=quota.upper,
            seats=len(there.intersection(quota.members)),
        )
        for quota in rules.quotas
    )
