"""A first seating of one session: the rules kept and, after a former plan, the fewest moves.

An integer program seats the groups whom a rule is about: binary ``x[g, t]`` puts group g at table
t, and ``e[t]`` gives table t the seat more that some tables have. Everybody else fills the seats
that are left, so the program has a solution exactly if a seating exists. After a former plan it
is about everybody, and its optimum is the fewest moves there can be.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.types import Ints
from sortition.errors import Finding, InputErrors
from sortition.steps.seating.plan.problem import Problem, blocks_of, clusters_of, sizes_of

MOVE = 10_000  # beyond whatever chance adds to a cost
CHANCE = 100


def first_seats(problem: Problem, session: int, rng: np.random.Generator) -> Ints:
    """The table of each of those who are there, from 0, in the order of `Problem.present`.

    Raises
    ------
    InputErrors
        If no seating of this session keeps the rules.
    SolverFailed
    """
    present = problem.present(session)
    groups = _ruled(problem, session, present, rng)
    table_of, free = _seat_groups(problem, session, groups, rng) if groups else ({}, None)
    smaller, larger = _sizes(problem, session)
    if free is None:
        free = smaller.copy()
        free[rng.permutation(problem.tables)[:larger]] += 1
    others = [guest for guest in present if guest not in table_of]
    chairs = rng.permutation(np.repeat(np.arange(problem.tables), free))
    table_of |= dict(zip(others, chairs.tolist(), strict=True))
    return np.array([table_of[guest] for guest in present], dtype=np.int64)


def _sizes(problem: Problem, session: int) -> tuple[Ints, int]:
    """The size of each table, and how many have a seat more."""
    fixed = problem.sizes(session)
    if fixed:
        return np.array(fixed), 0
    smaller, larger = sizes_of(len(problem.present(session)), problem.tables)
    return np.full(problem.tables, smaller), larger


def _ruled(
    problem: Problem, session: int, present: Sequence[int], rng: np.random.Generator
) -> list[tuple[int, ...]]:
    """The groups that the program seats; those that no table has room for in their parts."""
    named = {guest for rule in problem.rules for guest in rule.guests}
    named |= {guest for guest in present if problem.former_table(session, guest) is not None}
    clusters = clusters_of(problem, session)
    groups = []
    for block in blocks_of(problem, present):
        if block in clusters:
            order = rng.permutation(block).tolist()
            ends = np.cumsum(clusters[block]).tolist()
            groups += [
                tuple(order[end - n : end]) for n, end in zip(clusters[block], ends, strict=True)
            ]
        elif named.intersection(block):
            groups.append(block)
    return groups


def _seat_groups(
    problem: Problem,
    session: int,
    groups: Sequence[tuple[int, ...]],
    rng: np.random.Generator,
) -> tuple[dict[int, int], Ints]:
    """The table of each member, and the seats that are then free at each table."""
    tables = problem.tables
    smaller, larger = _sizes(problem, session)
    column = np.arange(len(groups) * tables).reshape(len(groups), tables)
    extra = column.size + np.arange(tables)
    sizes = np.array([len(group) for group in groups])
    group_of = {guest: number for number, group in enumerate(groups) for guest in group}
    apart = [
        [group_of[guest] for guest in rule.guests if guest in group_of]
        for rule in problem.rules
        if rule.kind == "apart"
    ]
    listed = [(column[g], 1.0, 1.0) for g in range(len(groups))]
    listed += [(column[of, t], 0.0, 1.0) for of in apart for t in range(tables) if of]
    rows = [Row(columns=columns, coefficients=np.ones(len(columns))) for columns, _, _ in listed]
    rows += [
        Row(
            columns=np.append(column[:, t], extra[t]),
            coefficients=np.append(sizes, -1.0),
        )
        for t in range(tables)
    ]
    rows.append(Row(columns=extra, coefficients=np.ones(tables)))
    lower, upper, cost = _columns(problem, session, groups, rng)
    solution = Program(column.size + tables, rows, solver="highs", integer=True).minimise(
        cost,
        Bounds(
            lower=lower,
            upper=upper,
            row_lower=np.array([low for _, low, _ in listed] + [-1.0] * tables + [larger]),
            row_upper=np.array([*(high for _, _, high in listed), *smaller, larger]),
        ),
    )
    if solution is None:
        raise InputErrors((Finding(code="seating-impossible", facts={"session": session + 1}),))
    chosen = solution.columns.round().astype(np.int64)
    table = chosen[column].argmax(axis=1)
    free = smaller + chosen[extra] - chosen[column].T @ sizes
    return {guest: int(table[number]) for guest, number in group_of.items()}, free


def _columns(
    problem: Problem,
    session: int,
    groups: Sequence[tuple[int, ...]],
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bounds and costs: a set table bounds, a move costs, and chance decides between equals."""
    shape = len(groups), problem.tables
    upper = np.ones(shape)
    cost = rng.integers(0, CHANCE, shape).astype(float) / len(groups)
    for number, group in enumerate(groups):
        for rule in problem.rules:
            if rule.table is not None and set(rule.guests).intersection(group):
                upper[number, np.arange(problem.tables) != rule.table - 1] = 0
        for guest in group:
            before = problem.former_table(session, guest)
            if before is not None:
                cost[number] += MOVE
                cost[number, before - 1] -= MOVE
    tables = problem.tables
    return (
        np.zeros(upper.size + tables),
        np.append(upper.ravel(), np.ones(tables)),
        np.append(cost.ravel(), np.zeros(tables)),
    )
