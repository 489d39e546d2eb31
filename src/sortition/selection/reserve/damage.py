"""The best replacement from a reserve, for many sets of dropouts at once.

For each set of dropouts, the people of the reserve who could be called are tried in every way, at
most one for each who is gone. The ways are kept from one alternate to the next, so that adding one
doubles them. Beyond `WAYS` the best are kept, so that a large reserve counts for no more than it
can do; up to six alternates nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Floats, Ints
from sortition.selection.reserve.scenarios import UNIT, Scenarios, Vacancies

WAYS = 64
CELLS = 4_000_000  # of a table that is held at once
NEVER = float(2**52)  # farther than any panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """How far a panel is from its quotas after the best replacement, over many dropout sets.

    Attributes
    ----------
    mean : float
    error : float
        The standard error of the mean.
    """

    mean: float
    error: float


class Replacements:
    """The ways to fill up a panel from a reserve that grows.

    Parameters
    ----------
    vacancies : Vacancies
    scenarios : Scenarios
    """

    def __init__(self, vacancies: Vacancies, scenarios: Scenarios) -> None:
        self._vacancies, self._scenarios = vacancies, scenarios
        self._best = vacancies.distance(scenarios.left)
        self._open = np.arange(len(scenarios))
        self._counts = scenarios.left[:, None, :]
        self._room = scenarios.gone[:, None]
        self._far = self._best[:, None]
        self._close()

    def add(self, kind: int) -> None:
        """One more person of a kind is in the reserve."""
        v = self._vacancies
        counts = self._counts + v.kinds[kind]
        called = self._room > 0
        far = np.where(called, v.distance(counts), NEVER)
        self._counts = np.concatenate([self._counts, counts], axis=1)
        self._room = np.concatenate([self._room, self._room - 1], axis=1)
        self._far = np.concatenate([self._far, far], axis=1)
        if self._far.shape[1] > WAYS:
            best = np.argsort(self._far, axis=1, kind="stable")[:, :WAYS]
            self._counts = np.take_along_axis(self._counts, best[:, :, None], axis=1)
            self._room = np.take_along_axis(self._room, best, axis=1)
            self._far = np.take_along_axis(self._far, best, axis=1)
        self._best[self._open] = self._far.min(axis=1)
        self._close()

    def _close(self) -> None:
        """Sets whose dropouts can be made good need not be looked at again."""
        still = self._best[self._open] > 0
        self._open = self._open[still]
        self._counts, self._room = self._counts[still], self._room[still]
        self._far = self._far[still]

    def distances(self) -> Floats:
        """The distance after the best replacement, shape (S,); whole numbers."""
        return self._best

    def total(self) -> float:
        """The sum of these over all draws; a whole number."""
        return float(self._best @ self._scenarios.times)

    def totals_with(self, kinds: Ints) -> Floats:
        """What `total` would be with one person more, for each of some kinds."""
        v = self._vacancies
        totals, times = np.zeros(len(kinds)), self._scenarios.times[self._open]
        wanted = v.kinds[kinds].T.astype(float)
        ways = self._far.shape[1]
        at_once = max(1, CELLS // max(1, ways * len(kinds)))
        for start in range(0, len(self._open), at_once):
            part = slice(start, start + at_once)
            # from here on one person more changes each quota by one, so that steps add up
            base = np.where(self._room[part] > 0, self._far[part], NEVER)
            added = base[:, :, None] + v.steps(self._counts[part]) @ wanted
            far = np.minimum(added.min(axis=1), self._best[self._open[part], None])
            totals += times[part] @ far
        return totals

    def damage(self) -> Damage:
        """The expected distance with this reserve, and how sure that is."""
        far, times = self.distances() / UNIT, self._scenarios.times
        draws = times.sum()
        mean = float(far @ times / draws)
        variance = max(0.0, float(far**2 @ times / draws) - mean**2)
        return Damage(mean=mean, error=float(np.sqrt(variance / max(1, draws - 1))))


def damage_of(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints) -> Damage:
    """The damage with a reserve, as the kind of each of its people."""
    return _with(vacancies, scenarios, reserve).damage()


def damages_of(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints) -> tuple[Damage, ...]:
    """The damage with nobody in reserve, with the first of a reserve, with the first two, …"""
    replacements = Replacements(vacancies, scenarios)
    damages = [replacements.damage()]
    for kind in reserve.tolist():
        replacements.add(kind)
        damages.append(replacements.damage())
    return tuple(damages)


def total_of(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints) -> float:
    """The distances with a reserve, summed over all draws; a whole number."""
    return _with(vacancies, scenarios, reserve).total()


def _with(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints) -> Replacements:
    replacements = Replacements(vacancies, scenarios)
    for kind in reserve.tolist():
        replacements.add(kind)
    return replacements
