"""Who shares tickets with whom, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, log1p
from statistics import median

from sortition.model.tickets import Panels, TicketTable, panels_of

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
    on = panels_of(panels)
    # those who are on the same panels meet as many: one of them stands for all
    one_of: dict[tuple[int, ...], str] = {}
    size_of = Counter([one_of.setdefault(tuple(numbers), id) for id, numbers in on.items()])
    table = TicketTable({id: on[id] for id in size_of}, [weight for _, weight in panels])
    sizes = [size_of[id] for id in table.ids]
    people = table.counts(sizes)
    tickets_of: Counter[int] = Counter()  # how many people have so many tickets
    met = nearly = forced = 0
    closest: list[float] = []
    highest = 0.0
    part, whole = NEARLY_ALWAYS
    for position, (own, size) in enumerate(zip(table.held, sizes, strict=True)):
        tickets_of[own] += size
        shared = table.shared(position)
        others = table.everybody if size > 1 else table.everybody ^ 1 << position
        nearly_all = -(-own * part // whole)
        held_by_force = table.tickets - own + nearly_all
        must = table.holding(held_by_force)
        # she herself is one of those who share her tickets
        met += size * (people.total(shared.above_zero()) - 1)
        nearly += size * (people.total(shared.at_least(nearly_all, table.everybody)) - 1)
        forced += size * (people.total(must) - (own >= held_by_force))
        most = shared.highest(others)
        closest += [most / own] * size
        highest = max(highest, (shared.highest(others & ~must) if must else most) / own)
    pairs = sum(sizes) * (sum(sizes) - 1) // 2
    apart = _never(tickets_of, table.tickets)
    return Company(
        pairs=pairs,
        never=(2 * pairs - met) / (2 * pairs) if pairs else 0.0,
        never_independent=apart / pairs if pairs else 0.0,
        closest=float(median(closest)),
        closest_highest=highest,
        nearly_always=nearly,
        forced=forced,
        certain=tickets_of[table.tickets],
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
