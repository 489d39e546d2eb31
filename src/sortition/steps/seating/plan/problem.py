"""Who is to be seated, at how many tables, how often, and by which rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

RuleKind = Literal["together", "apart", "table"]

# the table of each guest in each session, numbered from 1; None: not there
Seats: TypeAlias = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One person to be seated.

    Attributes
    ----------
    id : str
    values : tuple of str
        One for each feature of the problem.
    present : tuple of bool
        One for each session.
    """

    id: str
    values: tuple[str, ...]
    present: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What must hold in every session, among those who are there.

    Attributes
    ----------
    name : str
        What the organiser calls it.
    kind : {"together", "apart", "table"}
        All at one table; no two at one table; all at the table `table`.
    guests : tuple of int
        Positions in `Problem.guests`, ascending.
    table : int or None
        From 1; only for the kind ``table``.
    """

    name: str
    kind: RuleKind
    guests: tuple[int, ...]
    table: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a seating plan is asked for.

    Attributes
    ----------
    features : tuple of str
        Every table is to be mixed on these.
    guests : tuple of Guest
        Sorted by id.
    tables, sessions : int
    rules : tuple of Rule
    former : tuple of tuple of (int or None)
        A former plan to keep to, in the order of the guests; empty if there is none. In the
        sessions that were held it is fixed; in the others a guest who has a table there moves
        only if need be, and None stands for somebody who had no seat.
    held : int
        How many sessions, from the first, were held already.
    chairs : tuple of int
        How many people each table has room for; empty: all tables are equally large, give or take
        one person.

    Raises
    ------
    ValueError
        If guests are unsorted or doubled, a length does not fit, or a session has fewer guests
        than tables or more than chairs.
    """

    features: tuple[str, ...]
    guests: tuple[Guest, ...]
    tables: int
    sessions: int
    rules: tuple[Rule, ...] = ()
    former: Seats = ()
    held: int = 0
    chairs: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        ids = [guest.id for guest in self.guests]
        if ids != sorted(set(ids)):
            raise ValueError("guests are sorted by id, and nobody comes twice")
        if any(len(guest.values) != len(self.features) for guest in self.guests):
            raise ValueError("every guest needs one value for each feature")
        if any(len(guest.present) != self.sessions for guest in self.guests):
            raise ValueError("every guest is present or absent in each session")
        if self.former and {len(ids)} != set(map(len, self.former)):
            raise ValueError("a former plan has a place for each guest")
        if not 0 <= self.held <= len(self.former) <= self.sessions:
            raise ValueError("a session that was held has its former seats")
        if self.tables < 1 or self.sessions < 1 or (not self.features and not ids):
            raise ValueError("there is at least one table, one session and one guest")
        for session in range(self.held, self.sessions):
            if len(self.present(session)) < self.tables:
                raise ValueError("a session has fewer guests than tables")
            if self.chairs and len(self.present(session)) > sum(self.chairs):
                raise ValueError("a session has more guests than chairs")
        if self.chairs and (len(self.chairs) != self.tables or min(self.chairs) < 1):
            raise ValueError("every table has a chair")

    def sizes(self, session: int) -> tuple[int, ...]:
        """How many people sit at each table; empty if any table may have the one more.

        Where there are more chairs than people, the largest tables have the free ones.
        """
        sizes = list(self.chairs)
        for _ in range(sum(sizes) - len(self.present(session)) if sizes else 0):
            sizes[sizes.index(max(sizes))] -= 1
        return tuple(sizes)

    def largest(self, session: int) -> int:
        """How many people the largest table has."""
        smaller, larger = sizes_of(len(self.present(session)), self.tables)
        return max(self.sizes(session), default=smaller + (larger > 0))

    def present(self, session: int) -> tuple[int, ...]:
        """The positions of those who are there; in a session that was held, who had a seat."""
        if session < self.held:
            seated = self.former[session]
            return tuple(n for n, table in enumerate(seated) if table is not None)
        return tuple(n for n, guest in enumerate(self.guests) if guest.present[session])

    def former_table(self, session: int, guest: int) -> int | None:
        """Where somebody was to sit before; None if nowhere."""
        return self.former[session][guest] if session < len(self.former) else None


def blocks_of(problem: Problem, present: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """Those who are there, in groups that sit together; most groups are one person.

    Rules that share a person join their groups.
    """
    there = set(present)
    leader = {guest: guest for guest in sorted(there)}

    def first(guest: int) -> int:
        while leader[guest] != guest:
            guest = leader[guest]
        return guest

    for rule in problem.rules:
        members = [guest for guest in rule.guests if guest in there]
        if rule.kind == "together" and members:
            for guest in members[1:]:
                one, other = sorted((first(members[0]), first(guest)))
                leader[other] = one
    blocks: dict[int, list[int]] = {}
    for guest in leader:
        blocks.setdefault(first(guest), []).append(guest)
    return tuple(tuple(block) for block in blocks.values())


def sizes_of(people: int, tables: int) -> tuple[int, int]:
    """The smaller size of a table, and how many tables have a seat more."""
    return divmod(people, tables)


def clusters_of(problem: Problem, session: int) -> dict[tuple[int, ...], tuple[int, ...]]:
    """The groups that are too large for any table, and how many of them sit at each of theirs.

    They fill tables of their own, the largest first, and the rest of them share one. Such a group
    is one that a single rule seats together; where other rules are about some of its people, to
    part it could break them, and it is none.
    """
    present = problem.present(session)
    smaller, larger = sizes_of(len(present), problem.tables)
    equal = (smaller + 1,) * larger + (smaller,) * (problem.tables - larger)
    free = sorted(problem.sizes(session) or equal, reverse=True)
    largest = problem.largest(session)
    clusters = {}
    for block in sorted(blocks_of(problem, present), key=len, reverse=True):
        parts: list[int] = []
        whole = len(block) > largest and _is_of_one_rule(problem, set(block), set(present))
        while whole and sum(parts) < len(block):
            seats = free.pop(0)
            parts.append(min(seats, len(block) - sum(parts)))
            if parts[-1] < seats:
                free = sorted([*free, seats - parts[-1]], reverse=True)
        if parts:
            clusters[block] = tuple(parts)
    return clusters


def _is_of_one_rule(problem: Problem, block: set[int], present: set[int]) -> bool:
    rules = ((rule.kind, present.intersection(rule.guests)) for rule in problem.rules)
    about = [(kind, there) for kind, there in rules if there & block]
    return all(
        kind == "together" and there == block
        for kind, there in about
        if kind == "table" or len(there & block) > 1
    )
