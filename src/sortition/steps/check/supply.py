"""The pool against the quotas: how many there are of each group, and how many are needed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sortition.core.types import Types

Stock = Literal["short", "all", "thin", "enough"]
THIN = 2  # people for each seat that must be filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """The people of the pool who count for a quota.

    Attributes
    ----------
    people : int
    share : Fraction
        Of the pool.
    stock : {"short", "all", "thin", "enough"}
        Fewer than the lower bound; as many, so that all of them must sit; fewer than two for
        each seat of the lower bound; or more.
    """

    people: int
    share: Fraction
    stock: Stock


def supplies(types: Types) -> tuple[Supply, ...]:
    """The supply of each quota, in their order."""
    everybody = int(types.sizes.sum())
    people = types.activity(types.sizes).astype(int).tolist()[1 : 1 + len(types.quotas)]
    return tuple(
        Supply(people=n, share=Fraction(n, everybody), stock=_stock(n, quota.lower))
        for n, quota in zip(people, types.quotas, strict=True)
    )


def _stock(people: int, lower: int) -> Stock:
    if people < lower:
        return "short"
    if people == lower and lower:
        return "all"
    return "thin" if people < THIN * lower else "enough"
