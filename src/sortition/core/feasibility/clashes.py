"""Bounds that cannot be met together, none of which can be spared.

A deletion filter (Chinneck, Dravnieks, "Locating minimal infeasible constraint sets in linear
programs", ORSA Journal on Computing 3 (1991)): let go of one part after the other, and keep it
gone if there is still no panel. What is left clashes, and without any one of its bounds there is
a panel. Integer programs decide, so this holds for panels and not only for the relaxation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import Bools, Types
from sortition.model import Quota, SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The bounds that are kept, shape (R,) each; the others exclude nobody."""

    lower: Bools
    upper: Bools

    def without(self, other: Kept) -> Kept:
        """These bounds, less those."""
        return Kept(lower=self.lower & ~other.lower, upper=self.upper & ~other.upper)

    def meets(self, other: Kept) -> bool:
        """Whether they have a bound in common."""
        return bool((self.lower & other.lower).any() or (self.upper & other.upper).any())

    def same_as(self, other: Kept) -> bool:
        """Whether these are the same bounds."""
        return bool((self.lower == other.lower).all() and (self.upper == other.upper).all())


class Clashes:
    """Finds sets of bounds that clash, on one instance.

    All households are one rule, and the panel size is always kept.

    Parameters
    ----------
    types : Types
    solver : {"highs", "cbc"}
    """

    def __init__(self, types: Types, *, solver: SolverName) -> None:
        self._types = types
        rows = np.arange(len(types.lower))
        self._size = rows == 0
        self._is_quota = (rows >= 1) & (rows <= len(types.quotas))
        self._is_home = rows > len(types.quotas)
        self._answers: dict[tuple[bytes, bytes, tuple[int, ...]], bool] = {}
        free = replace(
            types,
            lower=np.where(self._size, types.lower, 0),
            upper=np.where(self._size, types.upper, types.panel_size),
        )
        self._finder = PanelFinder(Relaxation(types=free), solver=solver)

    @property
    def everything(self) -> Kept:
        """All bounds that could exclude somebody."""
        types = self._types
        binding = types.upper < np.minimum(types.panel_size, types.activity(types.sizes))
        return Kept(lower=self._is_quota & (types.lower > 0), upper=binding & ~self._size)

    def has_panel(self, kept: Kept, *, with_type: int | None) -> bool:
        """Whether a panel keeps these bounds, with somebody of a type on it if one is named.

        People who count for the same of the rows that are kept can take each other's place.
        """
        rows = () if with_type is None else self._kept_rows_of(with_type, kept)
        asked = (kept.lower.tobytes(), kept.upper.tobytes(), rows)
        if asked not in self._answers:
            self._answers[asked] = self._find_panel(kept, with_type)
        return self._answers[asked]

    def _kept_rows_of(self, type_: int, kept: Kept) -> tuple[int, ...]:
        bounded = kept.lower | kept.upper | self._size
        return tuple(
            row
            for row in self._types.rows_of[type_].tolist()
            if row < len(bounded) and bounded[row]
        )

    def _find_panel(self, kept: Kept, with_type: int | None) -> bool:
        types, free = self._types, self._finder.everywhere()
        present = np.zeros(len(types))
        if with_type is not None:
            present[with_type] = 1
        bounds = replace(
            free,
            lower=present,
            row_lower=np.where(kept.lower, types.lower, free.row_lower),
            row_upper=np.where(kept.upper, types.upper, free.row_upper),
        )
        return self._finder.find(np.zeros(len(types)), bounds) is not None

    def irreducible(self, kept: Kept, *, with_type: int | None = None) -> Kept:
        """Bounds among those kept that still have no panel, none of which can be spared."""
        for part in self._parts(kept):
            if part.meets(kept):
                fewer = kept.without(part)
                if not self.has_panel(fewer, with_type=with_type):
                    kept = fewer
        return kept

    def _parts(self, kept: Kept) -> Iterator[Kept]:
        """Whole features first, then the household rule, then single bounds."""
        rows, nothing = np.arange(len(self._size)), np.zeros_like(self._size)
        features = np.array(["", *(quota.feature for quota in self._types.quotas)])
        for feature in np.unique(features[1:]):
            of_feature = np.isin(rows, np.flatnonzero(features == feature))
            yield Kept(lower=of_feature, upper=of_feature)
        yield Kept(lower=nothing, upper=self._is_home)
        for row in rows[self._is_quota & kept.lower]:
            yield Kept(lower=rows == row, upper=nothing)
        for row in rows[self._is_quota & kept.upper]:
            yield Kept(lower=nothing, upper=rows == row)

    def named(self, kept: Kept) -> tuple[Quota, ...]:
        """The quotas of these bounds; a bound that is not among them is 0, or the panel size."""
        types = self._types
        return tuple(
            replace(
                types.quotas[row - 1],
                lower=int(types.lower[row]) if kept.lower[row] else 0,
                upper=int(types.upper[row]) if kept.upper[row] else types.panel_size,
                min_flex=None,
                max_flex=None,
            )
            for row in self.rows(kept)
        )

    def rows(self, kept: Kept) -> list[int]:
        """The rows of the quotas whose bounds are among these."""
        taking_part = self._is_quota & (kept.lower | kept.upper)
        return [int(row) for row in np.flatnonzero(taking_part)]

    def households(self, kept: Kept) -> bool:
        """Whether the household rule is among these bounds."""
        return bool((kept.upper & self._is_home).any())
