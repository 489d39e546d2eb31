"""People who do not exist: some panel that meets the quotas, and others around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.types import types_of
from sortition.model import Instance, Pool, PoolMember, Quota, Quotas, below

Person = dict[str, str]
Thing = TypeVar("Thing")

ELSE = "other"  # the value of whoever has none that a combination names
TRIES = 60  # panels that meet the quotas on single values, where combinations have some as well
MOST_EAGER = 4  # how many times as many volunteers some values bring as others


class Chance:
    """Choices that follow from a seed, one after the other."""

    def __init__(self, seed: str) -> None:
        self._seed, self._made = seed, 0

    def below(self, n: int) -> int:
        """A number from 0 to n - 1."""
        self._made += 1
        return below(n, seed=self._seed, domain=f"sample/{self._made}")

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """The same things in another order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in things]

    def one_of(self, weights: Mapping[Thing, int]) -> Thing:
        """One thing, as likely as its weight is large."""
        mark = self.below(sum(weights.values()))
        for thing, weight in weights.items():
            mark -= weight
            if mark < 0:
                return thing
        raise AssertionError("unreachable: the mark is below the sum of the weights")


def fitting_panel(quotas: Quotas, size: int, chance: Chance) -> list[Person] | None:
    """People who are a panel of this size within the quotas.

    Each feature alone is easy: as many people of each value as its bounds and the size ask for, in
    any order. Where combinations have quotas as well, one panel is looked for among many of these.

    Returns
    -------
    list of dict or None
        The values of each person by feature; None if no such panel was found.
    """
    plain = all(not quota.parts for quota in quotas.rows)
    made = [person for _ in range(1 if plain else TRIES) for person in _meant(quotas, size, chance)]
    if plain:
        return made
    features = quotas.needed_features
    members = tuple(
        PoolMember(id=f"{number:06d}", values=tuple(person[feature] for feature in features))
        for number, person in enumerate(made)
    )
    pool = Pool(features=features, members=members)
    types = types_of(Instance(pool=pool, quotas=quotas, panel_size=size))
    found = PanelFinder(Relaxation(types=types), solver="highs").some()
    if found is None:
        return None
    taken = zip(types.members, found.tolist(), strict=True)
    return [made[place] for places, count in taken for place in places[:count]]


def _meant(quotas: Quotas, size: int, chance: Chance) -> list[Person]:
    """People who meet the quotas on single values, whose bounds can add up to the size."""
    columns = []
    for feature in quotas.needed_features:
        rows = quotas.of(feature)
        counts = Counter({quota.value: quota.lower for quota in rows})
        room = Counter({quota.value: quota.upper - quota.lower for quota in rows})
        for _ in range(size - counts.total()):
            value = chance.one_of(+room if rows else _named(quotas, feature))
            counts[value] += 1
            room[value] -= 1
        columns.append(chance.shuffled(list(counts.elements())))
    features = quotas.needed_features
    return [dict(zip(features, values, strict=True)) for values in zip(*columns, strict=True)]


def _named(quotas: Quotas, feature: str) -> dict[str, int]:
    """The values that combinations alone name, and another."""
    named = {value for quota in quotas.rows for name, value in quota.parts if name == feature}
    return dict.fromkeys((*sorted(named), ELSE), 1)


def volunteers(quotas: Quotas, count: int, chance: Chance) -> list[Person]:
    """So many people as they come, some values more eagerly than others."""
    weights = {}
    for feature in quotas.needed_features:
        shares = {quota.value: quota.lower + quota.upper for quota in quotas.of(feature)}
        shares = shares if any(shares.values()) else _named(quotas, feature)
        weights[feature] = {
            value: share * (1 + chance.below(MOST_EAGER)) for value, share in shares.items()
        }
    return [
        {feature: chance.one_of(of_values) for feature, of_values in weights.items()}
        for _ in range(count)
    ]


def missed_quota(quotas: Quotas, size: int) -> Quota | None:
    """The quota to miss: the smallest that is needed, of two people or more if there is one."""
    asking = [
        quota
        for quota in quotas.rows
        if quota.lower and quota.penalty is None and not quota.parts
        if quota.lower + sum(q.upper for q in quotas.of(quota.feature) if q != quota) >= size
        if len(quotas.of(quota.feature)) > 1
    ]
    return min(asking, key=lambda quota: (quota.lower < 2, quota.lower), default=None)


def at_its_least(quotas: Quotas, missed: Quota) -> Quotas:
    """The quotas, of which one takes no more people than it needs."""
    least = replace(missed, upper=missed.lower)
    return Quotas(rows=tuple(least if quota == missed else quota for quota in quotas.rows))


def without_enough(people: Sequence[Person], quotas: Quotas, missed: Quota) -> list[Person]:
    """The same people, but one fewer with a value than its quota asks for: the first ones.

    With one more of them the panel that they begin with is there again.
    """
    feature = missed.feature
    others = Counter({q.value: q.upper for q in quotas.of(feature) if q.value != missed.value})
    instead = others.most_common(1)[0][0]
    left = missed.lower - 1
    kept = []
    for person in people:
        if person[feature] == missed.value:
            left -= 1
            person = person if left >= 0 else {**person, feature: instead}  # noqa: PLW2901
        kept.append(person)
    return kept
