"""What a false answer gains: one volunteer claims another's values, all others are honest.

After Flanigan, Liang, Procaccia, Wang, *Manipulation-robust selection of citizens' assemblies*,
AAAI 2024, where the liar knows the pool and the quotas, and the lottery is found for the pool as
she says it is.

1. People of one type gain the same by the same claim, so one of them is tried. She may claim every
   combination of values that somebody in the pool has.
2. Find the lottery again with her claim in place of her values. What she gains is her chance there
   less her honest chance; if no panel is left, her chance is 0.
3. If there are more lies than may be tried, types take their turn by SHA-256, and each tries the
   claims that have the highest chances in the honest lottery, ties by SHA-256.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from sortition.core.fairest import fairest_lottery
from sortition.core.objectives import Objective
from sortition.core.progress import Silent
from sortition.core.types import Types, types_of
from sortition.model import Instance, Pool, SolverName

Values = tuple[str, ...]
Chances = tuple[float, ...]
CLAIMS = 4  # of each type, where not all can be tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """A false answer.

    Attributes
    ----------
    liar : int
        The position in the pool of the one who speaks for her type.
    people : int
        How many people are of her type.
    claim : tuple of str
        The values that she claims, in the order of the pool's features.
    """

    liar: int
    people: int
    claim: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one lie gains.

    Attributes
    ----------
    lie : Lie
    honest, lying : float
        The liar's chance without and with it.
    """

    lie: Lie
    honest: float
    lying: float

    @property
    def gained(self) -> float:
        """By how much the chance grows; below 0 if it shrinks."""
        return self.lying - self.honest


@dataclass(frozen=True, slots=True, kw_only=True)
class Lies:
    """The lies that are tried, and how many there are.

    Attributes
    ----------
    tried : tuple of Lie
    all : int
    """

    tried: tuple[Lie, ...]
    all: int


def chances(instance: Instance, objective: Objective, *, solver: SolverName) -> Chances | None:
    """Everybody's chance by position in the pool; None if there is no panel.

    Raises
    ------
    SolverFailed
    """
    fair = fairest_lottery(types_of(instance), objective, solver=solver, progress=Silent())
    if fair is None:
        return None
    types = fair.relaxation.types
    found = types.by_position(fair.decomposition.counts / types.sizes, len(instance.pool))
    return tuple(found.tolist())


def lies_of(instance: Instance, honest: Chances, *, most: int, key: str) -> Lies:
    """All lies that are not more than `most`, otherwise so many of them.

    Parameters
    ----------
    instance : Instance
    honest : tuple of float
        Everybody's chance by position.
    most : int
        How many lies may be tried; at least 1.
    key : str
        What the turns depend on besides positions and values.
    """
    types: Types = types_of(instance)
    looks: dict[Values, float] = {}
    for member, chance in zip(instance.pool.members, honest, strict=True):
        looks[member.values] = max(chance, looks.get(member.values, 0.0))
    liars = [(members[0], len(members)) for members in types.members]
    total = len(liars) * (len(looks) - 1)
    sampled = total > most
    if sampled:
        liars.sort(key=lambda liar: _turn(key, str(liar[0])))
    # chances that differ in the last digits alone are the same
    claims = sorted(looks, key=lambda claim: (-round(looks[claim], 6), _turn(key, *claim)))
    tried = []
    for liar, people in liars:
        own = instance.pool.members[liar].values
        others = [claim for claim in claims if claim != own]
        for claim in others[:CLAIMS] if sampled else others:
            tried.append(Lie(liar=liar, people=people, claim=claim))
    return Lies(tried=tuple(tried[:most]), all=total)


def told(instance: Instance, lie: Lie) -> Instance:
    """The instance as it is when the lie is believed."""
    members = list(instance.pool.members)
    members[lie.liar] = members[lie.liar]._replace(values=lie.claim)
    pool = Pool(features=instance.pool.features, members=tuple(members))
    return replace(instance, pool=pool)


def gain_of(
    instance: Instance,
    lie: Lie,
    honest: Chances,
    solve: Callable[[Instance], Chances | None],
) -> Gain:
    """What a lie gains, by solving again."""
    lying = solve(told(instance, lie))
    return Gain(
        lie=lie,
        honest=honest[lie.liar],
        lying=0.0 if lying is None else lying[lie.liar],
    )


def _turn(*parts: str) -> bytes:
    return sha256("\0".join(parts).encode()).digest()
