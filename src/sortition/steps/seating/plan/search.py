"""Find a good seating plan: sessions in turn, cooling down, and the best plan that was seen.

1. Each session gets a first seating that keeps the rules (`first_seats`), or is perfect from the
   start where arithmetic knows how (`perfect_sessions`).
2. In turn, each session is given some exchanges while the others stand still, so that what a
   meeting costs there does not change meanwhile.
3. The temperature falls by a constant factor from one turn to the next, and starts again in
   another round while the budget lasts.
4. After each turn of all sessions the plan is compared with the best one: broken rules, moves
   and mix first, in this order; then repeated meetings; then how often the same people meet.

The budget is a number of exchanges, never a time, so the same input gives the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from sortition.core.types import Floats, Ints
from sortition.steps.seating.plan.costs import (
    RULE,
    SessionCosts,
    empty_chairs,
    even_pairs,
    least_like,
    meeting_costs,
    session_costs,
)
from sortition.steps.seating.plan.exchange import Exchange, weights_at
from sortition.steps.seating.plan.problem import Problem, Seats
from sortition.steps.seating.plan.schedules import perfect_sessions
from sortition.steps.seating.plan.start import first_seats

STEPS = 60_000  # the usual budget
ROUND = 500  # steps for each guest: the slower it cools, the better, but few need it slower
HOTTEST, COLDEST = 4.0, 0.7
BLOCK_MOVES = 2  # in each turn of a session

Worth = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A plan, and how many exchanges were weighed for it."""

    seats: Seats
    steps: int


def find_seats(problem: Problem, *, most: int, seed: str, steps: int) -> Found:
    """The best plan that the budget finds.

    Parameters
    ----------
    most : int
        No plan has more different meetings; the search ends where it cannot go on.
    seed : str
        Any text; another one gives another plan.
    steps : int
        The budget: about so many exchanges are made or declined.

    Raises
    ------
    InputErrors
        If a session has no seating that keeps the rules.
    SolverFailed
    """
    number = int.from_bytes(sha256(f"sortition/seating/1\n{seed}".encode()).digest(), "big")
    search = _Search(problem, np.random.Generator(np.random.PCG64(number)))
    best, worth = search.seats(), search.worth()
    ideal = search.ideal(most)
    rounds = max(1, steps // (ROUND * len(problem.guests)))
    turns = max(1, steps // (rounds * max(1, search.steps_a_turn)))
    made = 0
    exchangeable = search.sessions and problem.tables > 1
    for turn in range(turns * rounds if exchangeable else 0):
        if worth <= ideal:
            break
        cooled = (turn % turns) / turns
        search.turn(HOTTEST * (COLDEST / HOTTEST) ** cooled)
        made += search.steps_a_turn
        now = search.worth()
        if now < worth:
            best, worth = search.seats(), now
    return Found(seats=best, steps=made)


class _Search:
    def __init__(self, problem: Problem, rng: np.random.Generator) -> None:
        self._problem, self._rng = problem, rng
        # few for few people: each of their exchanges changes much for the other sessions
        self._steps = max(3, len(problem.guests) // 16)
        self._tables: list[Ints] = []
        self.sessions: list[SessionCosts] = []
        ready = _ready_seats(problem, rng)
        for session in range(problem.held, problem.sessions):
            costs = session_costs(problem, session)
            known = session < len(ready)
            seats = ready[session] if known else first_seats(problem, session, rng)
            self.sessions.append(costs)
            sizes = problem.sizes(session)
            chairs = empty_chairs(sizes) if sizes else _chairs(seats, problem.tables)
            self._tables.append(np.concatenate([seats, chairs]))
        self._met = self._meetings()
        self._fixed = [self._fixed_cost(n) for n in range(len(self.sessions))]
        # what the first seating has of rules and moves, no seating has less of
        self._least = sum(map(self._ruled_cost, range(len(self.sessions))))

    @property
    def steps_a_turn(self) -> int:
        """How many exchanges one turn of all sessions weighs."""
        return self._steps * len(self.sessions)

    def turn(self, temperature: float) -> None:
        """Some exchanges in each session."""
        weights = weights_at(temperature)
        for number, costs in enumerate(self.sessions):
            seats = self._tables[number]
            there = np.ix_(costs.guests, costs.guests)
            people = len(costs.guests)
            self._met[there] -= _shared(seats[:people])
            pairs = costs.pairs.copy()
            pairs[:people, :people] += meeting_costs(self._met[there])
            np.fill_diagonal(pairs, 0)
            exchange = Exchange(seats, pairs, costs.places, self._rng)
            for _ in range(self._steps):
                exchange.step(weights)
            for _ in range(BLOCK_MOVES if costs.blocks else 0):
                chosen = int(self._rng.integers(0, len(costs.blocks)))
                exchange.move_block(costs.blocks[chosen], weights)
            self._met[there] += _shared(seats[:people])
            self._fixed[number] = self._fixed_cost(number)

    def worth(self) -> Worth:
        """The smaller, the better; every pair is counted twice in the last two."""
        repeats = np.maximum(self._met - 1, 0).sum()
        return sum(self._fixed), float(repeats), float((self._met * (self._met - 1)).sum())

    def ideal(self, most: int) -> Worth:
        """What no plan is better than."""
        guests = len(self._problem.guests)
        meetings = int(self._met.sum()) // 2
        pairs = guests * (guests - 1) // 2
        crowding = 4 * even_pairs(meetings, pairs) if pairs else 0
        likeness = sum(
            least_like(self._problem, session)
            for session in range(self._problem.held, self._problem.sessions)
        )
        return self._least + likeness, 2.0 * (meetings - most), float(crowding)

    def seats(self) -> Seats:
        """The plan as it stands, for all sessions."""
        plan = [list(tables) for tables in self._problem.former[: self._problem.held]]
        for costs, tables in zip(self.sessions, self._tables, strict=True):
            places: list[int | None] = [None] * len(self._problem.guests)
            for number, guest in enumerate(costs.guests.tolist()):
                places[guest] = int(tables[number]) + 1
            plan.append(places)
        return tuple(map(tuple, plan))

    def _meetings(self) -> Floats:
        """How often two people met, shape (guests, guests)."""
        guests = len(self._problem.guests)
        met = np.zeros((guests, guests))
        for tables in self._problem.former[: self._problem.held]:
            held = np.array([-1 if table is None else table for table in tables])
            met += _shared(held) * (held >= 0)
        for costs, seats in zip(self.sessions, self._tables, strict=True):
            met[np.ix_(costs.guests, costs.guests)] += _shared(seats[: len(costs.guests)])
        return met

    def _fixed_cost(self, number: int) -> float:
        costs, tables = self.sessions[number], self._tables[number]
        at_tables = (costs.pairs * _shared(tables)).sum() / 2
        return float(at_tables + costs.places[np.arange(len(tables)), tables].sum())

    def _ruled_cost(self, number: int) -> float:
        costs, tables = self.sessions[number], self._tables[number]
        moved = costs.places[np.arange(len(tables)), tables].sum()
        return float(moved - RULE * costs.together)


def _ready_seats(problem: Problem, rng: np.random.Generator) -> tuple[Ints, ...]:
    """Perfect sessions, if there is nothing but tables and people to think of."""
    guests = len(problem.guests)
    everybody = all(all(guest.present) for guest in problem.guests)
    if problem.rules or problem.former or problem.chairs or not everybody:
        return ()
    chairs = -guests % problem.tables
    sessions = perfect_sessions(problem.tables, (guests + chairs) // problem.tables)
    if chairs:  # at different tables only while their row is not cut into tables
        sessions = sessions[: problem.tables]
    seat_of = rng.permutation(guests)
    return tuple(tables[seat_of] for tables in sessions)


def _chairs(seats: Ints, tables: int) -> Ints:
    """Empty chairs at the tables that have a seat less."""
    sizes = np.bincount(seats, minlength=tables)
    return np.flatnonzero(sizes < sizes.max())


def _shared(tables: Ints) -> Floats:
    """1 for two people who share a table, shape (n, n); 0 for somebody with herself."""
    shared: Floats = (tables[:, None] == tables).astype(float)
    np.fill_diagonal(shared, 0)
    return shared
