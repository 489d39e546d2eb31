"""How likely people of each kind are to answer: a product of one factor for each of their values.

Flanigan, Gölz, Gupta, Procaccia, *Neutralizing Self-Selection Bias in Sampling for Sortition*,
NeurIPS 2020, section 4: the chance of taking part is

    q = base * product over features of factor(feature, value),

all of them at most 1. They fit it to a pool and a survey of the population, since they know
neither who was asked nor who was not. Here both are counted, so that the plain likelihood will do:
of ``asked`` people of a stratum, ``answered`` did, which is binomial with chance ``q``.

1. In the logarithms of the factors the log-likelihood is concave,
   ``answered * log q + (asked - answered) * log(1 - q)``; L-BFGS-B climbs it (Byrd, Lu, Nocedal
   and Zhu, "A limited memory algorithm for bound constrained optimization", SIAM J. Sci. Comput.
   16 (1995)).
2. A value that nobody answered with gets factor 0.
3. Base and factors are at most 1, so that no combination of values has a chance above 1, whether
   somebody has it or not.
4. The factors of each feature are scaled so that the largest is 1, and the base takes the rest.

Where few people were asked in a stratum, its chance is then learnt from all who share a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from sortition.core.types import Floats
from sortition.errors import SolverFailed

STEPS = 10_000
CLOSE = 1e-11  # of the slope, for each who was asked
SMALLEST = 1e-12  # by which a chance stays below 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A stratum: how many of it were asked, and how many of these answered.

    Raises
    ------
    ValueError
        If more answered than were asked.
    """

    values: tuple[str, ...]
    asked: int
    answered: int

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.asked:
            raise ValueError("at most as many answer as were asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfSelection:
    """The factors that were found.

    Attributes
    ----------
    base : float
        The chance of somebody whose factors are all 1.
    factors : tuple of mapping of str to float
        By value, one mapping a feature; from 0 to 1, and the largest is 1.
    """

    base: float
    factors: tuple[Mapping[str, float], ...]

    def chance(self, values: Sequence[str]) -> float:
        """The chance of somebody with one of these values for each feature.

        Raises
        ------
        KeyError
            If nobody with a value was asked.
        """
        chance = self.base
        for factors, value in zip(self.factors, values, strict=True):
            chance *= factors[value]
        return chance


def self_selection(strata: Sequence[Asked]) -> SelfSelection:
    """Fit the factors by maximum likelihood.

    Parameters
    ----------
    strata : sequence of Asked
        At least one, in which somebody answered.

    Raises
    ------
    ValueError
        If nobody answered.
    SolverFailed
        If the fit does not converge.
    """
    if not any(stratum.answered for stratum in strata):
        raise ValueError("nobody answered")
    places = range(len(strata[0].values))
    values = [sorted({s.values[f] for s in strata if s.asked}) for f in places]
    alive = [
        [v for v in values[f] if any(s.answered for s in strata if s.values[f] == v)]
        for f in places
    ]
    logs = iter(_Likelihood.of(strata, alive).most_likely().tolist())
    base = next(logs)
    found = []
    for feature in places:
        of_values = {value: next(logs) for value in alive[feature]}
        highest = max(of_values.values())
        base += highest
        factors = {value: float(np.exp(log - highest)) for value, log in of_values.items()}
        found.append({value: factors.get(value, 0.0) for value in values[feature]})
    return SelfSelection(base=float(np.exp(base)), factors=tuple(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likelihood:
    """What strata say of base and factors; a row of `design` names the values of a stratum."""

    design: Floats
    answered: Floats
    silent: Floats

    @classmethod
    def of(cls, strata: Sequence[Asked], alive: Sequence[Sequence[str]]) -> _Likelihood:
        column = {
            (feature, value): number
            for number, (feature, value) in enumerate(
                ((f, v) for f, of_feature in enumerate(alive) for v in of_feature), start=1
            )
        }
        held = [s for s in strata if all((f, v) in column for f, v in enumerate(s.values))]
        design = np.zeros((len(held), 1 + len(column)))
        design[:, 0] = 1
        for number, stratum in enumerate(held):
            design[number, [column[f, v] for f, v in enumerate(stratum.values)]] = 1
        return cls(
            design=design,
            answered=np.array([s.answered for s in held], dtype=float),
            silent=np.array([s.asked - s.answered for s in held], dtype=float),
        )

    def most_likely(self) -> Floats:
        """The logarithms of the base and the factors, shape (1 + values,)."""
        start = np.zeros(self.design.shape[1])
        asked = self.answered.sum() + self.silent.sum()
        start[0] = np.log(min(0.5, self.answered.sum() / asked))
        found = minimize(
            self._against,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(None, 0.0)] * len(start),
            options={"ftol": 0.0, "gtol": CLOSE, "maxiter": STEPS, "maxfun": 10 * STEPS},
        )
        if found.nit >= STEPS:
            raise SolverFailed("the chances of answering did not converge")
        logs: Floats = found.x
        return logs

    def _against(self, point: Floats) -> tuple[float, Floats]:
        """The log-likelihood with its sign turned, for each who was asked, and its slope."""
        # a chance of exactly 1 is ruled out by one who was silent
        logs = np.minimum(self.design @ point, -SMALLEST)
        value = self.answered @ logs + self.silent @ np.log(-np.expm1(logs))
        slope = self.answered - self.silent * np.exp(logs) / -np.expm1(logs)
        asked = self.answered.sum() + self.silent.sum()
        return -float(value) / asked, -(self.design.T @ slope) / asked
