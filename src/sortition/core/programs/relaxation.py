"""The linear relaxation of the panels, with the cuts that were needed so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sortition.core.programs.solver import Bounds, Row
from sortition.core.types import Floats, Ints, Types


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """``normal @ x <= bound`` for the people per type, ``x``, of every panel."""

    normal: Floats
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """All expected counts per type that keep every row and cut; the panels are whole points of it.

    Attributes
    ----------
    types : Types
    cuts : tuple of Cut
    """

    types: Types
    cuts: tuple[Cut, ...] = ()

    def turned(self) -> Relaxation:
        """The relaxation of those who stay at home: ``sizes - x`` in place of ``x``."""
        sizes = self.types.sizes
        everybody = self.types.activity(sizes).astype(np.int64)
        types = replace(
            self.types,
            lower=everybody - self.types.upper,
            upper=everybody - self.types.lower,
        )
        cuts = tuple(
            Cut(normal=-cut.normal, bound=cut.bound - float(cut.normal @ sizes))
            for cut in self.cuts
        )
        return Relaxation(types=types, cuts=cuts)

    def with_cut(self, cut: Cut) -> Relaxation:
        """The relaxation, smaller by a cut."""
        return replace(self, cuts=(*self.cuts, cut))

    @property
    def rows(self) -> list[Row]:
        """The rows over the counts: those of the types, then the cuts."""
        incidence = self.types.rows_of
        types = np.repeat(np.arange(len(self.types)), incidence.shape[1])
        order = np.argsort(incidence, axis=None, kind="stable")
        ends = np.bincount(incidence.ravel(), minlength=len(self.types.lower) + 1).cumsum()
        of_types = np.split(types[order], ends[:-1])[:-1]
        everywhere = np.arange(len(self.types))
        rows = [Row(columns=columns, coefficients=np.ones(len(columns))) for columns in of_types]
        return rows + [Row(columns=everywhere, coefficients=cut.normal) for cut in self.cuts]

    @property
    def row_lower(self) -> Floats:
        """The lower bounds of the rows; a cut has none."""
        return np.concatenate([self.types.lower, np.full(len(self.cuts), -np.inf)])

    @property
    def row_upper(self) -> Floats:
        """The upper bounds of the rows."""
        return np.concatenate([self.types.upper, [cut.bound for cut in self.cuts]])

    def everywhere(self) -> Bounds:
        """The bounds of all panels."""
        return Bounds(
            lower=np.zeros(len(self.types)),
            upper=self.types.sizes.astype(float),
            row_lower=self.row_lower,
            row_upper=self.row_upper,
        )

    @property
    def scale(self) -> Floats:
        """The largest coefficient of each row."""
        cuts = [float(np.abs(cut.normal).max()) for cut in self.cuts]
        return np.concatenate([np.ones(len(self.types.lower)), cuts])

    def activity(self, counts: Floats | Ints) -> Floats:
        """What each row adds up to for counts per type, shape (T,)."""
        cuts = [float(cut.normal @ counts) for cut in self.cuts]
        return np.concatenate([self.types.activity(counts), cuts])
