"""A row of bounds that every panel keeps, over the groups of a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
