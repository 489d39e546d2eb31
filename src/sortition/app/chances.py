"""Everybody's chance in a published lottery, counted from its tickets."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sortition.audit.shapes.bundle import PUBLIC_LOTTERY

WIDTH, HEIGHT = 640, 180  # of the picture, in its own units


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How the tickets share out the seats.

    Attributes
    ----------
    tickets, people, seats : int
    shares : tuple of float
        The chance of each person, from the lowest to the highest.
    """

    tickets: int
    people: int
    seats: int
    shares: tuple[float, ...] = field(repr=False)

    @property
    def lowest(self) -> float:
        """The lowest chance above nought."""
        return next((share for share in self.shares if share > 0), 0.0)

    @property
    def without(self) -> int:
        """How many people are on no ticket."""
        return sum(share == 0 for share in self.shares)

    @property
    def highest(self) -> float:
        """The highest chance."""
        return self.shares[-1]

    @property
    def equal(self) -> float:
        """What everybody's chance would be without quotas."""
        return self.seats / self.people

    def path(self) -> str:
        """The area under the chances, for an SVG of `WIDTH` and `HEIGHT`."""
        top = max(self.highest, self.equal)
        step = WIDTH / self.people
        points = [f"M0 {HEIGHT}"]
        for number, share in enumerate(self.shares):
            y = HEIGHT - HEIGHT * 0.92 * share / top
            points.append(f"L{number * step:.1f} {y:.1f}L{(number + 1) * step:.1f} {y:.1f}")
        return "".join((*points, f"L{WIDTH} {HEIGHT}Z"))

    def level(self) -> float:
        """How high the equal chance lies in that picture."""
        return HEIGHT - HEIGHT * 0.92 * self.equal / max(self.highest, self.equal)


def chances_of(lottery: Path) -> Chances | None:
    """The chances of what was published in a folder; None if it cannot be read."""
    try:
        document: Any = json.loads((lottery / PUBLIC_LOTTERY).read_bytes())
        counts: Counter[str] = Counter(dict.fromkeys(document["people"], 0))
        tickets = 0
        for panel in document["panels"]:
            tickets += panel["weight"]
            for member in panel["members"]:
                counts[member] += panel["weight"]
        seats = document["k"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not tickets or not counts:
        return None
    shares = tuple(sorted(count / tickets for count in counts.values()))
    return Chances(tickets=tickets, people=len(counts), seats=seats, shares=shares)
