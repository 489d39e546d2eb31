"""Who is on how many tickets: the chances as the tickets have them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sortition.audit.lottery.file import PublishedLottery


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The chances of those who can be drawn.

    Attributes
    ----------
    lowest, highest : Fraction
        Of those who are on a ticket.
    equal : Fraction
        What everybody would have if all had the same.
    without : int
        How many are on no ticket.
    """

    lowest: Fraction
    highest: Fraction
    equal: Fraction
    without: int


def chances_of(lottery: PublishedLottery) -> Chances:
    """The lowest and the highest chance, among those who are on a ticket."""
    on = dict.fromkeys(lottery.people, 0)
    for members, weight in lottery.ticketed:
        for name in members:
            on[name] += weight
    some = [count for count in on.values() if count]
    return Chances(
        lowest=Fraction(min(some), lottery.ticket_count),
        highest=Fraction(max(some), lottery.ticket_count),
        equal=Fraction(lottery.panel_size, len(lottery.people)),
        without=len(on) - len(some),
    )


def tickets_of(lottery: PublishedLottery, name: str) -> list[int]:
    """The numbers of the tickets that somebody is on, ascending."""
    numbers: list[int] = []
    begin = 0
    for members, weight in lottery.ticketed:
        if name in members:
            numbers.extend(range(begin, begin + weight))
        begin += weight
    return numbers
