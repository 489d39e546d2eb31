"""What it costs to seat two people at one table, or one person at a table.

Everything that a plan is judged by is a sum over pairs who share a table, and over places:

* A rule that is broken costs `RULE` for each pair, or for each person who is not at the set table.
* A move away from the former plan costs `MOVE`.
* Two people with the same value of a feature cost `LIKE`. The number of such pairs is least when
  each table has as many of each value as any other, give or take one.
* Two people who meet again cost `AGAIN`, and 1 for each time they met before.

The costs are whole numbers in floats, far below 2**53, so their sums are exact in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Floats, Ints
from sortition.steps.seating.plan.problem import Problem, blocks_of, clusters_of

CHAIR = 1e12  # two empty chairs at one table: the tables would differ by more than one
RULE = 1e9
MOVE = 1e6
LIKE = 10.0
AGAIN = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCosts:
    """The costs of one session that do not depend on the others.

    Whoever sits in a session is numbered anew: those who are there, then the empty chairs that
    make all tables equally large.

    Attributes
    ----------
    guests : array, shape (guests there,)
        Their positions in the problem.
    pairs : array, shape (n, n)
        For sharing a table; n counts the empty chairs too.
    places : array, shape (n, tables)
        For sitting at a table.
    blocks : tuple of array
        Those who sit together and move as one.
    together : int
        How many pairs share a table because a rule says so.
    """

    guests: Ints
    pairs: Floats
    places: Floats
    blocks: tuple[Ints, ...]
    together: int


def session_costs(problem: Problem, session: int) -> SessionCosts:
    """The costs of a session that is yet to be held."""
    present = problem.present(session)
    people = len(present)
    sizes = problem.sizes(session)
    own = empty_chairs(sizes)
    chairs = len(own) if sizes else -people % problem.tables
    there = {guest: number for number, guest in enumerate(present)}
    pairs = np.zeros((people + chairs, people + chairs))
    pairs[:people, :people] = LIKE * _likeness(problem, present)
    pairs[people:, people:] = 0 if sizes else CHAIR
    clusters = clusters_of(problem, session)
    groups = blocks_of(problem, present)
    for group in groups:
        block = [there[guest] for guest in group]
        pairs[np.ix_(block, block)] -= RULE
    places = np.zeros((people + chairs, problem.tables))
    if sizes:
        places[people:] = CHAIR
        places[people + np.arange(chairs), own] = 0
    for rule in problem.rules:
        members = np.array([there[guest] for guest in rule.guests if guest in there], dtype=int)
        if rule.kind == "apart":
            pairs[np.ix_(members, members)] += RULE
        elif rule.table is not None:
            places[members] += RULE
            places[members, rule.table - 1] -= RULE
    for guest, number in there.items():
        before = problem.former_table(session, guest)
        if before is not None:
            places[number] += MOVE
            places[number, before - 1] -= MOVE
    np.fill_diagonal(pairs, 0)
    return SessionCosts(
        guests=np.array(present),
        pairs=pairs,
        places=places,
        blocks=tuple(
            np.array([there[guest] for guest in group])
            for group in groups
            if len(group) > 1 and group not in clusters
        ),
        together=sum(
            size * (size - 1) // 2
            for group in groups
            for size in clusters.get(group, (len(group),))
        ),
    )


def empty_chairs(sizes: tuple[int, ...]) -> Ints:
    """The tables, from 0, of the chairs that would make all tables as large as the largest."""
    missing = [max(sizes) - size for size in sizes]
    return np.repeat(np.arange(len(sizes)), missing) if sizes else np.zeros(0, dtype=np.int64)


def meeting_costs(met: Floats) -> Floats:
    """The cost of one meeting more, by how often two people met already."""
    return np.where(met > 0, AGAIN + met, 0.0)


def least_like(problem: Problem, session: int) -> float:
    """What likeness costs in a session in which every value is spread evenly."""
    present = problem.present(session)
    cost = 0
    for feature in range(len(problem.features)):
        values = [problem.guests[guest].values[feature] for guest in present]
        cost += sum(even_pairs(values.count(value), problem.tables) for value in set(values))
    return LIKE * cost


def even_pairs(things: int, places: int) -> int:
    """The fewest pairs in one place when things are put in places: as evenly as can be."""
    fewer, more = divmod(things, places)
    return (places - more) * (fewer * (fewer - 1) // 2) + more * (fewer * (fewer + 1) // 2)


def _likeness(problem: Problem, present: tuple[int, ...]) -> Floats:
    """On how many features two people are alike, shape (guests there, guests there)."""
    alike = np.zeros((len(present), len(present)))
    for feature in range(len(problem.features)):
        values = [problem.guests[guest].values[feature] for guest in present]
        _, codes = np.unique(values, return_inverse=True)
        alike += codes[:, None] == codes[None, :]
    return alike
