"""How far the tickets of a lottery mix people: panels, company, and features together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count, repeat
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
BITS = 32  # that a count of people can have


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What the quotas tell of people, but for quotas on combinations.

    Attributes
    ----------
    kinds : sequence of tuple of (str, str)
        The features and values of the quotas that people count for, in the order of the quotas,
        for each kind of people; some may be alike.
    kind_of : mapping of str to int
        The place of each person's kind among these; who is not there counts for nothing.
    """

    kinds: Sequence[tuple[tuple[str, str], ...]]
    kind_of: Mapping[str, int] = field(repr=False)


def dispersion(panels: Panels, people: Kinds) -> Dispersion:
    """Measure how far the tickets of a lottery mix people.

    Parameters
    ----------
    panels : sequence of pairs
        Members, and how many tickets draw them.
    people : Kinds
        The pool.
    """
    kinds = [*people.kinds, ()]
    nothing = len(people.kinds)
    seated = [list(map(people.kind_of.get, members, repeat(nothing))) for members, _ in panels]
    first: dict[tuple[tuple[str, str], ...], int] = {}
    alike = [first.setdefault(kind, place) for place, kind in enumerate(kinds)]
    weights = [weight for _, weight in panels]
    return Dispersion(
        panels=len({members for members, _ in panels}),
        compositions=len({tuple(sorted([alike[place] for place in own])) for own in seated}),
        company=company(panels),
        intersections=tuple(
            _intersections(kinds, seated, weights, Counter(people.kind_of.values()))
        ),
    )


def kinds_of(holders: Holders) -> Kinds:
    """The kinds of people, from who counts for a quota.

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
    place_of: defaultdict[tuple[int, ...], int] = defaultdict(count().__next__)
    kind_of = {id: place_of[tuple(own)] for id, own in numbers.items()}
    return Kinds(
        kinds=[tuple([quotas[number] for number in own]) for own in place_of], kind_of=kind_of
    )


def _intersections(
    kinds: Sequence[tuple[tuple[str, str], ...]],
    seated: Sequence[Sequence[int]],
    weights: Sequence[int],
    people: Counter[int],
) -> Iterator[Intersection]:
    """From the kinds on each panel, the tickets of each panel, and the people of each kind."""
    cells_of = [
        [(one, other) for one, other in combinations(kind, 2) if one[0] != other[0]]
        for kind in kinds
    ]
    ordered = sorted({cell for cells in cells_of for cell in cells})
    place_of = {cell: place for place, cell in enumerate(ordered)}
    # the seats of all cells are one large number, so that one sum counts all of them
    ones = [sum(1 << BITS * place_of[cell] for cell in cells) for cells in cells_of]
    pool = _counts(sum(number * ones[kind] for kind, number in people.items()), len(ordered))
    seats_of: dict[int, list[tuple[int, ...]]] = {}  # by the tickets that a panel has
    for own, weight in zip(seated, weights, strict=True):
        seats = _counts(sum(map(ones.__getitem__, own)), len(ordered))
        seats_of.setdefault(weight, []).append(seats)
    tickets = sum(weights)
    by_cell = zip(*(zip(*seats, strict=True) for seats in seats_of.values()), strict=True)
    for cell, held, taken in zip(ordered, pool, by_cell, strict=True):
        times: Counter[int] = Counter()  # how many tickets have so many seats
        for weight, numbers in zip(seats_of, taken, strict=True):
            for number, panels in Counter(numbers).items():
                times[number] += weight * panels
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
