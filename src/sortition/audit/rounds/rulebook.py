"""What a first lottery settles for all rounds: who can come, and what is left open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sortition.audit.certificate.checks import households_of
from sortition.audit.certificate.proof import Certificate
from sortition.audit.log.rounds import Standing
from sortition.audit.lottery.file import PublishedLottery, PublishedQuota
from sortition.audit.rounds.calling import Bound
from sortition.model import names_seated, ticket

# a household: a row of the first certificate and a place in it
Home: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What the first lottery settles for all rounds.

    Attributes
    ----------
    digest : str
        Of the first lottery.
    size : int
        How many places the panel has.
    people : tuple of str
    quotas : sequence of PublishedQuota
    never : frozenset of str
        Who is on no panel that meets the quotas; nobody if some sat before the draw.
    homes : mapping of str to (int, int)
        The household of each person of one with more people than may sit.
    limit : int
        How many people of one household may sit.
    """

    digest: str
    size: int
    people: tuple[str, ...]
    quotas: Sequence[PublishedQuota]
    never: frozenset[str]
    homes: Mapping[str, Home]
    limit: int

    def places(self, stayers: Standing) -> int:
        """How many places are open beside those who stay."""
        return self.size - len(stayers.panel)

    def bounds(self, stayers: Collection[str], places: int) -> list[Bound]:
        """What each quota leaves open beside those who stay; a lower bound may be out of reach."""
        stay = frozenset(stayers)
        held = [len(stay.intersection(quota.members)) for quota in self.quotas]
        lowest = [max(0, q.lower - seats) for q, seats in zip(self.quotas, held, strict=True)]
        return [
            Bound(
                people=frozenset(quota.members),
                lower=lower,
                upper=max(lower, min(quota.upper - seats, places)),
            )
            for quota, seats, lower in zip(self.quotas, held, lowest, strict=True)
        ]

    def available(self, standing: Standing, among: Collection[str] | None = None) -> list[str]:
        """Who could be drawn beside a panel whose places are open, sorted.

        Where somebody of a household stays, only so many others of it as may sit beside her: those
        with the first tickets of ``replace/<round>``, whose seed is the digest of the first
        lottery.

        Parameters
        ----------
        among : collection of str, optional
            Only these; None: everybody of the pool.
        """
        free = self.free(standing, among)
        room = self.room(standing.panel)
        domain = f"replace/{standing.rounds + 1}"
        left_out = {
            id
            for home, people in self._at_home(free).items()
            if home in room
            for id in sorted(
                people, key=lambda id: (ticket(id, seed=self.digest, domain=domain), id)
            )[room[home] :]
        }
        return sorted(id for id in free if id not in left_out)

    def free(self, standing: Standing, among: Collection[str] | None = None) -> list[str]:
        """Who is neither on the panel nor out, whatever her household."""
        taken = standing.out.union(standing.panel, self.never)
        return [id for id in self.people if id not in taken and (among is None or id in among)]

    def room(self, stayers: Collection[str]) -> dict[Home, int]:
        """How many more people of each household may sit, where some do."""
        room: dict[Home, int] = {}
        for id in stayers:
            if id in self.homes:
                home = self.homes[id]
                room[home] = max(0, room.get(home, self.limit) - 1)
        return room

    def calling(self, standing: Standing) -> tuple[list[str], list[Bound], int]:
        """The reserve that can be called, in its order, what binds that, and the places."""
        order = [id for id in standing.reserve if id not in self.never]
        places = self.places(standing)
        return order, self.all_bounds(standing, order, places), places

    def all_bounds(self, standing: Standing, among: Collection[str], places: int) -> list[Bound]:
        """What quotas and households leave open of some people beside those who stay."""
        room = self.room(standing.panel)
        households = [
            Bound(people=frozenset(people), lower=0, upper=room.get(home, self.limit))
            for home, people in sorted(self._at_home(among).items())
        ]
        return [*self.bounds(standing.panel, places), *households]

    def _at_home(self, people: Iterable[str]) -> dict[Home, list[str]]:
        """Those of some people who live with others, household by household."""
        mates: dict[Home, list[str]] = {}
        for id in people:
            if id in self.homes:
                mates.setdefault(self.homes[id], []).append(id)
        return mates


def rulebook(lottery: PublishedLottery, certificate: Certificate, limit: int | None) -> Rulebook:
    """What a first lottery settles for all rounds.

    Parameters
    ----------
    lottery : PublishedLottery
        With who counts for which quota.
    certificate : Certificate
    limit : int or None
        How many people of one household may sit; None: there is no such rule.
    """
    quotas = [quota for quota in lottery.quotas if not names_seated(quota.category, quota.value)]
    # whoever sat before the draw can leave, and then others may fit than beside her
    some_sat = len(quotas) < len(lottery.quotas)
    never = frozenset[str]() if some_sat else frozenset(certificate.impossible)
    return Rulebook(
        digest=lottery.digest,
        size=lottery.panel_size,
        people=lottery.people,
        quotas=quotas,
        never=never,
        homes=households_of(lottery, certificate, limit) if limit else {},
        limit=limit or 1,
    )


def with_late(rules: Rulebook, document: Any, number: int) -> Rulebook:
    """The rules when those of a document have joined in a round.

    Raises
    ------
    IndexError
        If it names a quota that is not there.
    """
    members = [set(quota.members) for quota in rules.quotas]
    for person in document["people"]:
        for quota in person["quotas"]:
            members[quota].add(person["id"])
    homes = dict(rules.homes)
    for place, mates in enumerate(document["households"]):
        if len(mates) > rules.limit:
            homes.update(dict.fromkeys(mates, (-number, place)))
    return replace(
        rules,
        people=tuple(sorted({*rules.people, *(person["id"] for person in document["people"])})),
        quotas=[
            replace(quota, members=tuple(sorted(own)))
            for quota, own in zip(rules.quotas, members, strict=True)
        ],
        homes=homes,
    )
