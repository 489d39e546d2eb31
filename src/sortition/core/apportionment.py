"""Seats in proportion to counts, in whole numbers and without a float.

Hamilton gives everybody the whole part of the exact share, and the seats that are left to the
largest remainders. Sainte-Laguë (Webster) gives seat after seat to whoever has the largest
``count / (2 * seats so far + 1)``; unlike Hamilton's, its seats never fall when there are more
to give. See Balinski and Young, *Fair Representation* (2nd edition, 2001).

Of two that are equal in this, the one with the larger count is first, then the one that stands
earlier. Whoever wants the order of rows to decide nothing sorts by name before.

Somebody with a count of 0 has no seat. With bounds on single seats both methods give what is left
in proportion: everybody is due ``level * count`` moved within the bounds, with the one level at
which the seats come out even.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import floor
from typing import TypeAlias

HALF = Fraction(1, 2)

Claim: TypeAlias = tuple[Fraction, int, int]


def hamilton(
    counts: Sequence[int], seats: int, *, at_least: int = 0, caps: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Seats by the largest remainders.

    Parameters
    ----------
    counts : sequence of int
        How many people there are of each kind; none negative.
    seats : int
        How many are given in all.
    at_least : int
        How many seats everybody gets whose count is not 0, or her cap if that is fewer.
    caps : sequence of int, optional
        How many each can have at most, in the order of `counts`.

    Returns
    -------
    tuple of int
        In the order of `counts`; they add up to `seats`.

    Raises
    ------
    ValueError
        If a figure is negative, or the bounds allow only more seats or only fewer.
    """
    lowest, highest = _bounds(counts, seats, at_least, caps)
    level = _level(counts, Fraction(seats), lowest, highest)
    shares = [
        min(max(level * count, Fraction(low)), Fraction(high))
        for count, low, high in zip(counts, lowest, highest, strict=True)
    ]
    given = [floor(share) for share in shares]
    by_remainder = sorted(range(len(counts)), key=lambda i: (given[i] - shares[i], -counts[i], i))
    for i in by_remainder[: seats - sum(given)]:
        given[i] += 1
    return tuple(given)


def sainte_lague(
    counts: Sequence[int], seats: int, *, at_least: int = 0, caps: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Seats by the largest ``count / (2 * seats so far + 1)``; see `hamilton` for the rest.

    The seats that nobody can contest are given at once, so the time does not grow with `seats`.
    """
    lowest, highest = _bounds(counts, seats, at_least, caps)
    # at this level rounding cannot give more than there is: a half each is kept back
    uncontested = max(seats - len(counts) * HALF, Fraction(sum(lowest)))
    level = _level(counts, uncontested, lowest, highest)
    given = [
        min(max(floor(level * count + HALF), low), high)
        for count, low, high in zip(counts, lowest, highest, strict=True)
    ]
    claims = [_claim(counts[i], given[i], i) for i in range(len(counts)) if given[i] < highest[i]]
    heapify(claims)
    for _ in range(seats - sum(given)):
        i = claims[0][-1]
        given[i] += 1
        if given[i] < highest[i]:
            heapreplace(claims, _claim(counts[i], given[i], i))
        else:
            heappop(claims)
    return tuple(given)


def _claim(count: int, given: int, place: int) -> Claim:
    """Sorts the one first whose next seat it is."""
    return Fraction(-count, 2 * given + 1), -count, place


def _bounds(
    counts: Sequence[int], seats: int, at_least: int, caps: Sequence[int] | None
) -> tuple[list[int], list[int]]:
    """How many seats each gets at least and at most."""
    most = [seats] * len(counts) if caps is None else list(caps)
    if min((seats, at_least, *counts, *most)) < 0:
        raise ValueError("a figure is negative")
    highest = [min(cap, seats) if count else 0 for count, cap in zip(counts, most, strict=True)]
    lowest = [min(at_least, high) for high in highest]
    if not sum(lowest) <= seats <= sum(highest):
        raise ValueError(f"{seats} seats, but {sum(lowest)} to {sum(highest)} can be given")
    return lowest, highest


def _level(
    counts: Sequence[int], total: Fraction, lowest: Sequence[int], highest: Sequence[int]
) -> Fraction:
    """The lowest level at which ``level * count``, within the bounds, adds up to the total."""
    level, reached, slope = Fraction(0), Fraction(sum(lowest)), 0
    for turn, change in sorted(_turns(counts, lowest, highest)):
        if reached + slope * (turn - level) >= total:
            break
        reached += slope * (turn - level)
        level, slope = turn, slope + change
    return level + (total - reached) / slope if reached < total else level


def _turns(
    counts: Sequence[int], lowest: Sequence[int], highest: Sequence[int]
) -> Iterator[tuple[Fraction, int]]:
    """At which levels somebody leaves the lower bound or comes to the upper one."""
    for count, low, high in zip(counts, lowest, highest, strict=True):
        if low < high:
            yield Fraction(low, count), count
            yield Fraction(high, count), -count
