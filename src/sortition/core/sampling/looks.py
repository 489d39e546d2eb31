"""What is seen of chains that walk among the panels, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Bools, Floats, Ints, Types

KEPT = 64
AGREED = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """How far the chains can be trusted.

    Attributes
    ----------
    chains : int
    swaps : int
        Swaps that each chain tried and that count; the first half of all is left out.
    accepted : float
        The share of them that were made.
    at_panels : float
        The share of the looks at the chains that found them at a panel.
    r_hat : float
        The largest split R-hat of any type's count; up to 1.01 the chains agree (Gelman et al.,
        Bayesian Data Analysis, 3rd edition (2013), section 11.4).
    effective : float
        The smallest number of independent panels that would tell as much of a type's count.
    standard_error : float
        The largest standard error of a person's probability, from how the chains differ.
    """

    chains: int
    swaps: int
    accepted: float
    at_panels: float
    r_hat: float
    effective: float
    standard_error: float

    @property
    def agree(self) -> bool:
        """Whether the chains look as if they had forgotten their start."""
        return self.r_hat <= AGREED


class Looks:
    """Looks at all chains, evenly spread over one stretch of their walk.

    Parameters
    ----------
    types : Types
    chains, looks : int
        How many chains there are, and how many looks are to come.
    """

    def __init__(self, types: Types, chains: int, looks: int) -> None:
        halves = (2, chains, len(types))
        self._sizes = types.sizes
        self._looks = looks
        self._taken = 0
        self._sums, self._squares = np.zeros(halves), np.zeros(halves)
        self._at_panel = np.zeros(chains)
        self._sums_at, self._squares_at = np.zeros(halves[1:]), np.zeros(len(types))
        self._kept: list[Ints] = []

    def add(self, counts: Ints, at_panel: Bools) -> None:
        """Look: the people per type, shape (C, T), and which chains are at a panel."""
        half = 2 * self._taken // self._looks
        squares = counts * counts
        self._sums[half] += counts
        self._squares[half] += squares
        self._at_panel += at_panel
        self._sums_at += counts * at_panel[:, None]
        self._squares_at += squares[at_panel].sum(axis=0)
        self._taken += 1
        if self._taken % max(1, self._looks // KEPT) == 0:
            self._kept.append(counts[at_panel])

    @property
    def share_at_panels(self) -> float:
        """The share of the looks that found a chain at a panel."""
        return float(self._at_panel.mean() / self._looks)

    @property
    def panels(self) -> Ints:
        """Panels that the chains were at, shape (N, T), from looks far apart."""
        return np.concatenate(self._kept)

    @property
    def counts(self) -> Floats:
        """The mean people per type, shape (T,), of all panels that were seen."""
        counts: Floats = self._sums_at.sum(axis=0) / self._at_panel.sum()
        return counts

    def diagnose(self, *, swaps: int, accepted: int) -> Diagnostics:
        """Say how far the chains agree, who tried so many swaps and made so many of them all."""
        chains = len(self._at_panel)
        seen = self._at_panel.sum()
        # the standard error of a ratio: what was counted by what was seen, chain by chain
        spread = self._sums_at - self._at_panel[:, None] * self.counts
        error = (spread**2).sum(axis=0) / seen**2 * chains / (chains - 1)
        variance = (self._squares_at / seen - self.counts**2).clip(0)
        independent = np.divide(variance, error, out=np.full(len(error), np.inf), where=error > 0)
        return Diagnostics(
            chains=chains,
            swaps=swaps,
            accepted=accepted / (swaps * chains),
            at_panels=self.share_at_panels,
            r_hat=self._r_hat(),
            effective=float(independent.min()),
            standard_error=float((np.sqrt(error) / self._sizes).max()),
        )

    def _r_hat(self) -> float:
        looks = self._looks / 2
        means = (self._sums / looks).reshape(-1, len(self._sizes))
        within = ((self._squares - self._sums**2 / looks) / (looks - 1)).mean(axis=(0, 1))
        pooled = within * (looks - 1) / looks + means.var(axis=0, ddof=1)
        unmoved = np.where(pooled > 0, np.inf, 1.0)
        return float(np.sqrt(np.divide(pooled, within, out=unmoved, where=within > 0).max()))
