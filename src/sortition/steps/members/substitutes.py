"""Who of a panel could be replaced: how many people could take each place without harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sortition.audit.rounds.rulebook import Rulebook
from sortition.errors import Finding, InputErrors
from sortition.model import COMBINATION, parts_of
from sortition.steps.members.standing_folder import StandingFolder
from sortition.tables.labels import fold, listed


def substitutes(panel: StandingFolder, aside: Collection[str]) -> tuple[tuple[str, int], ...]:
    """For each member how many of the pool could take her place without breaking a quota.

    A quota that is broken now is not broken any further. Whoever left or declined, or lives in a
    household that is full without the member, could not.

    Parameters
    ----------
    panel : StandingFolder
    aside : collection of str
        Features whose quotas, and those on combinations with them, are left out of account.

    Returns
    -------
    tuple of (str, int)
        Ids, sorted, and how many people.

    Raises
    ------
    InputErrors
        If there is no quota on a feature that is to be left aside.
    """
    rules, standing = panel.rules, panel.standing
    kept = _kept(rules, aside)
    counted: dict[str, set[int]] = {id: set() for id in rules.people}
    for number in kept:
        for id in rules.quotas[number].members:
            counted[id].add(number)
    seats = {number: sum(number in counted[id] for id in standing.panel) for number in kept}
    taken = standing.out.union(standing.panel, () if aside else rules.never)
    kinds = Counter(
        (frozenset(counted[id]), rules.homes.get(id)) for id in rules.people if id not in taken
    )
    found = []
    for id in standing.panel:
        room = rules.room([one for one in standing.panel if one != id])
        found.append(
            sum(
                people
                for (numbers, home), people in kinds.items()
                if (home is None or room.get(home, 1))
                and all(
                    _keeps(rules, number, seats[number], number in numbers)
                    for number in numbers ^ counted[id]
                )
            )
        )
    return tuple(sorted(zip(panel.by_id(standing.panel), found, strict=True)))


def _keeps(rules: Rulebook, number: int, seats: int, gained: bool) -> bool:
    """Whether one seat more, or one fewer, does not lead out of a quota."""
    quota = rules.quotas[number]
    return seats < quota.upper if gained else seats > quota.lower


def _kept(rules: Rulebook, aside: Collection[str]) -> list[int]:
    """The quotas that count, by number."""
    left = set(map(fold, aside))
    features = [_features(quota.category, quota.value) for quota in rules.quotas]
    known = {fold(name): name for names in features for name in names}
    unknown = [name for name in aside if fold(name) not in known]
    if unknown:
        facts = {"known": listed(sorted(known.values()))}
        raise InputErrors(
            tuple(Finding(code="aside-unknown", value=name, facts=facts) for name in unknown)
        )
    return [n for n, names in enumerate(features) if left.isdisjoint(map(fold, names))]


def _features(category: str, value: str) -> Sequence[str]:
    """The features that a quota is about; those of a combination stand in its value."""
    if category != COMBINATION:
        return (category,)
    return [feature for feature, _ in parts_of(value)]
