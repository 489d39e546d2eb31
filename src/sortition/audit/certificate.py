"""The proof that no lottery is fairer, in fractions and without a solver.

For weights ``y >= 0`` of the people, adding up to 1, the lowest selection probability is at most
``sum(y * p)``. For any multipliers ``g`` of the rows, that sum is at most

    sum over rows of  max(g * lower, g * upper)  +  sum over people of  max(0, y - sum of their g)

for every lottery over panels, because every panel keeps the bounds of the rows (weak duality).
A cut is a row with an upper bound alone; its multiplier is at least 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

DENOMINATOR = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedRow:
    """A row of bounds with its multiplier in the proof.

    Attributes
    ----------
    coefficients : mapping
        What one person of a group adds to the row, by the number of the group; others add 0.
    lower : int or None
        None if the row has no lower bound.
    upper : int
    multiplier : Fraction
    """

    coefficients: Mapping[int, int]
    lower: int | None
    upper: int
    multiplier: Fraction


def rational(values: Iterable[float]) -> list[Fraction]:
    """The nearest fractions over a fixed denominator."""
    return [Fraction(round(value * DENOMINATOR), DENOMINATOR) for value in values]


def bound_on_lowest(
    sizes: Sequence[int], weights: Sequence[Fraction], rows: Sequence[CertifiedRow]
) -> Fraction:
    """What the lowest selection probability of every lottery is at most.

    Parameters
    ----------
    sizes : sequence of int
        How many people each group has; people of one group count for the same rows.
    weights : sequence of Fraction
        The weight of each group in the proof; scaled here so that they add up to 1.
    rows : sequence of CertifiedRow

    Raises
    ------
    ValueError
        If a weight, or the multiplier of a row with no lower bound, is negative, or no weight
        is positive.
    """
    total = sum(weights)
    if min(weights) < 0 or total <= 0:
        raise ValueError("weights are at least 0, and one of them is above")
    bound = Fraction(0)
    prices = [Fraction(0)] * len(sizes)
    for row in rows:
        if row.multiplier >= 0:
            bound += row.multiplier * row.upper
        elif row.lower is not None:
            bound += row.multiplier * row.lower
        else:
            raise ValueError("a row with no lower bound has a multiplier of at least 0")
        for group, coefficient in row.coefficients.items():
            prices[group] += row.multiplier * coefficient
    for size, weight, price in zip(sizes, weights, prices, strict=True):
        bound += max(Fraction(0), weight / total - size * price)
    return bound
