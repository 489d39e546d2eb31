"""What an objective returns: a point of the relaxation, and the proof that none is better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Bools, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A linear bound on the selection probabilities ``p`` of every lottery (weak duality).

    ``sum(weights * p) - sum(counterweights * p)``, over the types, is at most what the
    multipliers of the rows and the ceilings of the probabilities add up to.

    Attributes
    ----------
    weights, counterweights : array of float, shape (T,)
        At least 0.
    multipliers : array of float, shape (rows,)
        By how much the bound grows for each unit that the bounds of a row are raised.
    settled : array of bool, shape (T,)
        The types whose probabilities earlier proofs have settled: those of the lower levels,
        for the higher levels of leximin.
    """

    weights: Floats
    counterweights: Floats
    multipliers: Floats
    settled: Bools

    def turned(self, *, cuts: int) -> Proof:
        """The same proof, read off the probabilities of staying at home.

        Parameters
        ----------
        cuts : int
            How many of the last rows are cuts. A cut was turned round with the probabilities, so
            that its multiplier stays as it is.
        """
        rows = len(self.multipliers) - cuts
        return Proof(
            weights=self.counterweights,
            counterweights=self.weights,
            multipliers=np.append(-self.multipliers[:rows], self.multipliers[rows:]),
            settled=self.settled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The point that an objective picks.

    Attributes
    ----------
    counts : array of float, shape (T,)
        Expected counts per type.
    proofs : tuple of Proof
        For leximin one a level, from the lowest up; one for every other objective.
    """

    counts: Floats
    proofs: tuple[Proof, ...]
