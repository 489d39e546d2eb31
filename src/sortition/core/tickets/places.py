"""Put people in the places that a panel has for their type, each as often as the others.

A type's places are handed out in rotation. Where a type belongs to households that are alike, no
household may be drawn twice on one ticket, which a rotation of each type alone would not see to.
There the households take turns as a whole, and are then evened out two at a time: what two
households do on each ticket may be exchanged, and there is always a way to exchange that leaves
them equal, or one apart, in each type (an Eulerian orientation; de Werra's theorem on equitable
colourings says that doing so ends with all of them equal).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from sortition.core.types import Ints, Types
from sortition.model import ticket

ROTATION = "rotation/1"
NOBODY = -1


def seat(types: Types, tickets: Ints, *, key: str, ids: Sequence[str]) -> Ints:
    """Name the people on each ticket.

    Parameters
    ----------
    types : Types
    tickets : array of int, shape (m, T)
        Panels over types.
    key : str
        Decides where each rotation starts, so that nobody's id or row does.
    ids : sequence of str
        The ids of the pool, by position.

    Returns
    -------
    array of int, shape (m, k)
        The positions in the pool of the people on each ticket, in ascending order.
    """
    rank = {
        position: number
        for number, position in enumerate(
            sorted(
                (position for members in types.members for position in members),
                key=lambda p: (ticket(ids[p], seed=key, domain=ROTATION), ids[p]),
            )
        )
    }
    alike = _alike(types)
    in_households = np.zeros(len(types), dtype=bool)
    for group, _ in alike:
        in_households[group] = True
    rows, people = _rotated(types, np.where(in_households, 0, tickets), rank)
    parts = [(rows, people)]
    parts += [_shared(types, group, count, tickets, rank) for group, count in alike]
    row = np.concatenate([part[0] for part in parts])
    person = np.concatenate([part[1] for part in parts])
    by_ticket = np.argsort(row, kind="stable")
    return np.sort(person[by_ticket].reshape(len(tickets), -1), axis=1)


def _alike(types: Types) -> list[tuple[Ints, int]]:
    """The types of each make of household that several have, and how many have it."""
    first = len(types.lower) - len(types.households)
    groups = [
        (np.flatnonzero((types.rows_of == first + number).any(axis=1)), count)
        for number, count in enumerate(types.households)
        if count > 1
    ]
    return [(group, count) for group, count in groups if len(group)]


def _rotated(types: Types, tickets: Ints, rank: dict[int, int]) -> tuple[Ints, Ints]:
    """For each place its ticket and its person, type by type in rotation."""
    people = np.array(
        [p for members in types.members for p in sorted(members, key=rank.__getitem__)],
        dtype=np.int64,
    )
    first = np.cumsum(types.sizes) - types.sizes
    # where the rotation of each type stands when a ticket's turn comes
    start = np.cumsum(tickets, axis=0) - tickets
    row, type_ = np.nonzero(tickets)
    places = tickets[row, type_]
    within = np.arange(places.sum()) - np.repeat(np.cumsum(places) - places, places)
    turn = np.repeat(start[row, type_], places) + within
    of_type = np.repeat(type_, places)
    return np.repeat(row, places), people[first[of_type] + turn % types.sizes[of_type]]


def _shared(
    types: Types, group: Ints, count: int, tickets: Ints, rank: dict[int, int]
) -> tuple[Ints, Ints]:
    """The same for households that are alike, at most one person from each on a ticket."""
    sends = np.full((len(tickets), count), NOBODY, order="F")  # what a household does is together
    turn = 0
    for row, places in enumerate(tickets[:, group]):
        labels = np.repeat(group, places)
        sends[row, (turn + np.arange(len(labels))) % count] = labels
        turn += len(labels)
    for type_ in group:
        _even_out(sends, type_, group)
    order = sorted(range(count), key=lambda h: min(rank[p] for p in _of(types, group, h, count)))
    rows, people = [], []
    for household, column in zip(order, sends.T, strict=True):
        for type_ in group:
            drawn = np.flatnonzero(column == type_)
            mates = np.array(sorted(_of(types, [type_], household, count), key=rank.__getitem__))
            rows.append(drawn)
            people.append(mates[np.arange(len(drawn)) % len(mates)])
    return np.concatenate(rows), np.concatenate(people)


def _of(types: Types, group: Sequence[int] | Ints, household: int, count: int) -> list[int]:
    """The people of one household among those of some types."""
    people: list[int] = []
    for type_ in group:
        members = types.members[type_]
        mates = len(members) // count
        people += members[household * mates : (household + 1) * mates]
    return people


def _even_out(sends: Ints, type_: int, group: Ints) -> None:
    """Exchange between households until no two are more than one apart in a type, in place."""
    counts = (sends == type_).sum(axis=0)
    while counts.max() - counts.min() > 1:
        most, least = int(counts.argmax()), int(counts.argmin())
        _split_evenly(sends, most, least, group)
        counts[[most, least]] = (sends[:, [most, least]] == type_).sum(axis=0)


def _split_evenly(sends: Ints, one: int, other: int, group: Ints) -> None:
    """Exchange what two households do so that they are at most one apart in every type.

    Each ticket on which they differ joins the two things they do; giving each such link a
    direction says who does which. Links between the same two cancel out by twos, and the rest
    are directed along trails, those between odd ends first.
    """
    links: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in np.flatnonzero(sends[:, one] != sends[:, other]).tolist():
        low, high = sorted((int(sends[row, one]), int(sends[row, other])))
        links[low, high].append(row)
    odd: dict[int, dict[int, int]] = {int(label): {} for label in (NOBODY, *group)}
    for (low, high), rows in links.items():
        for number, row in enumerate(rows):
            forth = number % 2 == 0
            sends[row, one], sends[row, other] = (low, high) if forth else (high, low)
        if len(rows) % 2:
            odd[low][high] = odd[high][low] = rows[-1]
    while any(odd.values()):
        here = next((n for n in odd if len(odd[n]) % 2), None)
        if here is None:
            here = next(n for n in odd if odd[n])
        while odd[here]:
            there, row = next(iter(odd[here].items()))
            del odd[here][there], odd[there][here]
            sends[row, one], sends[row, other] = here, there
            here = there
