"""Who of an ordered reserve is called: the first in its order with whom the quotas can be met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
