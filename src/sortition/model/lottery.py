"""The lottery: panels, and how many of the equally likely tickets each of them holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from operator import lt
from unicodedata import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One possible panel and its number of tickets.

    Attributes
    ----------
    members : tuple of str
        Ids, sorted (code points).
    weight : int
        Tickets that draw this panel; at least 1.
    alternates : tuple of str
        Ids of those in reserve, in the order in which they are called; none sits on the panel.
    """

    members: tuple[str, ...]
    weight: int
    alternates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.weight < 1:
            raise ValueError("a panel needs at least one ticket")
        if not all(map(lt, self.members, self.members[1:])):
            raise ValueError("the members of a panel are sorted and different")
        if len(set(self.alternates).difference(self.members)) < len(self.alternates):
            raise ValueError("alternates are different, and not on the panel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """Panels in the order in which their tickets are numbered.

    Tickets are numbered 0, 1, 2, …: the first ``panels[0].weight`` of them draw the first panel,
    and so on.

    Attributes
    ----------
    panels : tuple of Panel
        In the order of their marks, whatever order they were given in; no two alike. So the numbers
        of a person's tickets are strewn over all numbers.

    Raises
    ------
    ValueError
        If there is no panel, two are alike, or their sizes differ.
    """

    panels: tuple[Panel, ...]

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "panels", tuple(sorted(self.panels, key=lambda one: mark(one.members)))
        )
        if not self.panels:
            raise ValueError("a lottery needs a panel")
        if len({panel.members for panel in self.panels}) < len(self.panels):
            raise ValueError("two panels are alike")
        if len({len(panel.members) for panel in self.panels}) > 1:
            raise ValueError("the panels differ in size")

    @property
    def ticket_count(self) -> int:
        """How many tickets there are in all."""
        return sum(panel.weight for panel in self.panels)

    def panel(self, ticket: int) -> Panel:
        """The panel that a ticket draws.

        Raises
        ------
        ValueError
            If no ticket has this number.
        """
        if not 0 <= ticket < self.ticket_count:
            raise ValueError(f"tickets are numbered 0 to {self.ticket_count - 1}")
        ends = list(accumulate(panel.weight for panel in self.panels))
        return self.panels[bisect_right(ends, ticket)]

    def tickets_held(self) -> dict[str, int]:
        """How many tickets draw each person; people whom none draws are left out."""
        held: dict[str, int] = {}
        for panel in self.panels:
            for member in panel.members:
                held[member] = held.get(member, 0) + panel.weight
        return held


def mark(members: Iterable[str]) -> str:
    """By what a panel has its place among the others, 64 hexadecimal digits.

    The SHA-256 of the line ``sortition/panel/1`` and one line for each member, sorted, in UTF-8 and
    NFC, with a line feed between them.
    """
    text = "\n".join(["sortition/panel/1", *members])
    return sha256(normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()
