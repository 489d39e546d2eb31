"""The figures of a seating plan, counted off the plan itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sortition.steps.seating.plan.problem import Problem, Rule, Seats, clusters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMix:
    """One table in one session.

    Attributes
    ----------
    session, table : int
        From 1.
    people : int
    counts : mapping of str to mapping of str to int
        How many people have each value, by feature.
    uneven : int
        By how many people the counts lie outside the even spread, in which every value has as
        many people at one table as at any other, give or take one.
    """

    session: int
    table: int
    people: int
    counts: dict[str, dict[str, int]]
    uneven: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a plan reaches.

    Attributes
    ----------
    meetings : int
        Pairs of people who share a table at least once.
    again : int
        Meetings of two people who met before.
    most_often : int
        How often the two who meet most often meet.
    tables : tuple of TableMix
        Each table of each session that is yet to be held.
    broken : tuple of (int, str)
        Session and name of the rules that are not kept.
    moved : tuple of (int, str)
        Session and id of those who do not sit where the former plan had them.
    """

    meetings: int
    again: int
    most_often: int
    tables: tuple[TableMix, ...]
    broken: tuple[tuple[int, str], ...]
    moved: tuple[tuple[int, str], ...]

    @property
    def uneven(self) -> int:
        """By how many people all counts of all tables lie outside the even spread."""
        return sum(table.uneven for table in self.tables)


def figures_of(problem: Problem, seats: Seats) -> Figures:
    """Count what a plan reaches."""
    met = Counter(pair for tables in seats for pair in _meetings(tables))
    return Figures(
        meetings=len(met),
        again=sum(met.values()) - len(met),
        most_often=max(met.values(), default=0),
        tables=tuple(
            mix
            for session in range(problem.held, problem.sessions)
            for mix in _mixes(problem, session, seats[session])
        ),
        broken=tuple(
            (session + 1, rule.name)
            for session in range(problem.held, problem.sessions)
            for rule in problem.rules
            if not _kept(problem, session, rule, [seats[session][guest] for guest in rule.guests])
        ),
        moved=tuple(
            (session + 1, guest.id)
            for session in range(problem.held, problem.sessions)
            for number, guest in enumerate(problem.guests)
            if problem.former_table(session, number) not in {None, seats[session][number]}
            and seats[session][number] is not None
        ),
    )


def at_tables(tables: tuple[int | None, ...]) -> dict[int, list[int]]:
    """The guests at each table, tables and guests ascending."""
    seated: dict[int, list[int]] = {}
    for guest, table in enumerate(tables):
        if table is not None:
            seated.setdefault(table, []).append(guest)
    return dict(sorted(seated.items()))


def _meetings(tables: tuple[int | None, ...]) -> Iterator[tuple[int, int]]:
    for guests in at_tables(tables).values():
        yield from combinations(guests, 2)


def _mixes(problem: Problem, session: int, tables: tuple[int | None, ...]) -> Iterator[TableMix]:
    present = problem.present(session)
    spread = [
        Counter(problem.guests[guest].values[feature] for guest in present)
        for feature in range(len(problem.features))
    ]
    sizes = problem.sizes(session)
    for table, guests in at_tables(tables).items():
        share = (sizes[table - 1], len(present)) if sizes else (1, problem.tables)
        counts, uneven = {}, 0
        for feature, name in enumerate(problem.features):
            here = Counter(problem.guests[guest].values[feature] for guest in guests)
            counts[name] = {value: here[value] for value in sorted(spread[feature])}
            uneven += sum(
                _outside(here[value], *divmod(count * share[0], share[1]))
                for value, count in spread[feature].items()
            )
        yield TableMix(
            session=session + 1, table=table, people=len(guests), counts=counts, uneven=uneven
        )


def _outside(count: int, fewest: int, more: int) -> int:
    most = fewest + (more > 0)
    return max(fewest - count, count - most, 0)


def _kept(problem: Problem, session: int, rule: Rule, places: list[int | None]) -> bool:
    there = [place for place in places if place is not None]
    if rule.kind == "apart":
        return len(set(there)) == len(there)
    if rule.kind == "table":
        return set(there) <= {rule.table}
    clusters = clusters_of(problem, session)
    own = [parts for block, parts in clusters.items() if set(block).intersection(rule.guests)]
    return len(set(there)) <= max(map(len, own), default=1)
