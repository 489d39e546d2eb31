"""Who shares tickets with whom, and how often.

Sets of people are integers with a bit for each person. How many tickets somebody shares with each
of the others is counted for all of them at once, a bit of the counts at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import exp, fsum, log, log1p
from operator import or_
from statistics import median

NEARLY_ALWAYS = 9, 10  # of the tickets of one, the other is on at least so many
FALSE_ALARM = 1e-4  # the most that chance gives for any pair of a lottery at all

Panels = Sequence[tuple[tuple[str, ...], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who shares tickets with whom, among the people who are on any ticket.

    Attributes
    ----------
    pairs : int
        Pairs of people who are each on some ticket.
    never : float
        The share of the pairs that is on no ticket together.
    never_independent : float
        The same on average, if each person were dealt to each ticket independently with the
        share of the tickets that she has.
    closest : float
        The median over people of the largest share of a person's tickets that another is on too.
    closest_highest : float
        The highest of these shares, but for what is forced.
    nearly_always : int
        How often somebody is on at least nine tenths of another's tickets; two of whom each is
        so with the other count twice.
    forced : int
        How many of these are proven to be forced: people with a and b of m tickets share at least
        a + b - m, whatever the panels. Quotas can force others; of them nothing is said.
    certain : int
        People who are on every ticket, and so with everybody.
    """

    pairs: int
    never: float
    never_independent: float
    closest: float
    closest_highest: float
    nearly_always: int
    forced: int
    certain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Two people who share more tickets than chance explains.

    Attributes
    ----------
    one, other : str
    shared : int
        The tickets with both.
    expected : float
        As many as the others who are like `other` share with `one`, after their own tickets.
    """

    one: str
    other: str
    shared: int
    expected: float


def company(panels: Panels) -> Company:
    """Measure who shares tickets with whom; tokens do as well as ids.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    """
    table = _Table(panels)
    pairs = len(table.ids) * (len(table.ids) - 1) // 2
    met = nearly = forced = 0
    closest: list[float] = []
    highest = 0.0
    part, whole = NEARLY_ALWAYS
    for position, times in table.on_the_same():
        own = table.held[position]
        shared = table.shared(position)
        others = table.everybody & ~(1 << position)
        met += times * reduce(or_, shared, 0).bit_count()
        closest += [_most(shared, others) / own] * times
        nearly += times * _at_least(shared, -(-own * part // whole), others).bit_count()
        must = table.holding(table.tickets - own + -(-own * part // whole)) & others
        forced += times * must.bit_count()
        highest = max(highest, _most(shared, others & ~must) / own)
    apart = _never(Counter(table.held), table.tickets)
    return Company(
        pairs=pairs,
        never=(2 * pairs - met) / (2 * pairs) if pairs else 0.0,
        never_independent=apart / pairs if pairs else 0.0,
        closest=float(median(closest)),
        closest_highest=highest,
        nearly_always=nearly,
        forced=forced,
        certain=sum(own == table.tickets for own in table.held),
    )


def packed(panels: Panels, alike: Iterable[Collection[str]]) -> Iterator[Packed]:
    """The pairs that share more tickets than chance explains.

    Of the tickets of one person, some seats go to people who are alike. If nobody chose, each of
    them has a part of these seats that follows her own tickets, whatever the quotas and whoever
    else sits there. That one of them has j or more of t tickets where her part is e then has a
    chance of at most exp(-t D(j/t, e/t)), where D is the relative entropy (Hoeffding 1963,
    theorem 1). What is named has a chance of at most `FALSE_ALARM`, all pairs of the lottery
    taken together. Of people who are like nobody else it says nothing.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    alike : iterable of collections of str
        People whom no quota and no rule tells apart, together; each person once at most.
    """
    table = _Table(panels)
    groups = [group for one in alike if (group := table.set_of(one)).bit_count() > 1]
    if not groups:
        return
    held = {group: sum(table.held[each] for each in _positions(group)) for group in groups}
    fewest = {group: min(table.held[each] for each in _positions(group)) for group in groups}
    least = min(fewest[group] / held[group] for group in groups)
    allowed = log(len(table.ids) * sum(group.bit_count() for group in groups) / FALSE_ALARM)
    # t D(j/t, e/t) is at most j log(j/e), and e at least j times somebody's part of the seats
    few = int(allowed / -log(least)) + 1
    anybody = reduce(or_, groups)
    for position, own in enumerate(table.held):
        shared = table.shared(position)
        self = 1 << position
        suspects = _at_least(shared, few, anybody & ~self)
        for group in groups if suspects else ():
            if not suspects & group:
                continue
            seats = _sum(shared, group & ~self)
            tickets = held[group] - (own if group & self else 0)
            # of nobody in the group fewer are too many than of the one with the fewest tickets
            many = _too_many(own, seats * fewest[group] / tickets, allowed)
            for other in _positions(_at_least(shared, many, suspects & group)):
                j = _sum(shared, 1 << other)
                expected = seats * table.held[other] / tickets
                if own * _entropy(j / own, expected / own) > allowed:
                    yield Packed(
                        one=table.ids[position], other=table.ids[other], shared=j, expected=expected
                    )


class _Table:
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

    def shared(self, position: int) -> list[int]:
        """How many tickets a person shares with each other: the counts' bits, the lowest first."""
        planes: list[int] = []
        own = 1 << position
        for row, weight in map(self._rows.__getitem__, self._on[position]):
            for place in range(weight.bit_length()):
                if weight >> place & 1:
                    _add(planes, row ^ own, place)
        return planes


def _add(planes: list[int], people: int, place: int) -> None:
    """Add 2 to the power of `place` to the counts of some people."""
    while people:
        while place >= len(planes):
            planes.append(0)
        planes[place], people = planes[place] ^ people, planes[place] & people
        place += 1


def _most(planes: Sequence[int], people: int) -> int:
    """The highest count among some people."""
    most = 0
    for place in reversed(range(len(planes))):
        if those := people & planes[place]:
            people = those
            most += 1 << place
    return most


def _at_least(planes: Sequence[int], least: int, people: int) -> int:
    """Those of some people with a count so high."""
    above, equal = 0, people
    for place in reversed(range(max(len(planes), least.bit_length()))):
        plane = planes[place] if place < len(planes) else 0
        if least >> place & 1:
            equal &= plane
        else:
            above |= equal & plane
            equal &= ~plane
    return above | equal


def _sum(planes: Sequence[int], people: int) -> int:
    """The counts of some people together."""
    return sum((plane & people).bit_count() << place for place, plane in enumerate(planes))


def _positions(people: int) -> Iterator[int]:
    while people:
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest


def _entropy(share: float, chance: float) -> float:
    if share <= chance:
        return 0.0
    rest = (1 - share) * log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return share * log(share / chance) + rest


@lru_cache(maxsize=10_000)
def _too_many(own: int, expected: float, allowed: float) -> int:
    """The fewest of some tickets that chance does not explain where so many are expected."""
    low, high = int(expected), own + 1
    while high - low > 1:
        middle = (low + high) // 2
        if own * _entropy(middle / own, expected / own) > allowed:
            high = middle
        else:
            low = middle
    return high


def _never(people: Mapping[int, int], tickets: int) -> float:
    """How many pairs independent dealing leaves apart on average; people by their tickets."""
    kinds = sorted(people.items())
    return fsum(
        (size * (size - 1) / 2 if own == other else size * others)
        * _apart(own * other / tickets**2, tickets)
        for number, (own, size) in enumerate(kinds)
        for other, others in kinds[number:]
    )


def _apart(chance: float, tickets: int) -> float:
    return exp(tickets * log1p(-chance)) if chance < 1 else 0.0
