"""Who shares tickets with whom, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, log1p
from statistics import median

from sortition.model.tickets import Panels, TicketTable

NEARLY_ALWAYS = 9, 10  # of the tickets of one, the other is on at least so many


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


def company(panels: Panels) -> Company:
    """Measure who shares tickets with whom; tokens do as well as ids.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    """
    table = TicketTable(panels)
    pairs = len(table.ids) * (len(table.ids) - 1) // 2
    met = nearly = forced = 0
    closest: list[float] = []
    highest = 0.0
    part, whole = NEARLY_ALWAYS
    for position, times in table.on_the_same():
        own = table.held[position]
        shared = table.shared(position)
        others = table.everybody & ~(1 << position)
        met += times * shared.above_zero().bit_count()
        closest += [shared.highest(others) / own] * times
        nearly += times * shared.at_least(-(-own * part // whole), others).bit_count()
        must = table.holding(table.tickets - own + -(-own * part // whole)) & others
        forced += times * must.bit_count()
        highest = max(highest, shared.highest(others & ~must) / own)
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
