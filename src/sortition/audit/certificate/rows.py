"""Rows of bounds that every panel keeps, over the groups of a certificate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedRow:
    """A row of bounds on every panel.

    Attributes
    ----------
    name : str
    coefficients : mapping of int to int
        What one person of a group adds to the row, by the number of the group; others add 0.
    lower : int or None
        None for a cut.
    upper : int
    """

    name: str
    coefficients: Mapping[int, int]
    lower: int | None
    upper: int


def added_up(multiplied: Iterable[tuple[CertifiedRow, int]], groups: int) -> tuple[list[int], int]:
    """What rows come to if they are multiplied and added.

    For every panel ``sum of price * people of the group <= most``.

    Parameters
    ----------
    multiplied : iterable of pairs
        Rows and their multipliers.
    groups : int

    Returns
    -------
    prices : list of int
        Of each group.
    most : int

    Raises
    ------
    ValueError
        If the multiplier of a cut is negative.
    """
    prices, most = [0] * groups, 0
    for row, multiplier in multiplied:
        if multiplier >= 0:
            most += multiplier * row.upper
        elif row.lower is not None:
            most += multiplier * row.lower
        else:
            raise ValueError("the multiplier of a cut is at least 0")
        for group, coefficient in row.coefficients.items():
            prices[group] += multiplier * coefficient
    return prices, most


def widened(
    rows: Sequence[CertifiedRow], groups: int, counted: Sequence[Sequence[int]]
) -> list[CertifiedRow]:
    """The rows over their groups and further ones, whose people count once for some rows.

    Parameters
    ----------
    rows : sequence of CertifiedRow
    groups : int
        How many there are already; the further ones have the numbers after them.
    counted : sequence of sequence of int
        Of each further group, the rows that its people count for.
    """
    added: dict[int, dict[int, int]] = defaultdict(dict)
    for group, rows_of in enumerate(counted, start=groups):
        for row in rows_of:
            added[row][group] = 1
    return [
        replace(row, coefficients={**row.coefficients, **added[number]})
        for number, row in enumerate(rows)
    ]
