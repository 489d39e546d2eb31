"""How far the tickets of a lottery mix people: panels, company, and features together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from sortition.model.company import Company, Panels, company
from sortition.model.quotas import COMBINATION


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
class Dispersion:
    """How far the tickets of a lottery mix people.

    Attributes
    ----------
    panels : int
        Different panels.
    compositions : int
        Different compositions: how many seats each combination of values has.
    company : Company
    intersections : tuple of Intersection
        Of each two features and their values, sorted.
    """

    panels: int
    compositions: int
    company: Company
    intersections: tuple[Intersection, ...]


Holders = Mapping[tuple[str, str], Collection[str]]
Kind = tuple[tuple[str, str], ...]
Cell = tuple[tuple[str, str], tuple[str, str]]


def dispersion(panels: Panels, holders: Holders) -> Dispersion:
    """Measure how far the tickets of a lottery mix people.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    holders : mapping
        By feature and value of a quota: the people who count for it.
    """
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quota in sorted(holders):
        if quota[0] != COMBINATION:
            for id in holders[quota]:
                kinds[id].append(quota)
    of = {id: tuple(quotas) for id, quotas in kinds.items()}
    compositions = {
        frozenset(Counter(of.get(id, ()) for id in members).items()) for members, _ in panels
    }
    return Dispersion(
        panels=len({members for members, _ in panels}),
        compositions=len(compositions),
        company=company(panels),
        intersections=tuple(_intersections(panels, of)),
    )


def _intersections(panels: Panels, kinds: Mapping[str, Kind]) -> Iterator[Intersection]:
    tickets = sum(weight for _, weight in panels)
    cells = {
        id: [(one, other) for one, other in combinations(quotas, 2) if one[0] != other[0]]
        for id, quotas in kinds.items()
    }
    pool = Counter(chain.from_iterable(cells.values()))
    seats: dict[Cell, list[tuple[int, int]]] = {cell: [] for cell in sorted(pool)}
    for members, weight in panels:
        found = Counter(chain.from_iterable(cells.get(id, ()) for id in members))
        for cell, number in found.items():
            seats[cell].append((number, weight))
    for ((feature, value), (other, its_value)), taken in seats.items():
        numbers = [number for number, _ in taken]
        yield Intersection(
            features=(feature, other),
            values=(value, its_value),
            pool=pool[(feature, value), (other, its_value)],
            mean=sum(number * weight for number, weight in taken) / tickets,
            fewest=min(numbers) if len(taken) == len(panels) else 0,
            most=max(numbers, default=0),
        )
