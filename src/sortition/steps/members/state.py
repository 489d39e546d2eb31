"""The state of a panel: who is there, who answered, what is open, who is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sortition.errors import Finding
from sortition.steps.members.calls import CallStatus
from sortition.steps.members.standing import QuotaNow


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelState:
    """A panel at some time; people by id.

    Attributes
    ----------
    size : int
        How many places there are.
    panel : tuple of str
        Who has one now.
    counts : mapping of CallStatus to int
    declined : tuple of str
        Who has declined and was not replaced yet.
    quotas : tuple of QuotaNow
        Of the panel now, those who declined among it.
    confirmed_quotas : tuple of QuotaNow
        Of those who confirmed.
    alternates : tuple of str
        Who is next, in this order.
    ordered : bool
        Whether they have an order.
    rounds : int
    gone : int
        How many have left or declined in all rounds.
    late : tuple of (str, date) or None
        Whose day has passed without an answer; None if no day was given to judge by.
    noticed : tuple of Finding
    substitutes : tuple of (str, int) or None
        For each member how many could take her place; None: it was not asked.
    """

    size: int
    panel: tuple[str, ...]
    counts: Mapping[CallStatus, int]
    declined: tuple[str, ...]
    quotas: tuple[QuotaNow, ...]
    confirmed_quotas: tuple[QuotaNow, ...]
    alternates: tuple[str, ...]
    ordered: bool
    rounds: int
    gone: int
    late: tuple[tuple[str, date], ...] | None
    noticed: tuple[Finding, ...]
    substitutes: tuple[tuple[str, int], ...] | None = None

    @property
    def empty(self) -> int:
        """How many places nobody has."""
        return self.size - len(self.panel)

    @property
    def open(self) -> int:
        """How many places are to be filled: nobody has them, or who has them declined."""
        return self.empty + len(self.declined)
