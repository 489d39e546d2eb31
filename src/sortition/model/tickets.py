"""Tickets as sets of people, and how many of them people share.

Sets of people are integers with a bit for each person. How many tickets somebody shares with each
of the others is counted for all of them at once, a bit of the counts at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

Panels = Sequence[tuple[tuple[str, ...], int]]


class TicketTable:
    """The tickets, as sets of people."""

    def __init__(self, panels: Panels) -> None:
        self.ids = sorted({id for members, _ in panels for id in members})
        self._position = {id: position for position, id in enumerate(self.ids)}
        self.everybody = (1 << len(self.ids)) - 1
        self.tickets = sum(weight for _, weight in panels)
        self._rows: list[tuple[int, int]] = []
        self._on: list[list[int]] = [[] for _ in self.ids]
        self.held = [0] * len(self.ids)
        for number, (members, weight) in enumerate(panels):
            seated = [self._position[id] for id in members]
            self._rows.append((self._set(seated), weight))
            for position in seated:
                self._on[position].append(number)
                self.held[position] += weight
        self._holding: dict[int, int] = {}

    def on_the_same(self) -> list[tuple[int, int]]:
        """One of those who are on the same panels, and how many they are: they meet as many."""
        counts = Counter(map(tuple, self._on))
        firsts = {tuple(on): position for position, on in enumerate(self._on)}
        return [(firsts[on], count) for on, count in counts.items()]

    def set_of(self, people: Iterable[str]) -> int:
        """Those of them who are on any ticket."""
        known = self._position
        return self._set([known[id] for id in people if id in known])

    def _set(self, positions: Iterable[int]) -> int:
        bits = bytearray(len(self.ids) // 8 + 1)
        for position in positions:
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    def holding(self, least: int) -> int:
        """The people with so many tickets or more."""
        if least not in self._holding:
            those = (id for id, own in zip(self.ids, self.held, strict=True) if own >= least)
            self._holding[least] = self.set_of(those)
        return self._holding[least]

    def shared(self, position: int) -> Counts:
        """How many tickets a person shares with each other."""
        counts = Counts()
        own = 1 << position
        for row, weight in map(self._rows.__getitem__, self._on[position]):
            for place in range(weight.bit_length()):
                if weight >> place & 1:
                    counts.add(row ^ own, place)
        return counts


class Counts:
    """A number for each person, kept as sets of people: one for each bit, the lowest first."""

    def __init__(self) -> None:
        self._planes: list[int] = []

    def add(self, people: int, place: int) -> None:
        """Add 2 to the power of `place` to the numbers of some people."""
        planes = self._planes
        while people:
            while place >= len(planes):
                planes.append(0)
            planes[place], people = planes[place] ^ people, planes[place] & people
            place += 1

    def above_zero(self) -> int:
        """Those whose number is not 0."""
        return reduce(or_, self._planes, 0)

    def highest(self, people: int) -> int:
        """The highest number among some people."""
        highest = 0
        for place in reversed(range(len(self._planes))):
            if those := people & self._planes[place]:
                people = those
                highest += 1 << place
        return highest

    def at_least(self, least: int, people: int) -> int:
        """Those of some people with a number so high."""
        planes = self._planes
        above, equal = 0, people
        for place in reversed(range(max(len(planes), least.bit_length()))):
            plane = planes[place] if place < len(planes) else 0
            if least >> place & 1:
                equal &= plane
            else:
                above |= equal & plane
                equal &= ~plane
        return above | equal

    def total(self, people: int) -> int:
        """The numbers of some people together."""
        return sum(
            (plane & people).bit_count() << place for place, plane in enumerate(self._planes)
        )


def positions(people: int) -> Iterator[int]:
    """The positions of the people of a set, from the lowest."""
    while people:
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest
