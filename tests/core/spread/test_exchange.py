"""The chain of exchanges against all tables there are, found by trying."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from sortition.core.spread.exchange import Tokens, batch, exchange, families_of
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.people import people_of
from sortition.core.spread.table import Table
from sortition.core.types import Ints
from sortition.model import COMBINATION, Instance, Quota, Quotas
from tests.budgets import examples
from tests.making import all_panels, instance

OFTEN = examples(10)

Seats = tuple[tuple[int, ...], ...]

HALF = {"sex": {"f": (1, 2), "m": (1, 2)}, "age": {"a": (1, 2), "b": (1, 2)}}
QUOTAS = instance(["f a", "f b", "f b", "m a", "m a", "m b"], HALF, 3)
COUPLES = instance(
    ["f a", "f b", "f b", "m a", "m a", "m b"], HALF, 3, households=[0, None, None, 0, None, None]
)
FLATS = instance(
    ["f", "f", "f", "m", "m", "m"],
    {"sex": {"f": (1, 3), "m": (1, 3)}},
    4,
    households=[0, 0, 0, 0, 1, 1],
    limit=2,
)


def panels_of(problem: Instance) -> list[tuple[int, ...]]:
    position = {member.id: number for number, member in enumerate(problem.pool.members)}
    return [tuple(sorted(position[id] for id in panel)) for panel in all_panels(problem)]


def tables(problem: Instance, start: Seats) -> set[Seats]:
    """All tables of panels in which everybody has as many tickets as in this one."""
    held = Counter(person for row in start for person in row)
    return {
        rows
        for rows in product(panels_of(problem), repeat=len(start))
        if Counter(person for row in rows for person in row) == held
    }


def rows_of(seats: Ints) -> Seats:
    return tuple(tuple(sorted(row)) for row in seats.tolist())


@pytest.mark.parametrize("problem", [QUOTAS, COUPLES, FLATS], ids=["quotas", "couples", "flats"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_table_comes_equally_often(problem: Instance, seed: int) -> None:
    panels = panels_of(problem)
    start = (panels[0], panels[-1], panels[len(panels) // 2])
    expected = tables(problem, start)
    people, numbers = people_of(problem), Numbers(seed)
    tokens = Tokens(Table(np.array(start), people))
    families = families_of(tokens)
    seen: Counter[Seats] = Counter()
    looks = OFTEN * len(expected)
    for _ in range(looks):
        # so many moves between two looks that they are as good as independent
        for _ in range(20):
            which = int(numbers.below(np.array([len(families)]))[0])
            batch(tokens, families[which], 2, numbers)
        seen[rows_of(tokens.table.seats)] += 1
    assert set(seen) <= expected
    assert set(seen) == expected, f"{len(seen)} of {len(expected)} tables"
    chi_square = sum((seen[rows] - OFTEN) ** 2 / OFTEN for rows in expected)
    freedom = len(expected) - 1
    # five standard deviations
    found = f"seed {seed}: {len(expected)} tables, chi-square {chi_square:.1f} for {freedom}"
    assert chi_square < freedom + 5 * (2 * freedom) ** 0.5, found


def test_every_move_can_be_undone_with_the_same_chance() -> None:
    """From a few tables, all batches of two moves that any numbers can give."""

    class Given(Numbers):
        def __init__(self, *drawn: list[int]) -> None:
            self._drawn = iter(drawn)

        def below(self, bounds: Ints) -> Ints:
            return np.array(next(self._drawn)) % bounds

    panels = panels_of(COUPLES)
    people = people_of(COUPLES)
    todo = [np.array((panels[0], panels[-1], panels[1]))]
    known: set[bytes] = set()
    ways: Counter[tuple[bytes, bytes]] = Counter()
    while todo and len(known) < 3:
        before = Tokens(Table(todo.pop(), people))
        if before.table.seats.tobytes() in known:
            continue
        known.add(before.table.seats.tobytes())
        family = families_of(before)[-1]
        everybody, mates = range(len(before.person)), range(int(family.size.max()))
        for one, other, first, second in product(everybody, everybody, mates, mates):
            after = Tokens(Table(before.table.seats, people))
            batch(after, family, 2, Given([one, other], [first, second]))
            ways[before.table.seats.tobytes(), after.table.seats.tobytes()] += 1
            todo.append(after.table.seats)
    there = {pair: n for pair, n in ways.items() if set(pair) <= known}
    assert sum(before != after for before, after in there) >= 2
    assert all(there[after, before] == n for (before, after), n in there.items())


@pytest.mark.parametrize("problem", [QUOTAS, COUPLES, FLATS], ids=["quotas", "couples", "flats"])
def test_everybody_keeps_her_tickets_and_every_ticket_stays_a_panel(problem: Instance) -> None:
    panels = panels_of(problem)
    start = np.array([panels[number % len(panels)] for number in range(100)])
    after = exchange(start, people_of(problem), Numbers(3))
    assert set(rows_of(after)) <= set(panels)
    assert Counter(after.ravel().tolist()) == Counter(start.ravel().tolist())
    assert not np.array_equal(after, start)


def test_combinations_are_kept() -> None:
    one = Quota(
        feature=COMBINATION,
        value="sex=f & age=b",
        lower=1,
        upper=1,
        parts=(("sex", "f"), ("age", "b")),
    )
    rows = (*QUOTAS.quotas.rows, one)
    problem = Instance(pool=QUOTAS.pool, quotas=Quotas(rows=rows), panel_size=3)
    # the women above 30 are the second and the third
    panels = [panel for panel in panels_of(QUOTAS) if (1 in panel) != (2 in panel)]
    start = np.array([panels[number % len(panels)] for number in range(60)])
    after = exchange(start, people_of(problem), Numbers(5))
    assert set(rows_of(after)) <= set(panels)
    assert not np.array_equal(after, start)


def test_one_ticket_stays_as_it_is() -> None:
    only = np.array([panels_of(QUOTAS)[0]])
    assert np.array_equal(exchange(only, people_of(QUOTAS), Numbers(1)), only)
