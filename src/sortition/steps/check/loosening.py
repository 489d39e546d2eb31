"""What loosening each quota by one seat would do to the lowest chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sortition.core.feasibility.loosening import ShadowPrices
from sortition.model import Quota

# a price below this is an error of the last digits and not a price
PRICE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """One bound of a quota, moved outwards by one seat.

    Attributes
    ----------
    bound : {"lower", "upper"}
        The one that is loosened.
    seats : int
        Where it is then.
    gain : float
        By how much the bound on the lowest chance grows, at most.
    at_most : float
        No lottery over the panels of the loosened quotas gives everybody who can be selected now
        a chance above this.
    """

    bound: Literal["lower", "upper"]
    seats: int
    gain: float
    at_most: float


def loosenings(quotas: tuple[Quota, ...], prices: ShadowPrices) -> tuple[Loosening | None, ...]:
    """For each quota the one bound that holds the lowest chance down.

    Returns
    -------
    tuple of Loosening or None
        None: moving either bound by one seat does not raise the bound on the lowest chance.
    """
    return tuple(
        _loosened(quota, float(down), float(up), prices.bound)
        for quota, down, up in zip(quotas, prices.lower, prices.upper, strict=True)
    )


def _loosened(quota: Quota, down: float, up: float, bound: float) -> Loosening | None:
    if down > PRICE and quota.lower > 0:
        at_most = min(1.0, bound + down)
        return Loosening(bound="lower", seats=quota.lower - 1, gain=down, at_most=at_most)
    if up > PRICE:
        at_most = min(1.0, bound + up)
        return Loosening(bound="upper", seats=quota.upper + 1, gain=up, at_most=at_most)
    return None
