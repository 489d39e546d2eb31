"""How far the tickets of a lottery mix people: panels, company, and features together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from struct import unpack

from sortition.model.company import Company, company
from sortition.model.quotas import COMBINATION
from sortition.model.tickets import Panels


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
BITS = 32  # that a count of people can have


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
    people = Counter(kinds.values())
    seated = [[kinds.get(id, ()) for id in members] for members, _ in panels]
    number_of = {kind: number for number, kind in enumerate({*people, ()})}
    compositions = {tuple(sorted(map(number_of.__getitem__, own))) for own in seated}
    weights = [weight for _, weight in panels]
    return Dispersion(
        panels=len({members for members, _ in panels}),
        compositions=len(compositions),
        company=company(panels),
        intersections=tuple(_intersections(seated, weights, people)),
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
    seated: Sequence[Sequence[Kind]], weights: Sequence[int], people: Counter[Kind]
) -> Iterator[Intersection]:
    """From the kinds on each panel, the tickets of each panel, and the people of each kind."""
    cells_of = {
        kind: [(one, other) for one, other in combinations(kind, 2) if one[0] != other[0]]
        for kind in people
    }
    ordered = sorted({cell for cells in cells_of.values() for cell in cells})
    place_of = {cell: place for place, cell in enumerate(ordered)}
    # the seats of all cells are one large number, so that one sum counts all of them
    ones = {
        kind: sum(1 << BITS * place_of[cell] for cell in cells) for kind, cells in cells_of.items()
    }
    ones.setdefault((), 0)
    pool = _counts(sum(number * ones[kind] for kind, number in people.items()), len(ordered))
    seats = [_counts(sum(map(ones.__getitem__, kinds)), len(ordered)) for kinds in seated]
    tickets = sum(weights)
    for cell, held, taken in zip(ordered, pool, zip(*seats, strict=True), strict=True):
        times: Counter[int] = Counter()  # how many tickets have so many seats
        for number, weight in zip(taken, weights, strict=True):
            times[number] += weight
        on_all = sum(number * some for number, some in times.items())
        near = sum(
            some for number, some in times.items() if abs(number * tickets - on_all) < tickets
        )
        (feature, value), (other, its_value) = cell
        yield Intersection(
            features=(feature, other),
            values=(value, its_value),
            pool=held,
            mean=on_all / tickets,
            fewest=min(times),
            most=max(times),
            near=near / tickets,
        )


def _counts(together: int, size: int) -> tuple[int, ...]:
    """So many counts from the large number that they make."""
    return unpack(f"<{size}I", together.to_bytes(size * BITS // 8, "little"))
