"""How likely the people of each stratum are to come into a pool at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sortition.model.pool import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """The chance of coming into the pool, by stratum: to be invited, and then to answer.

    Attributes
    ----------
    features : tuple of str
        What makes the strata.
    rates : mapping of tuple of str to Fraction
        By one value for each feature; above 0 and at most 1.

    Raises
    ------
    ValueError
        If there are no strata, or a rate is out of its range.
    """

    features: tuple[str, ...]
    rates: Mapping[tuple[str, ...], Fraction]

    def __post_init__(self) -> None:
        if not self.rates:
            raise ValueError("there are no strata")
        if not all(0 < rate <= 1 for rate in self.rates.values()):
            raise ValueError("a rate is above 0 and at most 1")

    def strata_of(self, pool: Pool) -> list[tuple[str, ...]]:
        """The stratum of each person of a pool, whether it has a rate or not.

        Raises
        ------
        ValueError
            If the pool lacks a feature.
        """
        places = [pool.features.index(feature) for feature in self.features]
        return [tuple(member.values[place] for place in places) for member in pool.members]

    def of(self, pool: Pool) -> list[Fraction]:
        """The rate of each person of a pool.

        Raises
        ------
        KeyError
            If somebody's stratum has none.
        """
        return [self.rates[stratum] for stratum in self.strata_of(pool)]
