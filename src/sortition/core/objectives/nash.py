"""Nash: the product of the probabilities as high as can be.

Over the relaxation this is smooth and concave, with few rows, so that an interior-point method
whose Newton system has the size of the rows finds it in a few dozen steps.

For ``min -sum(n log c)`` with ``A c = r``, ``l <= r <= u`` and ``c <= n``, the conditions are

    n / c = A'g + v,     g = a - b,     a (u - r) = b (r - l) = v (n - c) = barrier,

and the barrier is driven to nothing:

1. Find the bounds that every point presses against, as bounds that imply each other leave no
   inside; they are equations from here on, and whoever is sure of a seat is set aside.
2. Start anywhere inside the other bounds of ``c`` and ``r``.
3. Linearise the conditions, and eliminate all but the multipliers ``g`` of the rows.
4. Step almost to the nearest bound, and lower the barrier.
5. At the end take what is pressed against as equations, and let Newton's method solve them.

At the optimum a linear program proves it: with ``y = n / p``, no lottery has ``sum(y * p)`` above
the number of people, and by the inequality of the means none has a higher product. What it leaves
open decides whether the point is accepted, and not the size of the last step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sortition.core.objectives.pressed import Pressed, pressed
from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program
from sortition.core.types import Bools, Floats
from sortition.errors import SolverFailed
from sortition.model import SolverName

STEPS = 150
POLISH = 40
TIGHT = (1e-6, 1e-5, 1e-4, 1e-3)
FINE = 1e-12
MISSED = 1e-8
OPEN = 1e-9  # of the geometric mean, as a share of it
RIDGE = 1e-13
TO_THE_BOUND = 0.99


def nash(relaxation: Relaxation, *, solver: SolverName) -> Target | None:
    """The Nash point of a relaxation in which everybody can have a positive probability.

    Returns
    -------
    Target or None
        None if the relaxation is empty.

    Raises
    ------
    SolverFailed
        If the steps do not converge.
    """
    always = pressed(relaxation, solver=solver)
    if always is None:
        return None
    problem = _Problem.of(relaxation, always)
    for counts in problem.sharpened(problem.centred()):
        proof, left = _proof(relaxation, counts, solver)
        if left < OPEN:
            return Target(counts=counts, proofs=(proof,))
    raise SolverFailed("the interior-point method did not converge")


def _proof(relaxation: Relaxation, counts: Floats, solver: SolverName) -> tuple[Proof, float]:
    """How large ``sum(y * p)`` can be, and by what share that is more than it is at the point."""
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
    proof = Proof(
        weights=sizes * sizes / counts,
        counterweights=np.zeros(len(sizes)),
        multipliers=-solution.row_duals,
        settled=np.zeros(len(sizes), dtype=bool),
    )
    return proof, -solution.value / float(sizes.sum()) - 1


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
    """The rows over those who are not sure of a seat.

    Attributes
    ----------
    everybody : array of float, shape (types of the relaxation,)
        The size of each type.
    open : array of bool, shape (types of the relaxation,)
        Who is not sure of a seat: the T types of the other arrays.
    sizes : array of float, shape (T,)
    matrix : array of float, shape (rows, T)
    lower, upper : array of float, shape (rows,)
    fixed : array of bool, shape (rows,)
        The equations.
    """

    everybody: Floats
    open: Bools
    sizes: Floats
    matrix: Floats
    lower: Floats
    upper: Floats
    fixed: Bools

    @classmethod
    def of(cls, relaxation: Relaxation, always: Pressed) -> _Problem:
        rows = relaxation.rows
        matrix = np.zeros((len(rows), len(relaxation.types)))
        for number, row in enumerate(rows):
            matrix[number, row.columns] = row.coefficients
        sizes = relaxation.types.sizes.astype(float)
        matrix /= relaxation.scale[:, None]
        taken = matrix @ np.where(always.ceilings, sizes, 0.0)
        lower = np.where(always.above, relaxation.row_upper, relaxation.row_lower)
        upper = np.where(always.below, relaxation.row_lower, relaxation.row_upper)
        return cls(
            everybody=sizes,
            open=~always.ceilings,
            sizes=sizes[~always.ceilings],
            matrix=matrix[:, ~always.ceilings],
            lower=lower / relaxation.scale - taken,
            upper=upper / relaxation.scale - taken,
            fixed=lower == upper,
        )

    def start(self) -> _Point:
        rows = len(self.matrix)
        counts = self.sizes * min(0.5, self.lower[0] / max(1.0, self.sizes.sum()))
        bounded = np.isfinite(self.lower)
        sums = np.where(bounded, (self.lower + self.upper) / 2, self.upper - 1)
        return _Point(
            counts=counts,
            room_under=self.sizes - counts,
            ceiling_prices=np.ones(len(counts)),
            sums=sums,
            room_above=np.where(self.fixed, np.inf, self.upper - sums),
            room_below=np.where(self.fixed, np.inf, sums - self.lower),
            prices=np.zeros(rows),
            upper_prices=np.where(self.fixed, 0.0, 1.0),
            lower_prices=np.where(self.fixed | ~bounded, 0.0, 1.0),
            barrier=1.0,
        )

    def centred(self) -> _Point:
        """Where the steps end."""
        point = self.start()
        for _ in range(STEPS if len(self.sizes) else 0):
            if self.solved(point):
                break
            point = self.step(point)
        return point

    def solved(self, point: _Point) -> bool:
        missed = np.abs(self.matrix @ point.counts - point.sums).max()
        owed = self.sizes / point.counts - self.matrix.T @ point.prices - point.ceiling_prices
        owed_in_all = np.abs(owed * point.counts).max()
        return bool(point.barrier < FINE and missed < MISSED and owed_in_all < MISSED)

    def sharpened(self, point: _Point) -> Iterator[Floats]:
        """The counts to the last digits: Newton's method on what the point presses against.

        A bound is pressed against if its price is more than the room to it, or, as a price can be
        nothing, if there is hardly any room.
        """
        prices = np.maximum(point.upper_prices, point.lower_prices)
        room = np.minimum(point.room_above, point.room_below)
        yield self._newton(point, prices > room, point.ceiling_prices > point.room_under)
        for tight in TIGHT:
            yield self._newton(point, room < tight, point.room_under < tight)
        counts = self.everybody.copy()
        counts[self.open] = point.counts
        yield counts

    def _newton(self, point: _Point, tight: Bools, full: Bools) -> Floats:
        tight = tight | self.fixed
        bounds = np.where(point.room_above < point.room_below, self.upper, self.lower)[tight]
        bounds = bounds - self.matrix[tight][:, full] @ self.sizes[full]
        rows, sizes, counts = self.matrix[tight][:, ~full], self.sizes[~full], point.counts[~full]
        for _ in range(POLISH):
            scaled = rows * (counts**2 / sizes)
            normal, right = scaled @ rows.T, rows @ (2 * counts) - bounds
            prices = np.linalg.lstsq(normal, right)[0]
            before = counts
            counts = (2 * counts - scaled.T @ prices).clip(counts / 2, counts * 2)
            if np.abs(counts - before).max(initial=0.0) < FINE:
                break
        sharp, inside = self.everybody.copy(), self.sizes.copy()
        inside[~full] = counts
        sharp[self.open] = inside
        return sharp

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
