"""Pairs of people who share more tickets than chance explains."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import log
from operator import or_

from sortition.model.tickets import Panels, TicketTable, panels_of, positions

FALSE_ALARM = 1e-4  # the most that chance gives for any pair of a lottery at all


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
    table = TicketTable(panels_of(panels), [weight for _, weight in panels])
    groups = [group for one in alike if (group := table.set_of(one)).bit_count() > 1]
    if not groups:
        return
    held = {group: sum(table.held[each] for each in positions(group)) for group in groups}
    fewest = {group: min(table.held[each] for each in positions(group)) for group in groups}
    least = min(fewest[group] / held[group] for group in groups)
    allowed = log(len(table.ids) * sum(group.bit_count() for group in groups) / FALSE_ALARM)
    # t D(j/t, e/t) is at most j log(j/e), and e at least j times somebody's part of the seats
    few = int(allowed / -log(least)) + 1
    anybody = reduce(or_, groups)
    for position, own in enumerate(table.held):
        shared = table.shared(position)
        self = 1 << position
        suspects = shared.at_least(few, anybody & ~self)
        for group in groups if suspects else ():
            if not suspects & group:
                continue
            seats = shared.total(group & ~self)
            tickets = held[group] - (own if group & self else 0)
            # of nobody in the group fewer are too many than of the one with the fewest tickets
            many = _too_many(own, seats * fewest[group] / tickets, allowed)
            for other in positions(shared.at_least(many, suspects & group)):
                j = shared.total(1 << other)
                expected = seats * table.held[other] / tickets
                if own * _entropy(j / own, expected / own) > allowed:
                    yield Packed(
                        one=table.ids[position], other=table.ids[other], shared=j, expected=expected
                    )


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
