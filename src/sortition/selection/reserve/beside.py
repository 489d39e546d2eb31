"""Who could be called beside a panel, and who of them is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sortition.core.types import Bools, Ints
from sortition.errors import Finding, InputErrors
from sortition.model import Instance, ticket
from sortition.selection.reserve.kinds import Kinds
from sortition.selection.reserve.scenarios import Vacancies


@dataclass(frozen=True, slots=True, kw_only=True)
class Callable:
    """What dropouts could leave of a panel, and the people who could be called.

    Attributes
    ----------
    vacancies : Vacancies
        Its kinds are those of which somebody could be called.
    people : tuple of tuple of str
        The ids of each of these kinds.
    homes : mapping of str to int
        The household of each of them who has one.
    places : mapping of int to int
        How many people of each household could be called beside those on the panel.
    seed, domain : str
        Of the tickets that say who of a kind is called first.
    """

    vacancies: Vacancies
    people: tuple[tuple[str, ...], ...]
    homes: Mapping[str, int]
    places: Mapping[int, int]
    seed: str
    domain: str

    @property
    def count(self) -> int:
        """How many people could be called together."""
        at_home = Counter(self.homes.values())
        alone = sum(map(len, self.people)) - at_home.total()
        return alone + sum(min(size, self.places[home]) for home, size in at_home.items())

    def named(self, reserve: Ints) -> tuple[str, ...] | None:
        """The people of a reserve, in its order; of each kind those whose tickets come first.

        Returns
        -------
        tuple of str or None
            None if they cannot be found in this way for the household rule.
        """
        waiting = {
            kind: sorted(self.people[kind], key=self._turn) for kind in set(reserve.tolist())
        }
        room, called = dict(self.places), []
        for kind in reserve.tolist():
            home_of = self.homes.get
            id = next((id for id in waiting[kind] if room.get(home_of(id, -1), 1) > 0), None)
            if id is None:
                return None
            waiting[kind].remove(id)
            if id in self.homes:
                room[self.homes[id]] -= 1
            called.append(id)
        return tuple(called)

    def _turn(self, id: str) -> tuple[str, str]:
        return ticket(id, seed=self.seed, domain=self.domain), id


class Chooser(Protocol):
    """Finds the kinds of a reserve."""

    def __call__(self, vacancies: Vacancies, /) -> Ints: ...


def callable_beside(
    kinds: Kinds,
    panel: Sequence[str],
    *,
    barred: Collection[str] = (),
    by_lot: bool = False,
    seed: str,
    domain: str,
) -> Callable:
    """Who could be called beside a panel, with which a reserve keeps the household rule together.

    Parameters
    ----------
    kinds : Kinds
    panel : sequence of str
    barred : collection of str
        People who are not to be called.
    by_lot : bool
        Whether tickets decide beforehand who of a household could be called, so that any of them
        can be called together.
    seed, domain : str
        Of the tickets.
    """
    instance = kinds.instance
    seated = np.array(sorted(kinds.positions[id] for id in panel))
    free = np.ones(len(instance.pool), dtype=bool)
    free[seated] = False
    free[[kinds.positions[id] for id in barred]] = False
    places = _places(instance, seated)
    free[_crowded(instance, free, places, by_lot, seed=seed, domain=domain)] = False
    present, waiting = np.flatnonzero(free), defaultdict(list)
    for position, kind in zip(present.tolist(), kinds.of_person[present].tolist(), strict=True):
        waiting[kind].append(instance.pool.members[position].id)
    left = sorted(waiting)
    # the order in which members stand decides nothing but who is struck by which word
    seated = seated[np.lexsort((kinds.leaving[seated], kinds.of_person[seated]))]
    return Callable(
        vacancies=Vacancies(
            lower=np.array([quota.lower for quota in instance.quotas.rows]),
            upper=np.array([quota.upper for quota in instance.quotas.rows]),
            seats=kinds.counts_for[kinds.of_person[seated]],
            leaving=kinds.leaving[seated],
            kinds=kinds.counts_for[left],
            supply=np.array([len(waiting[kind]) for kind in left], dtype=np.int64),
            rank=kinds.rank[left],
        ),
        people=tuple(tuple(waiting[kind]) for kind in left),
        homes={
            member.id: member.household
            for member, could in zip(instance.pool.members, free.tolist(), strict=True)
            if could and member.household is not None
        },
        places=places,
        seed=seed,
        domain=domain,
    )


def _places(instance: Instance, seated: Ints) -> dict[int, int]:
    """How many people of each household may sit beside those on the panel."""
    members, limit = instance.pool.members, instance.household_limit
    places = {member.household: limit for member in members if member.household is not None}
    for position in seated.tolist():
        household = members[position].household
        if household is not None:
            places[household] -= 1
    return places


def _crowded(
    instance: Instance,
    free: Bools,
    places: Mapping[int, int],
    by_lot: bool,
    *,
    seed: str,
    domain: str,
) -> list[int]:
    """Who is left out because of those she lives with."""
    members = instance.pool.members
    mates: dict[int, list[int]] = defaultdict(list)
    for position in np.flatnonzero(free).tolist():
        household = members[position].household
        if household is not None:
            mates[household].append(position)
    crowded = []
    for household, positions in mates.items():
        if by_lot and len(positions) > places[household] > 0:
            turn = {p: ticket(members[p].id, seed=seed, domain=domain) for p in positions}
            positions.sort(key=lambda p: (turn[p], members[p].id))
            crowded += positions[places[household] :]
        elif places[household] < 1:
            crowded += positions
    return crowded


def people_in_reserve(
    kinds: Kinds,
    panel: Sequence[str],
    count: int,
    choose: Chooser,
    *,
    barred: Collection[str],
    seed: str,
    domain: str,
) -> tuple[Callable, Ints, tuple[str, ...]]:
    """Choose a reserve and find people for it who keep the household rule.

    If they cannot be found, tickets decide beforehand who of a household could be called, and the
    reserve is chosen again.

    Parameters
    ----------
    choose : callable
        What finds the kinds of a reserve.

    Returns
    -------
    tuple of Callable, array of int and tuple of str
        Who could be called, the kinds of those who are, and their ids.

    Raises
    ------
    InputErrors
        If fewer people could be called.
    """
    for by_lot in (False, True):
        beside = callable_beside(
            kinds, panel, barred=barred, by_lot=by_lot, seed=seed, domain=domain
        )
        if not 1 <= count <= beside.count:
            code = "alternates-not-positive" if count < 1 else "alternates-too-many"
            facts = {"people": beside.count}
            raise InputErrors((Finding(code=code, value=str(count), facts=facts),))
        chosen = choose(beside.vacancies)
        named = beside.named(chosen)
        if named is not None:
            return beside, chosen, named
    raise AssertionError("unreachable: those who were left by lot can be called together")
