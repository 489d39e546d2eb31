"""Two rules that follow no objective, person by person: to compare the objectives with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from sortition.core.sampling.legacy import estimate, legacy
from sortition.core.sampling.looks import Diagnostics
from sortition.core.sampling.uniform import uniform
from sortition.core.types import Floats, Ints, Types, types_of
from sortition.model import Instance, Lottery, seed_hash

# It decides no panel, only which panels the figures rest on where they are not exact.
SEED = "sortition/compare/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformChances:
    """What people get if every panel is as likely as every other.

    Attributes
    ----------
    probabilities : dict of str to float
        By id.
    panels : int or None
        How many panels there are, if they were counted; then the probabilities are exact.
    diagnostics : Diagnostics or None
        How far the chains can be trusted, if they were not.
    """

    probabilities: dict[str, float]
    panels: int | None
    diagnostics: Diagnostics | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A probability that was estimated, and its 95 % confidence limits."""

    probability: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyChances:
    """What people get from the greedy rule, estimated.

    Attributes
    ----------
    people : dict of str to Estimated
        By id; empty if the rule never met the quotas. The limits hold for one person alone.
    panels : int
        How many panels the rule drew, on which the estimates rest.
    attempts : int
        How often it was started for that.
    """

    people: dict[str, Estimated]
    panels: int
    attempts: int

    @property
    def probabilities(self) -> dict[str, float]:
        """The estimates alone."""
        return {id: estimated.probability for id, estimated in self.people.items()}


def uniform_chances(instance: Instance, lotteries: Iterable[Lottery]) -> UniformChances:
    """Find what people get if every panel is as likely as every other.

    Parameters
    ----------
    instance : Instance
        Its quotas are hard.
    lotteries : iterable of Lottery
        Over panels of the instance; where these are too many to count, chains begin at them.

    Raises
    ------
    SolverFailed
        If the chains lost their way.
    """
    types = types_of(instance)
    lottery = uniform(types, 1, start=_counts(types, instance.pool.ids, lotteries), seed=SEED)
    return UniformChances(
        probabilities=dict(_by_person(instance, types, lottery.probabilities)),
        panels=lottery.panels,
        diagnostics=lottery.diagnostics,
    )


def legacy_chances(instance: Instance, draws: int) -> LegacyChances:
    """Estimate what people get from the greedy rule.

    Parameters
    ----------
    instance : Instance
        Its quotas are hard.
    draws : int
        How many panels to draw; fewer if the rule fails too often.
    """
    types = types_of(instance)
    rng = np.random.Generator(np.random.PCG64(int(seed_hash(SEED), 16)))
    drawn = legacy(types, draws, rng=rng)
    people: dict[str, Estimated] = {}
    if len(drawn.panels):
        found = estimate(types, drawn.panels)
        columns = (
            _by_person(instance, types, column)
            for column in (found.probabilities, found.lower, found.upper)
        )
        people = {
            id: Estimated(probability=probability, lower=lower, upper=upper)
            for (id, probability), (_, lower), (_, upper) in zip(*columns, strict=True)
        }
    return LegacyChances(people=people, panels=len(drawn.panels), attempts=drawn.attempts)


def _by_person(instance: Instance, types: Types, of_types: Floats) -> Iterator[tuple[str, float]]:
    """Everybody's figure with her id, in the order of the pool."""
    by_position = types.by_position(of_types, len(instance.pool))
    yield from zip(instance.pool.ids, by_position.tolist(), strict=True)


def _counts(types: Types, ids: Sequence[str], lotteries: Iterable[Lottery]) -> Ints:
    """The different panels of some lotteries, as people per type."""
    position = {id: number for number, id in enumerate(ids)}
    type_of = types.type_of(len(ids))
    panels = chain.from_iterable(lottery.panels for lottery in lotteries)
    seats = [[type_of[position[id]] for id in panel.members] for panel in panels]
    counts = np.array([np.bincount(row, minlength=len(types)) for row in seats])
    different: Ints = np.unique(counts, axis=0)
    return different
