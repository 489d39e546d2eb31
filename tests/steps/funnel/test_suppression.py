from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sortition.steps.funnel.suppression import suppressed
from tests.budgets import examples

Counts = list[list[int]]


@st.composite
def funnels(draw: st.DrawFn) -> Counts:
    """Two to five groups through two to four stages, each keeping some of its people."""
    groups = []
    stages = draw(st.integers(2, 4))
    for _ in range(draw(st.integers(2, 5))):
        counts = [draw(st.integers(0, 60))]
        for _ in range(stages - 1):
            counts.append(draw(st.integers(max(0, counts[-1] - 12), counts[-1])))
        groups.append(counts)
    return groups


def possible(counts: Counts, out: frozenset[tuple[int, int]]) -> dict[tuple[int, int], list[float]]:
    """Between what each cell can lie for somebody who sees the others and the totals.

    All cells are variables here, those that are told with their value as both bounds.
    """
    rows, columns = len(counts), len(counts[0])
    at = {(r, c): r * columns + c for r in range(rows) for c in range(columns)}
    bounds = [(0, None) if (r, c) in out else (counts[r][c], counts[r][c]) for r, c in at]
    totals = np.zeros((columns, len(at)))
    for (_, column), number in at.items():
        totals[column, number] = 1
    nested = np.zeros((rows * (columns - 1), len(at)))
    pairs = [(r, c) for r in range(rows) for c in range(columns - 1)]
    for number, (row, column) in enumerate(pairs):
        nested[number, at[row, column + 1]], nested[number, at[row, column]] = 1, -1
    found = {}
    for cell in out:
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(at))
            cost[at[cell]] = sign
            solved = linprog(
                cost,
                A_ub=nested,
                b_ub=np.zeros(len(nested)),
                A_eq=totals,
                b_eq=np.array(counts).sum(axis=0),
                bounds=bounds,
            )
            assert solved.x is not None
            ends.append(float(solved.x[at[cell]]))
        found[cell] = ends
    return found


@settings(max_examples=examples(20))
@given(counts=funnels(), smallest=st.sampled_from([2, 3, 5]))
def test_nothing_that_is_left_out_can_be_told(counts: Counts, smallest: int) -> None:
    assume(np.array(counts).sum(axis=0).min() >= smallest)
    out = suppressed(counts, smallest)
    told = [c for r, cells in enumerate(counts) for n, c in enumerate(cells) if (r, n) not in out]
    assert all(count == 0 or count >= smallest for count in told)
    for cell, (low, high) in possible(counts, out).items():
        assert high - low >= smallest - 1e-6
        assert low - 1e-6 <= counts[cell[0]][cell[1]] <= high + 1e-6


@settings(max_examples=examples(20))
@given(counts=funnels())
def test_nothing_is_left_out_without_need(counts: Counts) -> None:
    assert suppressed(counts, 1) == frozenset()
    # a table in which nothing is small stays whole
    assert suppressed([[count + 5 for count in cells] for cells in counts], 5) == frozenset()


def test_one_small_cell_takes_the_next_smallest_with_it() -> None:
    counts = [[400, 2], [300, 20], [200, 9]]
    assert suppressed(counts, 5) == {(0, 1), (2, 1)}
    # together they are 11, and nobody knows how they share
    limits = possible(counts, frozenset({(0, 1), (2, 1)}))
    assert limits == {(0, 1): [0, 11], (2, 1): [0, 11]}


def test_two_small_cells_that_are_few_together_take_a_third() -> None:
    assert suppressed([[400, 1], [300, 2], [200, 9], [100, 30]], 5) == {(0, 1), (1, 1), (2, 1)}


def test_what_stands_beside_a_cell_must_not_tell_it() -> None:
    # 18 and 17 before and after would say that the 17 between is 17 or 18, and the 2 is 2 or 1
    counts = [[400, 18, 17, 17], [300, 10, 2, 2], [300, 8, 8, 8]]
    out = suppressed(counts, 5)
    assert {(1, 2), (1, 3)} <= out
    for low, high in possible(counts, out).values():
        assert high - low >= 5 - 1e-6


def test_a_stage_that_is_small_in_all_is_left_out() -> None:
    out = suppressed([[50, 3], [40, 0], [30, 1]], 5)
    assert {(0, 1), (2, 1)} <= out


@pytest.mark.parametrize("smallest", [3, 5])
def test_the_order_of_the_rows_makes_no_difference_to_what_is_told(smallest: int) -> None:
    counts = [[90, 40, 4], [80, 33, 11], [70, 31, 12], [60, 20, 2]]
    out = suppressed(counts, smallest)
    turned = suppressed(counts[::-1], smallest)
    assert turned == {(3 - row, column) for row, column in out}


Moves = tuple[Counts, int]


@st.composite
def joined(draw: st.DrawFn) -> Moves:
    """Groups at three stages, the last of which some people came to from elsewhere."""
    groups, others = [], 0
    for _ in range(draw(st.integers(2, 4))):
        pool = draw(st.integers(0, 40))
        before = draw(st.integers(0, pool))
        stayed = draw(st.integers(max(0, before - 8), before))
        came = draw(st.integers(0, min(8, pool - stayed)))
        others += came
        groups.append([pool, before, stayed + came])
    return groups, others


def widths(counts: Counts, out: frozenset[tuple[int, int]], most: int) -> list[float]:
    """How far apart each cell's ends are for who knows the stages, and how many came at most.

    The columns are the cells and then, for each group, who of its last stage came from elsewhere.
    """
    groups = len(counts)
    at = {(r, c): 3 * r + c for r in range(groups) for c in range(3)}
    size = len(at) + groups
    bounds: list[tuple[float, float | None]] = [
        (0, None) if cell in out else (counts[cell[0]][cell[1]],) * 2 for cell in at
    ]
    bounds += [(0, None)] * groups
    totals, above, limits = np.zeros((3, size)), [], []
    for (_, column), number in at.items():
        totals[column, number] = 1
    for row in range(groups):
        came = len(at) + row
        # pool >= before, pool >= after, came <= after, after - came <= before
        for higher, lower in (
            ([at[row, 0]], [at[row, 1]]),
            ([at[row, 0]], [at[row, 2]]),
            ([at[row, 2]], [came]),
            ([at[row, 1], came], [at[row, 2]]),
        ):
            line = np.zeros(size)
            line[higher], line[lower] = -1, 1
            above.append(line)
            limits.append(0)
    line = np.zeros(size)
    line[len(at) :] = 1
    above.append(line)
    limits.append(most)
    found = []
    for cell in out:
        cost = np.zeros(size)
        cost[at[cell]] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * cost,
                A_ub=np.array(above),
                b_ub=np.array(limits),
                A_eq=totals,
                b_eq=np.array(counts).sum(axis=0),
                bounds=bounds,
            )
            assert solved.x is not None
            ends.append(float(solved.x[at[cell]]))
        found.append(ends[1] - ends[0])
    return found


@settings(max_examples=examples(37))
@given(moves=joined(), smallest=st.sampled_from([2, 3, 5]))
def test_nothing_can_be_told_where_some_came_from_elsewhere(moves: Moves, smallest: int) -> None:
    counts, others = moves
    assume(np.array(counts).sum(axis=0).min() >= smallest)
    rises = any(after > before for _, before, after in counts)
    assume(rises)
    out = suppressed(counts, smallest, {(1, 2): others})
    told = [c for r, cells in enumerate(counts) for n, c in enumerate(cells) if (r, n) not in out]
    assert all(count == 0 or count >= smallest for count in told)
    assert all(width >= smallest - 1e-6 for width in widths(counts, out, max(others, smallest)))
