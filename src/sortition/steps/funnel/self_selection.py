"""How likely people of each kind are to answer: a product of one factor for each of their values.

Flanigan, Gölz, Gupta, Procaccia, *Neutralizing Self-Selection Bias in Sampling for Sortition*,
NeurIPS 2020, section 4: the chance of taking part is

    q = base * product over features of factor(feature, value),

all of them at most 1. They fit it to a pool and a survey of the population, since they know
neither who was asked nor who was not. Here both are counted, so that the plain likelihood will do:
of ``asked`` people of a stratum, ``answered`` did, which is binomial with chance ``q``.

1. In the logarithms of the factors the log-likelihood is concave,
   ``answered * log q + (asked - answered) * log(1 - q)``, and Newton's method climbs it.
2. A value that nobody answered with gets factor 0.
3. No combination of values may have a chance above 1, whether somebody has it or not. A trace of
   people who were asked in every combination and did not answer sees to that (a barrier); it is
   made smaller until it weighs nothing.
4. The factors of each feature are scaled so that the largest is 1, and the base takes the rest.

Where few people were asked in a stratum, its chance is then learnt from all who share a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from sortition.core.types import Floats
from sortition.errors import SolverFailed

STEPS = 200
CLOSE = 1e-16
DUST = 1e-13
# how many people the barrier stands for, in each combination
BARRIERS = [4.0**-n for n in range(2, 14)]
MOST_COMBINATIONS = 20_000


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
        If nobody answered, or there are too many combinations of values.
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
    logs = iter(_climb(_Likelihood.of(strata, alive)).tolist())
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
    """Strata first, then every combination of values; a row of `design` names the values."""

    design: Floats
    answered: Floats
    silent: Floats
    barrier: Floats

    @classmethod
    def of(cls, strata: Sequence[Asked], alive: Sequence[Sequence[str]]) -> _Likelihood:
        column = {
            (feature, value): number
            for number, (feature, value) in enumerate(
                ((f, v) for f, of_feature in enumerate(alive) for v in of_feature), start=1
            )
        }
        combinations = int(np.prod([len(of_feature) for of_feature in alive]))
        if combinations > MOST_COMBINATIONS:
            raise ValueError("there are too many combinations of values")
        held = [s for s in strata if all((f, v) in column for f, v in enumerate(s.values))]
        rows = [*(s.values for s in held), *product(*alive)]
        design = np.zeros((len(rows), 1 + len(column)))
        design[:, 0] = 1
        for number, row in enumerate(rows):
            design[number, [column[f, v] for f, v in enumerate(row)]] = 1
        answered = np.zeros(len(rows))
        answered[: len(held)] = [s.answered for s in held]
        silent = np.zeros(len(rows))
        silent[: len(held)] = [s.asked - s.answered for s in held]
        barrier = np.zeros(len(rows))
        barrier[len(held) :] = 1
        return cls(design=design, answered=answered, silent=silent, barrier=barrier)

    def start(self) -> Floats:
        point = np.zeros(self.design.shape[1])
        asked = self.answered.sum() + self.silent.sum()
        point[0] = np.log(min(0.5, self.answered.sum() / asked))
        return point

    def value(self, point: Floats, weight: float) -> float:
        logs = self.design @ point
        if logs.max() >= 0:
            return -np.inf
        silent = self.silent + weight * self.barrier
        return float(self.answered @ logs + silent @ np.log1p(-np.exp(logs)))

    def direction(self, point: Floats, weight: float) -> tuple[Floats, float]:
        """Newton's step, and by how much it promises to raise the value, twice."""
        chance = np.exp(self.design @ point)
        silent = self.silent + weight * self.barrier
        slope = self.design.T @ (self.answered - silent * chance / (1 - chance))
        bend = silent * chance / (1 - chance) ** 2
        curvature = self.design.T @ (self.design * bend[:, None])
        # the factors of a feature can be scaled against the base, so that it is singular
        step, *_ = np.linalg.lstsq(curvature, slope, rcond=1e-12)
        return step, float(slope @ step)


def _climb(likelihood: _Likelihood) -> Floats:
    point = likelihood.start()
    for weight in BARRIERS:
        for _ in range(STEPS):
            step, promise = likelihood.direction(point, weight)
            if promise < CLOSE:
                break
            before, length = likelihood.value(point, weight), 1.0
            # the last digits of two values that are nearly the same say nothing
            least = before - DUST * (1 + abs(before))
            while likelihood.value(point + length * step, weight) < least:
                length /= 2
            point = point + length * step
        else:
            raise SolverFailed("the chances of answering did not converge")
    return point
