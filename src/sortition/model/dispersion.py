"""How far the tickets of a lottery mix people: who sits with whom, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from math import exp, fsum, log, log1p
from statistics import median

from sortition.model import COMBINATION

NEARLY_ALWAYS = 9, 10  # of the tickets of one, the other is on at least so many
FALSE_ALARM = 1e-9  # the most that independent dealing gives for any pair of a lottery at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Intersection:
    """The seats of those who have two values, of two features, over all tickets.

    Attributes
    ----------
    features, values : tuple of str
        Two each, in one order.
    pool : int
        People of the pool with both values.
    mean : float
        Seats per ticket.
    fewest, most : int
        Seats on any ticket.
    """

    features: tuple[str, str]
    values: tuple[str, str]
    pool: int
    mean: float
    fewest: int
    most: int


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
    packed : int
        Pairs that share more tickets than independent dealing explains; see `most_together`.
        Quotas bring people together too, so in small pools with many quotas an honest lottery
        has such pairs: it is a figure to look at, and proves nothing alone.
    """

    pairs: int
    never: float
    never_independent: float
    closest: float
    closest_highest: float
    nearly_always: int
    forced: int
    certain: int
    packed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """How far the tickets of a lottery mix people.

    Attributes
    ----------
    panels : int
        Different panels.
    compositions : int
        Different compositions: how many seats each combination of quotas has.
    company : Company
    intersections : tuple of Intersection
        Of each two features and their values, sorted.
    """

    panels: int
    compositions: int
    company: Company
    intersections: tuple[Intersection, ...]


Panels = Sequence[tuple[tuple[str, ...], int]]
Holders = Mapping[tuple[str, str], Sequence[str]]


def dispersion(panels: Panels, holders: Holders) -> Dispersion:
    """Measure how far the tickets of a lottery mix people.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    holders : mapping
        By feature and value of a quota: the people who count for it.
    """
    values: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quota in sorted(holders):
        for id in holders[quota]:
            values[id].append(quota)
    kinds = {id: tuple(quotas) for id, quotas in values.items()}
    compositions = {
        frozenset(Counter(kinds.get(id, ()) for id in members).items()) for members, _ in panels
    }
    return Dispersion(
        panels=len({members for members, _ in panels}),
        compositions=len(compositions),
        company=company(panels),
        intersections=tuple(_intersections(panels, kinds)),
    )


def company(panels: Panels) -> Company:
    """Measure who shares tickets with whom; tokens do as well as ids.

    It takes as many steps as there are seats on all tickets, times the panel size.
    """
    count = sum(weight for _, weight in panels)
    tickets: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for members, weight in panels:
        for id in members:
            tickets[id].extend([members] * weight)
    held = {id: len(those) for id, those in tickets.items()}
    pairs = len(held) * (len(held) - 1) // 2
    met = nearly = forced = packed = 0
    closest: list[float] = []
    highest = 0.0
    part, whole = NEARLY_ALWAYS
    limit = most_together(count, pairs)
    for id, those in sorted(tickets.items()):
        together = Counter(chain.from_iterable(those))
        own = together.pop(id)
        closest.append(max(together.values(), default=0) / own)
        for other, shared in together.items():
            others = held[other]
            must = (own + others - count) * whole >= own * part
            forced += must
            if shared * whole >= own * part:
                nearly += 1
            if not must:
                highest = max(highest, shared / own)
            if id < other:
                met += 1
                packed += shared > limit(*sorted((own, others)))
    return Company(
        pairs=pairs,
        never=(pairs - met) / pairs if pairs else 0.0,
        never_independent=_never(Counter(held.values()), count) / pairs if pairs else 0.0,
        closest=float(median(closest)),
        closest_highest=highest,
        nearly_always=nearly,
        forced=forced,
        certain=sum(own == count for own in held.values()),
        packed=packed,
    )


def most_together(count: int, pairs: int) -> Callable[[int, int], int]:
    """The most tickets that independent dealing lets any two people share.

    Two people with a and b of m tickets, a at most b, share j of them with a chance of at most
    exp(-a D(j/a, b/m)), where D is the relative entropy (Hoeffding 1963, theorem 1 and section
    6). What is beyond has a chance of at most `FALSE_ALARM`, all pairs taken together.
    """
    allowed = log(pairs / FALSE_ALARM) if pairs else 0.0

    @cache
    def limit(fewer: int, more: int) -> int:
        low, high = fewer * more // count, fewer
        while low < high:
            middle = (low + high + 1) // 2
            if fewer * _entropy(middle / fewer, more / count) > allowed:
                high = middle - 1
            else:
                low = middle
        return low

    return limit


def _entropy(share: float, chance: float) -> float:
    if share <= chance:
        return 0.0
    rest = (1 - share) * log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return share * log(share / chance) + rest


def _never(people: Counter[int], count: int) -> float:
    """How many pairs independent dealing leaves apart on average; people by their tickets."""
    kinds = sorted(people.items())
    return fsum(
        (size * (size - 1) / 2 if own == other else size * others)
        * _apart(own * other / count**2, count)
        for number, (own, size) in enumerate(kinds)
        for other, others in kinds[number:]
    )


def _apart(chance: float, count: int) -> float:
    return exp(count * log1p(-chance)) if chance < 1 else 0.0


def _intersections(
    panels: Panels, kinds: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[Intersection]:
    count = sum(weight for _, weight in panels)
    named = {id: [q for q in quotas if q[0] != COMBINATION] for id, quotas in kinds.items()}
    cells = {id: list(combinations(quotas, 2)) for id, quotas in named.items()}
    pool = Counter(chain.from_iterable(cells.values()))
    seats: dict[tuple[tuple[str, str], tuple[str, str]], list[tuple[int, int]]]
    seats = {cell: [] for cell in sorted(pool)}
    for members, weight in panels:
        found = Counter(chain.from_iterable(cells.get(id, ()) for id in members))
        for cell, number in found.items():
            seats[cell].append((number, weight))
    for ((feature, value), (other, its_value)), taken in seats.items():
        numbers = [number for number, _ in taken]
        everywhere = len(taken) == len(panels)
        yield Intersection(
            features=(feature, other),
            values=(value, its_value),
            pool=pool[(feature, value), (other, its_value)],
            mean=sum(number * weight for number, weight in taken) / count,
            fewest=min(numbers) if everywhere and numbers else 0,
            most=max(numbers, default=0),
        )
