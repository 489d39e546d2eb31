"""All that is checked before anybody is drawn, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.model import InfeasibleQuotas, Quotas
from sortition.steps.check.demographics import Representation
from sortition.steps.check.pool import PoolCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Quotas, beside the population and beside the pool.

    Attributes
    ----------
    quotas : Quotas
    panel_size : int
    represented : tuple of Representation or None
        One a quota; None where the population is not known.
    pool : PoolCheck or None
        None if no pool was given.
    """

    quotas: Quotas
    panel_size: int
    represented: tuple[Representation | None, ...]
    pool: PoolCheck | None

    @property
    def infeasible(self) -> InfeasibleQuotas | None:
        """Why there is no panel; None if there is one, or no pool was given."""
        if self.pool is None or not isinstance(self.pool.outcome, InfeasibleQuotas):
            return None
        return self.pool.outcome
