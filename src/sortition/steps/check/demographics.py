"""Quotas against the population: the seats that a share is worth, and how far they are missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sortition.model import Quota, Quotas

Verdict = Literal["fits", "rounding", "over", "under"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """A quota beside its share of the population.

    Attributes
    ----------
    share : Fraction
        Of the population.
    seats : Fraction
        What the share is worth on the panel.
    apart : Fraction
        By how many seats the nearer bound misses the seats: above 0 if even the lower bound is
        more than them, below 0 if even the upper bound is less, 0 if they lie within the bounds.
    verdict : {"fits", "rounding", "over", "under"}
        Whether the quota fits; or misses the seats by less than one, which rounding to whole
        seats explains; or gives the group more, or fewer, seats than rounding explains.
    """

    share: Fraction
    seats: Fraction
    apart: Fraction
    verdict: Verdict


def represented(
    quotas: Quotas, shares: Mapping[tuple[str, str], Fraction], panel_size: int
) -> tuple[Representation | None, ...]:
    """Set each quota beside the population.

    Parameters
    ----------
    quotas : Quotas
    shares : mapping of (str, str) to Fraction
        The share of the population by feature and value; exact.
    panel_size : int

    Returns
    -------
    tuple of Representation or None
        One a quota, in their order; None where the share is not known.
    """
    return tuple(
        _beside(quota, shares[quota.feature, quota.value], panel_size)
        if (quota.feature, quota.value) in shares
        else None
        for quota in quotas.rows
    )


def _beside(quota: Quota, share: Fraction, panel_size: int) -> Representation:
    seats = share * panel_size
    apart = max(quota.lower - seats, Fraction(0)) + min(quota.upper - seats, Fraction(0))
    verdict: Verdict = "fits"
    if apart:
        verdict = "rounding" if abs(apart) < 1 else "over" if apart > 0 else "under"
    return Representation(share=share, seats=seats, apart=apart, verdict=verdict)
