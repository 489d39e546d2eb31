"""The whole chain by chance, again and again: invite, answer, meet the quotas, draw fairly.

A trial is known by its number: its chance comes from the seed and the number alone, so that it
makes no difference who runs which trials, or how many at a time.

1. Invite people of each stratum at random, first to a fraction of the plan, then to more of it.
   The letters of a small wave are among those of a larger one, so that whoever answered still
   has.
2. Let each of them answer at the rate of her stratum. If the rate is uncertain, it is drawn
   first.
3. Look for the smallest wave whose answers can fill a panel that meets all quotas. More answers
   never hurt, so that halving finds it.
4. For the wave as it is planned, find the fairest lottery and its lowest chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from math import ceil

import numpy as np
from numpy.random import Generator, Philox

from sortition.core.fairest import fairest_lottery
from sortition.core.objectives import maximin
from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.progress import Silent
from sortition.core.types import Floats, Ints, Types
from sortition.steps.plan.strata import Plan, StratumPlan

# The waves that are tried, as parts of the plan.
PARTS = tuple(Fraction(part, 4) for part in (1, 2, 3, 4, 5, 6, 8))
PLANNED = PARTS.index(Fraction(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All that a trial needs: C groups of people who are alike, S strata, W waves.

    Attributes
    ----------
    groups : Types
        One type a group, with its people in the registry as its size.
    stratum_of : array of int, shape (C,)
    waves : array of int, shape (W, S)
        Invitations to each stratum, in waves that contain each other.
    invited, answered : array of int, shape (S,)
        Before the first of these waves, in the same assembly.
    beliefs : array of float, shape (S, 2)
        The Beta distribution of each rate.
    uncertain : bool
        Whether the rates are drawn; else they are their expectation.
    seed : str
    """

    groups: Types
    stratum_of: Ints
    waves: Ints
    invited: Ints
    answered: Ints
    beliefs: Floats
    uncertain: bool
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What happened in one trial.

    Attributes
    ----------
    number : int
    answers : int
        To the wave as planned, with those of earlier waves.
    enough : int or None
        The first wave, by its place in `PARTS`, after which the quotas can be met.
    lowest : float or None
        The lowest chance in the fairest lottery for the wave as planned, among those who can be
        selected; None if the quotas cannot be met.
    short : tuple of int
        The quotas for which too few people answered, whoever else did.
    """

    number: int
    answers: int
    enough: int | None
    lowest: float | None
    short: tuple[int, ...]


def chain_of(plan: Plan, groups: Types, stratum_of: Ints, *, seed: str) -> Chain:
    """The chain that a plan starts.

    Parameters
    ----------
    groups : Types
        The registry, one type for each group of people who are alike; soft quotas have no bounds.
    stratum_of : array of int, shape (C,)
        The place of each group's stratum in the plan.
    """
    people = np.bincount(stratum_of, weights=groups.sizes, minlength=len(plan.strata)).astype(int)
    before = [_before(stratum, plan.further) for stratum in plan.strata]
    invited, answered = (np.array(column) for column in zip(*before, strict=True))
    planned = [stratum.wanted for stratum in plan.strata]
    waves = np.array([[ceil(part * count) for count in planned] for part in PARTS])
    return Chain(
        groups=groups,
        stratum_of=stratum_of,
        waves=np.minimum(waves, people - invited),
        invited=invited,
        answered=answered,
        beliefs=np.array([[float(s.belief.answered), float(s.belief.silent)] for s in plan.strata]),
        uncertain=plan.aim.method == "beta-binomial",
        seed=seed,
    )


def trials(chain: Chain, numbers: Iterable[int]) -> tuple[Trial, ...]:
    """Run the trials with these numbers, each of which depends on its number alone."""
    return tuple(_trial(chain, number) for number in numbers)


def _before(stratum: StratumPlan, further: bool) -> tuple[int, int]:
    return (stratum.stratum.invited, stratum.stratum.answered) if further else (0, 0)


def _trial(chain: Chain, number: int) -> Trial:
    pools = _pools(chain, _generator(chain.seed, number))
    groups = chain.groups
    enough = _first_enough(groups, pools)
    planned = pools[PLANNED]
    met = enough is not None and enough <= PLANNED
    lacking = groups.activity(planned) < groups.lower
    return Trial(
        number=number,
        answers=int(planned.sum()),
        enough=enough,
        lowest=_lowest_chance(_answering(groups, planned)) if met else None,
        short=tuple(np.flatnonzero(lacking[1:]).tolist()),
    )


def _generator(seed: str, number: int) -> Generator:
    key = sha256(f"sortition/plan/1\n{seed}\n{number}".encode()).digest()
    return Generator(Philox(key=int.from_bytes(key[:16], "big")))


def _pools(chain: Chain, chance: Generator) -> Ints:
    """Who has answered after each wave, by group, shape (W, C)."""
    pools = np.zeros((len(chain.waves), len(chain.groups)), dtype=np.int64)
    for stratum, (answered, silent) in enumerate(chain.beliefs):
        rate = answered / (answered + silent)
        if chain.uncertain and silent > 0:
            rate = chance.beta(answered, silent)
        within = np.flatnonzero(chain.stratum_of == stratum)
        people = chain.groups.sizes[within]
        asked = _some(people, int(chain.invited[stratum]), chance)
        pool = _some(asked, int(chain.answered[stratum]), chance)
        people = people - asked
        for wave, more in enumerate(np.diff(chain.waves[:, stratum], prepend=0)):
            asked = _some(people, int(more), chance)
            people = people - asked
            pool = pool + chance.binomial(asked, rate)
            pools[wave, within] = pool
    return pools


def _some(people: Ints, count: int, chance: Generator) -> Ints:
    """So many of the people, by group, everybody equally likely."""
    drawn: Ints = chance.multivariate_hypergeometric(people, count, method="marginals")
    return drawn


def _first_enough(groups: Types, pools: Ints) -> int | None:
    low, high = 0, len(pools)
    while low < high:
        middle = (low + high) // 2
        if _has_panel(_answering(groups, pools[middle])):
            high = middle
        else:
            low = middle + 1
    return low if low < len(pools) else None


def _answering(groups: Types, pool: Ints) -> Types:
    return replace(groups, sizes=pool).only(pool > 0)


def _has_panel(types: Types) -> bool:
    if np.any(types.activity(types.sizes) < types.lower):
        return False
    return PanelFinder(Relaxation(types=types), solver="highs").some() is not None


def _lowest_chance(types: Types) -> float:
    fair = fairest_lottery(types, maximin, solver="highs", progress=Silent())
    assert fair is not None  # noqa: S101 - a panel was found
    return fair.lowest
