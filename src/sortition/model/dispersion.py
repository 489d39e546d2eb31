"""How far the tickets of a lottery mix people: panels, company, and features together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    near : float
        The share of the tickets whose seats are less than one from the mean.
    """

    features: tuple[str, str]
    values: tuple[str, str]
    pool: int
    mean: float
    fewest: int
    most: int
    near: float


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


def dispersion(panels: Panels, kinds: Mapping[str, Kind]) -> Dispersion:
    """Measure how far the tickets of a lottery mix people.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    kinds : mapping of str to Kind
        The features and values of the quotas that each person counts for, in their order, without
        those on combinations.
    """
    seated = [
        (Counter([kinds.get(id, ()) for id in members]), weight) for members, weight in panels
    ]
    return Dispersion(
        panels=len({members for members, _ in panels}),
        compositions=len({frozenset(seats.items()) for seats, _ in seated}),
        company=company(panels),
        intersections=tuple(_intersections(seated, Counter(kinds.values()))),
    )


def kinds_of(holders: Holders) -> dict[str, Kind]:
    """The kind of each person, from who counts for a quota; one object for all of a kind.

    Parameters
    ----------
    holders : mapping
        By feature and value of a quota: the people who count for it.
    """
    quotas = [quota for quota in sorted(holders) if quota[0] != COMBINATION]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, quota in enumerate(quotas):
        for id in holders[quota]:
            numbers[id].append(number)
    counted = dict(zip(numbers, map(tuple, numbers.values()), strict=True))
    kinds = {kind: tuple([quotas[number] for number in kind]) for kind in set(counted.values())}
    return {id: kinds[kind] for id, kind in counted.items()}


def _intersections(
    seated: Sequence[tuple[Counter[Kind], int]], people: Counter[Kind]
) -> Iterator[Intersection]:
    """From the seats of each kind on each panel, with its tickets, and the people of each kind."""
    tickets = sum(weight for _, weight in seated)
    cells = {
        kind: [(one, other) for one, other in combinations(kind, 2) if one[0] != other[0]]
        for kind in people
    }
    pool: Counter[Cell] = Counter()
    for kind, number in people.items():
        for cell in cells[kind]:
            pool[cell] += number
    ordered = sorted(pool)
    number_of = {cell: number for number, cell in enumerate(ordered)}
    numbers_of = {kind: [number_of[cell] for cell in of_kind] for kind, of_kind in cells.items()}
    seats: list[list[tuple[int, int]]] = [[] for _ in ordered]
    for kinds, weight in seated:
        found = Counter(chain.from_iterable(numbers_of.get(kind, ()) for kind in kinds.elements()))
        for place, number in found.items():
            seats[place].append((number, weight))
    for ((feature, value), (other, its_value)), taken in zip(ordered, seats, strict=True):
        numbers = [number for number, _ in taken]
        without = tickets - sum(weight for _, weight in taken)
        on_all = sum(number * weight for number, weight in taken)
        near = sum(
            weight
            for number, weight in (*taken, (0, without))
            if abs(number * tickets - on_all) < tickets
        )
        yield Intersection(
            features=(feature, other),
            values=(value, its_value),
            pool=pool[(feature, value), (other, its_value)],
            mean=on_all / tickets,
            fewest=min(numbers) if len(taken) == len(seated) else 0,
            most=max(numbers, default=0),
            near=near / tickets,
        )
