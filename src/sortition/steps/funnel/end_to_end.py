"""From the registry to the panel: the chance of the letter, of answering, and from the pool.

A person's chance of sitting on the panel is the product of the three. The first is what the
invitation gave her stratum, the second is estimated (`self_selection`), and the third is the mean
selection probability of those of her stratum who are in the pool.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sortition.steps.funnel.self_selection import Asked, SelfSelection, self_selection

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumChances:
    """The chances of somebody of a stratum.

    Attributes
    ----------
    people, invited, came : int
        In the registry, of these invited, and of these in the pool.
    letter, answering : float
    pool : float or None
        None if nobody of the stratum is in the pool, or no lottery was given.
    """

    people: int
    invited: int
    came: int
    letter: float
    answering: float
    pool: float | None

    @property
    def coming(self) -> float:
        """The chance of coming into the pool."""
        return self.letter * self.answering


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChances:
    """The mean chances of the people of the registry in a group, most of whom never answered.

    Attributes
    ----------
    people : int
        Whose chances are known.
    letter, answering, pool, total : float
        The total is the product of the others. `answering` is that of those who get a letter, and
        `pool` that of those who answer.
    """

    people: int
    letter: float
    answering: float
    pool: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EndToEnd:
    """The way from the registry to the panel, as chances.

    Attributes
    ----------
    everybody : GroupChances
    tables : mapping of str to mapping of str to GroupChances
        By feature and value; what is left out of the counts is left out here.
    equal : float
        Everybody's chance if all of the registry had the same: seats by people.
    unknown : int
        People of the registry of whose strata nobody is in the pool.
    features : tuple of str
        What makes the strata.
    answering : SelfSelection
        How answering was estimated.
    """

    everybody: GroupChances
    tables: Mapping[str, Mapping[str, GroupChances]]
    equal: float
    unknown: int
    features: tuple[str, ...]
    answering: SelfSelection


def stratum_chances(
    people: Mapping[Values, int],
    invited: Mapping[Values, int],
    came: Mapping[Values, int],
    selected: Mapping[Values, float],
) -> tuple[dict[Values, StratumChances], SelfSelection]:
    """The chances of each stratum of the registry, and how answering was estimated.

    Parameters
    ----------
    people, invited, came : mapping of tuple of str to int
        By stratum: in the registry, invited, and in the pool.
    selected : mapping of tuple of str to float
        The sum of the selection probabilities of those in the pool; empty if there is no lottery.

    Raises
    ------
    ValueError
        If nobody came, or from a stratum more than were invited.
    """
    asked = [
        Asked(values=values, asked=invited.get(values, 0), answered=came.get(values, 0))
        for values in sorted(set(people) | set(invited) | set(came))
    ]
    model = self_selection(asked)
    reached = [set(factors) for factors in model.factors]
    found = {}
    for values, count in people.items():
        known = all(value in of for value, of in zip(values, reached, strict=True))
        sure = selected.get(values)
        found[values] = StratumChances(
            people=count,
            invited=invited.get(values, 0),
            came=came.get(values, 0),
            letter=invited.get(values, 0) / count,
            # of a value that no letter went to nothing is learnt, and nothing depends on it
            answering=model.chance(values) if known else 0.0,
            pool=None if sure is None or not came.get(values) else sure / came[values],
        )
    return found, model


def group_chances(
    chances: Mapping[Values, StratumChances], groups: Mapping[Values, Counter[str]]
) -> dict[str, GroupChances]:
    """The mean chances of each group.

    Parameters
    ----------
    chances : mapping of tuple of str to StratumChances
    groups : mapping of tuple of str to Counter
        How many people of each stratum of the registry are in each group. People of strata whose
        chance from the pool is not known are left out.
    """
    sums: dict[str, list[float]] = {}
    for values, counts in groups.items():
        stratum = chances[values]
        if stratum.pool is None:
            continue
        for group, count in counts.items():
            of = sums.setdefault(group, [0.0, 0.0, 0.0, 0.0])
            parts = (1.0, stratum.letter, stratum.coming, stratum.coming * stratum.pool)
            for place, part in enumerate(parts):
                of[place] += count * part
    return {
        group: GroupChances(
            people=round(people),
            letter=letters / people,
            answering=answers / letters if letters else 0.0,
            pool=seats / answers if answers else 0.0,
            total=seats / people,
        )
        for group, (people, letters, answers, seats) in sorted(sums.items())
    }
