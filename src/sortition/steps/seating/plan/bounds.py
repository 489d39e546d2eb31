"""The most different meetings that any plan can have.

A bound, not always reached. It is the optimum of a small integer program over how many pairs meet
how often: ``n[c, m]`` pairs who are both there in c sessions meet m times.

* Each class of pairs is as large as it is: ``sum over m of n[c, m]``.
* The seats make so many meetings in all: ``sum of m n[c, m]``.
* Two sessions cannot avoid some meetings twice: of the k people who are there both times, spread
  over the tables of the one and of the other, as many pairs share both tables as pigeonholes
  force. So ``sum of m (m - 1) / 2 n[c, m]`` has a lower bound.
* Nobody meets more people than there are, or than sit beside her in all sessions.

Pairs who must sit together meet whenever both are there, and those kept apart never do.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row
from sortition.steps.seating.plan.costs import even_pairs
from sortition.steps.seating.plan.problem import Problem, blocks_of, clusters_of


def most_meetings(problem: Problem) -> int:
    """No plan has more pairs who meet at least once.

    Raises
    ------
    SolverFailed
    """
    there = [frozenset(problem.present(session)) for session in range(problem.sessions)]
    shared = Counter[tuple[int, int]]()
    for present in there:
        shared.update(combinations(sorted(present), 2))
    together, apart = _ruled_pairs(problem, there)
    free = Counter(
        common for pair, common in shared.items() if pair not in together and pair not in apart
    )
    meetings = sum(_seated_pairs(problem, session) for session in range(problem.sessions))
    meetings -= sum(together.values())
    overlaps = sum(
        even_pairs(len(one & other), _cells(problem, first, second))
        for (first, one), (second, other) in combinations(enumerate(there), 2)
    )
    overlaps -= sum(times * (times - 1) // 2 for times in together.values())
    most = _solve(free, meetings, overlaps) + len(together)
    return min(most, _by_person(problem, there, shared, apart))


def _solve(free: Counter[int], meetings: int, overlaps: int) -> int:
    classes = [(common, times) for common in sorted(free) for times in range(common + 1)]
    if not classes or meetings <= 0:
        return 0
    common, times = (np.array(side) for side in zip(*classes, strict=True))
    everything = np.arange(len(classes))
    rows = [
        *(
            Row(columns=np.flatnonzero(common == c), coefficients=np.ones(c + 1))
            for c in sorted(free)
        ),
        Row(columns=everything, coefficients=times.astype(float)),
        Row(columns=everything, coefficients=times * (times - 1) / 2),
    ]
    sizes = [float(free[c]) for c in sorted(free)]
    bounds = Bounds(
        lower=np.zeros(len(classes)),
        upper=np.array([float(free[c]) for c, _ in classes]),
        # fewer meetings than seats can make are allowed: the bound holds all the same
        row_lower=np.array([*sizes, 0.0, float(max(0, overlaps))]),
        row_upper=np.array([*sizes, float(meetings), np.inf]),
    )
    program = Program(len(classes), rows, solver="highs", integer=True)
    solution = program.minimise(-(times > 0).astype(float), bounds)
    return sum(free.values()) if solution is None else round(-solution.value)


def _by_person(
    problem: Problem,
    there: list[frozenset[int]],
    shared: Counter[tuple[int, int]],
    apart: frozenset[tuple[int, int]],
) -> int:
    """Everybody meets at most all whom she can, and at most those who sit beside her."""
    reach = Counter(guest for pair in shared if pair not in apart for guest in pair)
    neighbours = Counter[int]()
    for session, present in enumerate(there):
        for guest in present:
            neighbours[guest] += _neighbours(problem, session, guest)
    return sum(min(reach[guest], neighbours[guest]) for guest in reach) // 2


def _neighbours(problem: Problem, session: int, guest: int) -> int:
    if session < problem.held:
        seated = problem.former[session]
        return seated.count(seated[guest]) - 1
    return problem.largest(session) - 1


def _seated_pairs(problem: Problem, session: int) -> int:
    """How many pairs share a table in a session."""
    if session < problem.held:
        sizes = Counter(table for table in problem.former[session] if table is not None)
        return sum(size * (size - 1) // 2 for size in sizes.values())
    fixed = problem.sizes(session)
    if fixed:
        return sum(size * (size - 1) // 2 for size in fixed)
    return even_pairs(len(problem.present(session)), problem.tables)


def _cells(problem: Problem, first: int, second: int) -> int:
    """Into how many lots two sessions part those who are there both times."""
    cells = 1
    for session in (first, second):
        held = session < problem.held
        cells *= len(set(problem.former[session]) - {None}) if held else problem.tables
    return cells


def _ruled_pairs(
    problem: Problem, there: list[frozenset[int]]
) -> tuple[Counter[tuple[int, int]], frozenset[tuple[int, int]]]:
    """How often pairs must meet, and the pairs who never do; nothing if sessions were held."""
    together = Counter[tuple[int, int]]()
    apart: set[tuple[int, int]] = set()
    if problem.held:  # which may have been before the rules
        return together, frozenset()
    for session, present in enumerate(there):
        clusters = clusters_of(problem, session)
        for block in blocks_of(problem, present):
            if block not in clusters:  # whose people do not all share a table
                together.update(combinations(block, 2))
    for rule in problem.rules:
        if rule.kind == "apart":
            apart.update(combinations(rule.guests, 2))
    return together, frozenset(apart)
