"""What a false answer gains under each objective."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np

from sortition.audit.canonical import canonical_json, digest
from sortition.core.manipulation import Chances, Gain, chances, gain_of, lies_of
from sortition.core.objectives import Objective, objective_of
from sortition.errors import SolverFailed
from sortition.model import Instance, ObjectiveName, SolverName
from sortition.selection.soft_quotas import softened

MOST_LIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAnswer:
    """The most profitable lie that was found.

    Attributes
    ----------
    changed : tuple of (str, str, str)
        Each feature that is answered falsely, with the value that is true and the one claimed.
    honest, lying : float
        The liar's chance without and with it.
    """

    changed: tuple[tuple[str, str, str], ...]
    honest: float
    lying: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Manipulation:
    """What a false answer gains under one objective.

    Attributes
    ----------
    rule : str
    tried, lies : int
        How many lies were tried, and how many there are.
    best : FalseAnswer or None
        None if no lie that was tried gains anything.
    average_gain : float
        What the people whose types were tried gain by their best lie on average; honesty, which
        gains 0, is among their choices.
    """

    rule: ObjectiveName
    tried: int
    lies: int
    best: FalseAnswer | None
    average_gain: float

    @property
    def complete(self) -> bool:
        """Whether all lies were tried."""
        return self.tried == self.lies


# Chances are known to about this much.
NOTHING = 1e-6


def manipulation(
    instance: Instance,
    rule: ObjectiveName,
    *,
    gamma: float = 1.0,
    most: int = MOST_LIES,
    solver: SolverName = "highs",
) -> Manipulation:
    """Try lies one by one, and find the lottery again for each.

    Parameters
    ----------
    instance : Instance
        Soft quotas may give way to a lie in another way than to the truth.
    rule : str
        Any objective but population, whose aims hold for the pool as it answered.
    gamma : float
        For goldilocks.
    most : int
        How many lies are tried at most; see `core.manipulation`.
    solver : {"highs", "cbc"}

    Raises
    ------
    InfeasibleQuotas
        If no panel meets the quotas.
    SolverFailed
    """
    objective = objective_of(rule, gamma=gamma, aims=np.empty(0))
    solve = partial(_solved, objective=objective, solver=solver)
    honest = solve(instance)
    if honest is None:
        raise SolverFailed("without a panel there is nothing to gain")
    lies = lies_of(instance, honest, most=most, key=_key(instance))
    gains = []
    for lie in lies.tried:
        with suppress(SolverFailed):  # then the lie counts as one that was not tried
            gains.append(gain_of(instance, lie, honest, solve))
    return Manipulation(
        rule=rule,
        tried=len(gains),
        lies=lies.all,
        best=_best(instance, gains),
        average_gain=_average(gains),
    )


def in_words(lie: FalseAnswer) -> str:
    """What the liar changes, as in ``education: long → short``."""
    return "; ".join(f"{feature}: {true} → {claim}" for feature, true, claim in lie.changed)


def _solved(instance: Instance, *, objective: Objective, solver: SolverName) -> Chances | None:
    return chances(softened(instance, solver=solver), objective, solver=solver)


def _key(instance: Instance) -> str:
    """A digest of the pool without its ids, and of its quotas."""
    people = [list(member.values) for member in instance.pool.members]
    quotas = [[q.feature, q.value, str(q.lower), str(q.upper)] for q in instance.quotas.rows]
    return digest(canonical_json([people, quotas, str(instance.panel_size)]))


def _best(instance: Instance, gains: Sequence[Gain]) -> FalseAnswer | None:
    # of gains that differ in the last digits alone, the first
    best = max(gains, key=lambda gain: round(gain.gained, 6), default=None)
    if best is None or best.gained <= NOTHING:
        return None
    true = instance.pool.members[best.lie.liar].values
    return FalseAnswer(
        changed=tuple(
            (feature, before, after)
            for feature, before, after in zip(
                instance.pool.features, true, best.lie.claim, strict=True
            )
            if before != after
        ),
        honest=best.honest,
        lying=best.lying,
    )


def _average(gains: Sequence[Gain]) -> float:
    best: dict[int, float] = {}
    people: dict[int, int] = {}
    for gain in gains:
        best[gain.lie.liar] = max(gain.gained, best.get(gain.lie.liar, 0.0))
        people[gain.lie.liar] = gain.lie.people
    everybody = sum(people.values())
    return sum(best[liar] * people[liar] for liar in best) / everybody if everybody else 0.0
