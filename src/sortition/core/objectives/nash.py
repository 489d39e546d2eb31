"""Nash: the product of the probabilities as high as can be.

Over the relaxation this is smooth and concave, with few rows, so that an interior-point method
whose Newton system has the size of the rows finds it in a few dozen steps.

For ``min -sum(n log c)`` with ``A c = r``, ``l <= r <= u`` and ``c <= n``, the conditions are

    n / c = A'g + v,     g = a - b,     a (u - r) = b (r - l) = v (n - c) = barrier,

and the barrier is driven to nothing:

1. Start anywhere inside the bounds of ``c`` and ``r``.
2. Linearise the conditions, and eliminate all but the multipliers ``g`` of the rows.
3. Step almost to the nearest bound, and lower the barrier.
4. At the end take what is pressed against as equations, and let Newton's method solve them.

At the optimum a linear program proves it: with ``y = n / p``, no lottery has ``sum(y * p)`` above
the number of people, and by the inequality of the means none has a higher product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program
from sortition.core.types import Bools, Floats
from sortition.errors import SolverFailed
from sortition.model import SolverName

STEPS = 100
POLISH = 8
TIGHT = 1e-6
FINE = 1e-10
ROOM = 1e-9
MISSED = 1e-7
RIDGE = 1e-12
TO_THE_BOUND = 0.99


def nash(relaxation: Relaxation, *, solver: SolverName) -> Target | None:
    """The Nash point of a relaxation in which everybody can have a positive probability.

    Raises
    ------
    SolverFailed
        If the steps do not converge.
    """
    problem = _Problem.of(relaxation)
    point = problem.start()
    for _ in range(STEPS):
        if problem.solved(point):
            break
        point = problem.step(point)
    counts = problem.sharpened(point)
    if problem.missed(counts) > MISSED:
        raise SolverFailed("the interior-point method did not converge")
    return Target(counts=counts, proofs=(_proof(relaxation, counts, solver),))


def _proof(relaxation: Relaxation, counts: Floats, solver: SolverName) -> Proof:
    """How large ``sum(y * p)`` can be, which at the optimum is no more than it is there."""
    sizes = relaxation.types.sizes.astype(float)
    bounds = Bounds(
        lower=np.zeros(len(sizes)),
        upper=sizes,
        row_lower=relaxation.row_lower,
        row_upper=relaxation.row_upper,
    )
    program = Program(len(sizes), relaxation.rows, solver=solver)
    solution = program.minimise(-sizes / counts, bounds)
    if solution is None:
        raise SolverFailed("the relaxation turned empty")
    return Proof(
        weights=sizes * sizes / counts,
        counterweights=np.zeros(len(sizes)),
        multipliers=-solution.row_duals,
        settled=np.zeros(len(sizes), dtype=bool),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A step of the method; arrays of shape (T,) or (rows,).

    The room to each bound is kept beside the value, as it grows smaller than the value's last
    digit.
    """

    counts: Floats
    room_under: Floats
    ceiling_prices: Floats
    sums: Floats
    room_above: Floats
    room_below: Floats
    prices: Floats
    upper_prices: Floats
    lower_prices: Floats
    barrier: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problem:
    sizes: Floats
    matrix: Floats
    lower: Floats
    upper: Floats
    fixed: Bools

    @classmethod
    def of(cls, relaxation: Relaxation) -> _Problem:
        rows = relaxation.rows
        matrix = np.zeros((len(rows), len(relaxation.types)))
        for number, row in enumerate(rows):
            matrix[number, row.columns] = row.coefficients
        lower, upper = relaxation.row_lower, relaxation.row_upper
        fixed = lower == upper
        # a hair of room, as bounds that imply each other leave no inside
        return cls(
            sizes=relaxation.types.sizes.astype(float),
            matrix=matrix,
            lower=np.where(fixed, lower, lower - ROOM),
            upper=np.where(fixed, upper, upper + ROOM),
            fixed=fixed,
        )

    def start(self) -> _Point:
        rows = len(self.matrix)
        counts = self.sizes * min(0.5, self.lower[0] / self.sizes.sum())
        bounded = np.isfinite(self.lower)
        sums = np.where(bounded, (self.lower + self.upper) / 2, self.upper - 1)
        return _Point(
            counts=counts,
            room_under=self.sizes * (1 + ROOM) - counts,
            ceiling_prices=np.ones(len(counts)),
            sums=sums,
            room_above=np.where(self.fixed, np.inf, self.upper - sums),
            room_below=np.where(self.fixed, np.inf, sums - self.lower),
            prices=np.zeros(rows),
            upper_prices=np.where(self.fixed, 0.0, 1.0),
            lower_prices=np.where(self.fixed | ~bounded, 0.0, 1.0),
            barrier=1.0,
        )

    def solved(self, point: _Point) -> bool:
        missed = np.abs(self.matrix @ point.counts - point.sums).max()
        owed = self.sizes / point.counts - self.matrix.T @ point.prices - point.ceiling_prices
        owed_in_all = np.abs(owed * point.counts).max()
        return bool(point.barrier < FINE and missed < MISSED and owed_in_all < MISSED)

    def missed(self, counts: Floats) -> float:
        """How far counts are outside the bounds."""
        sums = self.matrix @ counts
        rows = np.maximum(self.lower - sums, sums - self.upper).max()
        return float(max(rows, (counts - self.sizes).max(), -counts.min()))

    def sharpened(self, point: _Point) -> Floats:
        """The counts to the last digits: Newton's method on what the point presses against.

        Where bounds imply each other the barrier method stays a hair off.
        """
        sums = self.matrix @ point.counts
        above, below = self.upper - sums < TIGHT, sums - self.lower < TIGHT
        tight = above | below
        full = self.sizes - point.counts < TIGHT
        rows, sizes = self.matrix[tight][:, ~full], self.sizes[~full]
        bounds = np.where(above, self.upper, self.lower).round()[tight]
        bounds = bounds - self.matrix[tight][:, full] @ self.sizes[full]
        counts = point.counts[~full]
        for _ in range(POLISH):
            scaled = rows * (counts**2 / sizes)
            normal, right = scaled @ rows.T, rows @ (2 * counts) - bounds
            prices = np.linalg.lstsq(normal, right)[0]
            counts = (2 * counts - scaled.T @ prices).clip(counts / 2, counts * 2)
        sharp = self.sizes.copy()
        sharp[~full] = counts
        return sharp if self.missed(sharp) < MISSED else point.counts

    def step(self, point: _Point) -> _Point:
        counts, room_under = point.counts, point.room_under
        # what the prices should be for the barrier, and how fast they change with the room
        push_under = point.barrier / room_under
        push_up, push_down = point.barrier / point.room_above, point.barrier / point.room_below
        stiff_up = point.upper_prices / point.room_above
        stiff_down = point.lower_prices / point.room_below
        stiff_under = point.ceiling_prices / room_under
        give = np.zeros(len(push_up))
        np.divide(1.0, stiff_up + stiff_down, out=give, where=~self.fixed)

        curvature = self.sizes / counts**2 + stiff_under
        pull = self.sizes / counts - self.matrix.T @ point.prices - push_under
        offset = point.prices - push_up + push_down
        weighted = self.matrix / curvature
        normal = weighted @ self.matrix.T + np.diag(give)
        # rows that follow from others, or that nobody counts for, make it singular
        normal[np.diag_indices_from(normal)] += RIDGE * normal.diagonal().max()
        d_prices = np.linalg.solve(
            normal, weighted @ pull - give * offset + self.matrix @ counts - point.sums
        )
        d_counts = (pull - self.matrix.T @ d_prices) / curvature
        d_sums = give * (d_prices + offset)
        d_ceiling = push_under - point.ceiling_prices + stiff_under * d_counts
        d_upper = push_up - point.upper_prices + stiff_up * d_sums
        d_lower = push_down - point.lower_prices - stiff_down * d_sums

        primal = _longest(
            (counts, d_counts),
            (room_under, -d_counts),
            (point.room_above, -d_sums),
            (point.room_below, d_sums),
        )
        dual = _longest(
            (point.ceiling_prices, d_ceiling),
            (point.upper_prices, d_upper),
            (point.lower_prices, d_lower),
        )
        return _Point(
            counts=counts + primal * d_counts,
            room_under=room_under - primal * d_counts,
            ceiling_prices=point.ceiling_prices + dual * d_ceiling,
            sums=point.sums + primal * d_sums,
            room_above=point.room_above - primal * d_sums,
            room_below=point.room_below + primal * d_sums,
            prices=point.prices + dual * d_prices,
            upper_prices=point.upper_prices + dual * d_upper,
            lower_prices=point.lower_prices + dual * d_lower,
            barrier=point.barrier * (0.2 if min(primal, dual) > 0.5 else 0.9),
        )


def _longest(*moves: tuple[Floats, Floats]) -> float:
    """The longest step, at most 1, that keeps positive values positive."""
    longest = 1.0
    for values, change in moves:
        falling = (change < 0) & (values > 0)
        ratios = -values[falling] / change[falling]
        longest = min(longest, TO_THE_BOUND * float(ratios.min(initial=np.inf)))
    return longest
