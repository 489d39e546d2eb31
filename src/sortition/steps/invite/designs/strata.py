"""What is drawn from a registry, in the words of every design: strata and letters.

Each design ends in the same thing: strata, each with its people and its letters. Within a stratum
the letters go to the lowest tickets, so everybody in it has the same chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sortition.model.choices import DesignName

Units = Literal["people", "addresses"]
CLUSTERED: tuple[DesignName, ...] = ("pps", "two-stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """People who all have the same chance of a letter.

    Attributes
    ----------
    values : tuple of str
        One for each column that the strata are made of.
    population : int
        How many can be drawn: people, or addresses where one each is drawn.
    letters : int
        How many of them are.

    Raises
    ------
    ValueError
        If there are more letters than people, or a figure is negative.
    """

    values: tuple[str, ...]
    population: int
    letters: int

    def __post_init__(self) -> None:
        if not 0 <= self.letters <= self.population:
            raise ValueError("a stratum has from 0 letters to one for everybody")

    @property
    def rate(self) -> Fraction:
        """Letters by people; 0 where there is nobody."""
        return Fraction(self.letters, self.population) if self.population else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How many letters each stratum gets.

    Attributes
    ----------
    columns : tuple of str
        What the strata are made of; empty if there is one of everybody.
    strata : tuple of Stratum
        Sorted by their values.
    """

    columns: tuple[str, ...]
    strata: tuple[Stratum, ...]

    @property
    def letters(self) -> int:
        """In all."""
        return sum(stratum.letters for stratum in self.strata)

    @property
    def population(self) -> int:
        """How many could be drawn, in all."""
        return sum(stratum.population for stratum in self.strata)


def allocation_of(
    columns: Sequence[str],
    values: Sequence[tuple[str, ...]],
    sizes: Sequence[int],
    letters: Sequence[int],
) -> Allocation:
    """Put together what stands in several lists of one order."""
    strata = [
        Stratum(values=own, population=size, letters=given)
        for own, size, given in sorted(zip(values, sizes, letters, strict=True))
    ]
    return Allocation(columns=tuple(columns), strata=tuple(strata))
