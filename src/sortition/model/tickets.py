"""Tickets as sets of people, and how many of them people share.

Sets of people are integers with a bit for each person. How many tickets somebody shares with each
of the others is counted for all of them at once, a bit of the counts at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import chain, repeat, zip_longest
from operator import or_

Panels = Sequence[tuple[tuple[str, ...], int]]


def panels_of(panels: Panels) -> dict[str, list[int]]:
    """The numbers of the panels that each person is on."""
    on: defaultdict[str, list[int]] = defaultdict(list)
    for number, (members, _) in enumerate(panels):
        for id in members:
            on[id].append(number)
    return on


class TicketTable:
    """The tickets, as sets of people.

    Parameters
    ----------
    on : mapping of str to sequence of int
        The numbers of the panels that each person is on.
    weights : sequence of int
        How many tickets draw each panel.
    """

    def __init__(self, on: Mapping[str, Sequence[int]], weights: Sequence[int]) -> None:
        self.ids = sorted(on)
        self._on = [on[id] for id in self.ids]
        seated: list[list[int]] = [[] for _ in weights]
        for position, numbers in enumerate(self._on):
            for number in numbers:
                seated[number].append(position)
        self.everybody = (1 << len(self.ids)) - 1
        self.tickets = sum(weights)
        self.held = [sum(map(weights.__getitem__, numbers)) for numbers in self._on]
        self._rows = list(zip(map(self._set, seated), weights, strict=True))
        self._holding: dict[int, int] = {}

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
        """How many tickets a person shares with each, herself too."""
        panels = [self._rows[number] for number in self._on[position]]
        places = range(max(weight for _, weight in panels).bit_length())
        return Counts([[row for row, weight in panels if weight >> place & 1] for place in places])

    def counts(self, numbers: Sequence[int]) -> Counts:
        """A number for each person, by position."""
        places = range(max(numbers).bit_length())
        return Counts(
            [
                [self._set([n for n, number in enumerate(numbers) if number >> place & 1])]
                for place in places
            ]
        )


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
        counts = [(plane & people).bit_count() for plane in self._planes]
        return sum(count << place for place, count in enumerate(counts))


def positions(people: int) -> Iterator[int]:
    """The positions of the people of a set, from the lowest."""
    while people:
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest
