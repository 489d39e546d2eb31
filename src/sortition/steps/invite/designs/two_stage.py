"""Some municipalities first, people in them second, and the same chance for everybody.

After the algorithm GREEDYEQUAL of Gölz, Maly, Schmidt-Kraepelin, Utke and Verpoort, "City Sampling
for Citizens' Assemblies" (AAAI 2026, arXiv 2509.07557), worked out here from its published example:

1. A city is due letters in proportion to its people, on average over one uniform number `rho`
   from 0 to 1. It takes no more letters than its cap at any `rho`.
2. Cities are placed from the lowest cap to the highest, in slots; a slot runs over all `rho`.
3. At each `rho` a city gets an equal share of what the slots before left there, or its cap if that
   is less, for as long a stretch of `rho` as makes up what it is due.
4. Where it ends the next city begins; at the end of a slot it goes on at the start of the next.
5. The last slot takes all that is left. If a cap forbids that, there are too few slots.

A city that would meet itself in the next slot is due more than an equal share. The largest city
is then drawn for certain, with exactly what it is due, and the rest are placed without it.

Each stretch of `rho` is a draw: some cities, each with its letters. Within a city people are drawn
with equal chances, so everybody has the chance letters / people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm

from sortition.model.draw import SPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One outcome of the first stage.

    Attributes
    ----------
    start, end : Fraction
        It is drawn for ``start <= rho < end``.
    letters : tuple of (int, Fraction)
        Positions of cities, rising, and the letters of each, perhaps not whole.
    """

    start: Fraction
    end: Fraction
    letters: tuple[tuple[int, Fraction], ...]


@dataclass(slots=True)
class _Open:
    """A stretch that slots are still being added to."""

    start: Fraction
    end: Fraction
    left: Fraction
    placed: list[tuple[int, Fraction]]


def greedy_equal(
    people: Sequence[int], caps: Sequence[int], letters: int, cities: int
) -> tuple[Stretch, ...] | None:
    """The draws over `cities` cities at most; None if there are too few.

    Parameters
    ----------
    people : sequence of int
        Of each city; all positive.
    caps : sequence of int
        The most letters each takes; none less than what it is due on average.
    letters : int
        In all; positive.
    cities : int
        How many there are at most in one draw.

    Raises
    ------
    ValueError
        If a cap is less than what the city is due.
    """
    due = [Fraction(letters * size, sum(people)) for size in people]
    if any(cap < own for cap, own in zip(caps, due, strict=True)):
        raise ValueError("a cap is below what the city is due")
    order = sorted(range(len(people)), key=lambda i: (caps[i], people[i], i))
    certain: list[int] = []
    while order and len(certain) < cities:
        left = letters - sum((due[i] for i in certain), Fraction(0))
        stretches = _place(order, due, caps, left, cities - len(certain))
        if stretches is None:
            return None
        if not any(_meets_itself(stretch) for stretch in stretches):
            return tuple(_closed(stretch, certain, due) for stretch in stretches)
        largest = max(order, key=lambda i: (due[i], i))
        order.remove(largest)
        certain.append(largest)
    if order:
        return None
    whole = _Open(Fraction(0), Fraction(1), Fraction(0), [])
    return (_closed(whole, certain, due),)


def fewest_cities(people: Sequence[int], caps: Sequence[int], letters: int) -> int:
    """The least number of cities with which `greedy_equal` succeeds; all of them always do."""
    widest = accumulate(sorted(caps, reverse=True))
    least = sum(1 for reach in widest if reach < letters) + 1
    return next(
        cities
        for cities in range(least, len(people) + 1)
        if greedy_equal(people, caps, letters, cities) is not None
    )


def outcomes(stretches: Sequence[Stretch]) -> int:
    """From how many equally likely values of `rho` to draw, so that every stretch is exact.

    Where that would be more than 2**256, it is 2**256, and a stretch is off by less than 2**-256.
    """
    return min(SPACE, lcm(*(stretch.end.denominator for stretch in stretches)))


def stretch_at(stretches: Sequence[Stretch], rho: Fraction) -> Stretch:
    """The outcome at a `rho` from 0 to below 1."""
    return next(stretch for stretch in stretches if rho < stretch.end)


def _place(
    order: Sequence[int],
    due: Sequence[Fraction],
    caps: Sequence[int],
    letters: Fraction,
    slots: int,
) -> list[_Open] | None:
    open_ = [_Open(Fraction(0), Fraction(1), letters, [])]
    queue = list(reversed(order))
    owed = due[queue[-1]]
    for slots_left in range(slots, 0, -1):
        place = 0
        while place < len(open_):
            stretch = open_[place]
            if not stretch.left:
                place += 1
                continue
            city = queue[-1]
            height = min(Fraction(caps[city]), stretch.left / slots_left)
            if slots_left == 1 and height < stretch.left:
                return None
            length = min(owed / height, stretch.end - stretch.start)
            if length < stretch.end - stretch.start:
                middle = stretch.start + length
                rest = _Open(middle, stretch.end, stretch.left, list(stretch.placed))
                open_.insert(place + 1, rest)
                stretch.end = middle
            stretch.placed.append((city, height))
            stretch.left -= height
            owed -= height * length
            place += 1
            if not owed:
                queue.pop()
                owed = due[queue[-1]] if queue else Fraction(0)
    return open_


def _meets_itself(stretch: _Open) -> bool:
    cities = [city for city, _ in stretch.placed]
    return len(set(cities)) < len(cities)


def _closed(stretch: _Open, certain: Sequence[int], due: Sequence[Fraction]) -> Stretch:
    placed = [*stretch.placed, *((city, due[city]) for city in certain)]
    return Stretch(start=stretch.start, end=stretch.end, letters=tuple(sorted(placed)))
