"""What those who stay leave open: the places of a panel to fill, as an instance of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from sortition.audit.log.rounds import Standing
from sortition.audit.rounds.rulebook import Rulebook
from sortition.core.feasibility.softening import seat_price
from sortition.model import Instance, Pool, Quotas


def residual_of(
    instance: Instance,
    rules: Rulebook,
    stayers: Standing,
    places: int,
    *,
    among: Collection[str] | None = None,
    weights: Mapping[int, int] | None = None,
) -> Instance | None:
    """The places to fill beside those who stay, over all who could fill them.

    Its quotas are what the quotas of the panel leave open. All of them are soft, so that they give
    way as little as is needed where they cannot be met: a seat costs 1, and on top of it its share
    of the upper bound for the whole panel.

    Parameters
    ----------
    instance : Instance
        Of the first lottery.
    rules : Rulebook
    stayers : Standing
    places : int
        At least 1. If fewer people could be drawn, so many places are filled.
    among : collection of str, optional
        Draw from these alone; None: from the pool.
    weights : mapping of int to int, optional
        How many times as dear a seat off some quotas is, by their numbers.

    Returns
    -------
    Instance or None
        None if nobody is left who could be drawn.
    """
    free = frozenset(rules.available(stayers, among))
    numbers = {home: number for number, home in enumerate(sorted(set(rules.homes.values())))}
    homes = {id: numbers[home] for id, home in rules.homes.items()}
    members = tuple(
        member._replace(household=homes.get(member.id))
        for member in instance.pool.members
        if member.id in free
    )
    mates = Counter(member.household for member in members if member.household is not None)
    crowded = sum(max(0, count - instance.household_limit) for count in mates.values())
    size = min(places, len(members) - crowded)
    if size < 1:
        return None
    dearer = weights or {}
    quotas = tuple(
        replace(
            quota,
            lower=bound.lower,
            upper=bound.upper,
            penalty=seat_price(quota.upper) * dearer.get(number, 1),
            min_flex=None,
            max_flex=None,
        )
        for number, (quota, bound) in enumerate(
            zip(instance.quotas.rows, rules.bounds(stayers.panel, places), strict=True)
        )
    )
    return Instance(
        pool=Pool(features=instance.pool.features, members=members),
        quotas=Quotas(rows=quotas),
        panel_size=size,
        household_limit=instance.household_limit,
    )
