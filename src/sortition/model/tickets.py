"""Tickets as sets of people, and how many of them people share.

Sets of people are integers with a bit for each person. How many tickets somebody shares with each
of the others is counted for all of them at once, a bit of the counts at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import chain, repeat, zip_longest
from operator import or_

Panels = Sequence[tuple[tuple[str, ...], int]]


class TicketTable:
    """The tickets, as sets of people."""

    def __init__(self, panels: Panels) -> None:
        weights = [weight for _, weight in panels]
        panels_of: defaultdict[str, list[int]] = defaultdict(list)
        for number, (members, _) in enumerate(panels):
            for id in members:
                panels_of[id].append(number)
        self.ids = sorted(panels_of)
        self._on = [panels_of[id] for id in self.ids]
        seated: list[list[int]] = [[] for _ in panels]
        for position, on in enumerate(self._on):
            for number in on:
                seated[number].append(position)
        self.everybody = (1 << len(self.ids)) - 1
        self.tickets = sum(weights)
        self.held = [sum(map(weights.__getitem__, on)) for on in self._on]
        self._rows = list(zip(map(self._set, seated), weights, strict=True))
        self._holding: dict[int, int] = {}

    def on_the_same(self) -> list[tuple[int, int]]:
        """One of those who are on the same panels, and how many they are: they meet as many."""
        panels = list(map(tuple, self._on))
        position_of = dict(zip(panels, range(len(panels)), strict=True))
        return [(position_of[on], count) for on, count in Counter(panels).items()]

    def set_of(self, people: Iterable[str]) -> int:
        """Those of them who are on any ticket."""
        known = self._position
        return self._set([known[id] for id in people if id in known])

    @cached_property
    def _position(self) -> dict[str, int]:
        return {id: position for position, id in enumerate(self.ids)}

    def _set(self, positions: Iterable[int]) -> int:
        bits = bytearray(len(self.ids) // 8 + 1)
        for position in positions:
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    def holding(self, least: int) -> int:
        """The people with so many tickets or more."""
        if least not in self._holding:
            self._holding[least] = self._set(
                [position for position, own in enumerate(self.held) if own >= least]
            )
        return self._holding[least]

    def shared(self, position: int) -> Counts:
        """How many tickets a person shares with each other."""
        own = 1 << position
        panels = [self._rows[number] for number in self._on[position]]
        places = range(max(weight for _, weight in panels).bit_length())
        sets = [[row ^ own for row, weight in panels if weight >> place & 1] for place in places]
        return Counts(sets)


class Counts:
    """A number for each person, kept as sets of people: one for each bit, the lowest first.

    Parameters
    ----------
    sets : list of lists of int
        What the numbers are the sums of: sets of people who have 1 more, then of those who have
        2 more, 4 more, and so on.
    """

    def __init__(self, sets: Sequence[Sequence[int]]) -> None:
        self._planes: list[int] = []
        carried: list[int] = []
        for same in chain(sets, repeat(())):
            if not (same or carried) and len(self._planes) >= len(sets):
                break
            plane, *others = [*same, *carried] or [0]
            carried = []
            # of three sets, those who are in one or all, and those in two or all, who are carried
            for one, other in zip_longest(others[::2], others[1::2], fillvalue=0):
                apart = plane ^ one
                carried.append(plane & one | apart & other)
                plane = apart ^ other
            self._planes.append(plane)

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
