"""Who of an ordered reserve is called: the first in its order with whom the quotas can be met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count as count_from

MOST_TRIED = 100_000  # choices, so that a verdict does not take minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How many of some people are called: ``lower <= called <= upper``."""

    people: frozenset[str]
    lower: int
    upper: int


def first_fitting(
    order: Sequence[str], bounds: Sequence[Bound], places: int
) -> tuple[str, ...] | None:
    """The people who are called for some places.

    Everybody in turn is called if, with her, those after her can still fill the places within the
    bounds. So no set of people that fits has somebody earlier in the order in place of the first
    in whom it differs.

    Parameters
    ----------
    order : sequence of str
        The reserve.
    bounds : sequence of Bound
    places : int

    Returns
    -------
    tuple of str or None
        In the order of the reserve; None if no people of it fit.
    """
    counted = [[n for n, bound in enumerate(bounds) if id in bound.people] for id in order]
    supply = [[0] * len(bounds)]
    for numbers in reversed(counted):
        supply.append([had + (n in numbers) for n, had in enumerate(supply[-1])])
    supply.reverse()
    hopeless: set[tuple[int, ...]] = set()

    def fill(turn: int, called: int, held: tuple[int, ...]) -> tuple[str, ...] | None:
        if any(
            h > bound.upper or h + min(left, places - called) < bound.lower
            for h, left, bound in zip(held, supply[turn], bounds, strict=True)
        ):
            return None
        if called == places:
            return ()
        if len(order) - turn < places - called or (turn, called, *held) in hopeless:
            return None
        after = tuple(h + (n in counted[turn]) for n, h in enumerate(held))
        rest = fill(turn + 1, called + 1, after)
        if rest is not None:
            return (order[turn], *rest)
        rest = fill(turn + 1, called, held)
        if rest is None:
            hopeless.add((turn, called, *held))
        return rest

    return fill(0, 0, (0,) * len(bounds))


def can_be_filled(people: Collection[str], bounds: Sequence[Bound], places: int) -> bool | None:
    """Whether some of these people fill all places within the bounds.

    Parameters
    ----------
    people : collection of str
    bounds : sequence of Bound
    places : int

    Returns
    -------
    bool or None
        None if more than `MOST_TRIED` choices would have to be gone through.
    """
    found = Counter(
        tuple(n for n, bound in enumerate(bounds) if id in bound.people) for id in people
    )
    kinds = sorted(found.items())
    supply = [[0] * len(bounds)]
    for numbers, count in reversed(kinds):
        supply.append([had + count * (n in numbers) for n, had in enumerate(supply[-1])])
    supply.reverse()
    hopeless: set[tuple[int, ...]] = set()
    tried = count_from(1)

    def fill(kind: int, taken: int, left: int, held: tuple[int, ...]) -> bool:
        """Whether more of this kind than were taken, and later kinds, fill what is left."""
        if any(
            h > bound.upper or h + min(left, had) < bound.lower
            for h, had, bound in zip(held, supply[kind], bounds, strict=True)
        ):
            return False
        if left == 0:
            return True
        if (kind, taken, left, *held) in hopeless:
            return False
        for other in range(kind, len(kinds)):
            numbers, size = kinds[other]
            so_far = taken if other == kind else 0
            if so_far == size:
                continue
            if next(tried) > MOST_TRIED:
                raise OverflowError
            with_one = tuple(h + (n in numbers) for n, h in enumerate(held))
            if fill(other, so_far + 1, left - 1, with_one):
                return True
        hopeless.add((kind, taken, left, *held))
        return False

    try:
        return fill(0, 0, places, (0,) * len(bounds))
    except OverflowError:
        return None
