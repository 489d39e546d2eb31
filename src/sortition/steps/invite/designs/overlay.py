"""An overlay: some of the letters go everywhere, the rest to some areas alone.

"80 % everywhere, 20 % in the most deprived areas" are two draws in which the same person could be
drawn twice. Made into exact strata it is one: the areas of the overlay get their share of the 80 %
and all of the 20 %, and nobody is drawn twice. With 20,000 of 100,000 people in the areas and
8,000 letters that is 1,280 + 1,600 = 2,880 letters there and 5,120 elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

INSIDE, OUTSIDE = "overlay", "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Which people get letters of their own, and how many.

    Attributes
    ----------
    column : str
        Of the registry.
    values : tuple of str
        Whoever has one of them there is in the overlay.
    share : Fraction
        Of all letters; above 0 and below 1.

    Raises
    ------
    ValueError
        If the share is out of range, or there is no column or no value.
    """

    column: str
    values: tuple[str, ...]
    share: Fraction

    def __post_init__(self) -> None:
        if not (0 < self.share < 1 and self.column and all(self.values) and self.values):
            raise ValueError("an overlay has a column, values and a share between 0 and 1")

    def place(self, value: str) -> str:
        """The stratum of somebody with this value."""
        return INSIDE if value in self.values else OUTSIDE


def parse_overlay(text: str) -> Overlay:
    """Read ``COLUMN=VALUE[,VALUE…]:SHARE``; the share is a decimal or a percentage.

    Raises
    ------
    ValueError
        If it is not of this form.
    """
    named, _, share = text.rpartition(":")
    column, _, values = named.partition("=")
    percent = share.strip().endswith("%")
    number = Fraction(share.strip().removesuffix("%").strip().replace(",", "."))
    return Overlay(
        column=column.strip(),
        values=tuple(value.strip() for value in values.split(",")),
        share=number / 100 if percent else number,
    )


def overlay_weights(
    sizes: Sequence[int], inside: Sequence[bool], share: Fraction
) -> list[Fraction]:
    """The exact share of the letters that each stratum gets; they add up to 1.

    Parameters
    ----------
    sizes : sequence of int
        The people of each stratum.
    inside : sequence of bool
        Whether it is in the overlay; at least one that has people is.
    share : Fraction
        Of the letters, for the overlay alone.
    """
    everybody = sum(sizes)
    favoured = sum(size for size, one in zip(sizes, inside, strict=True) if one)
    return [
        size * ((1 - share) / everybody + (share / favoured if one else 0))
        for size, one in zip(sizes, inside, strict=True)
    ]
