"""Goldilocks: no probability too low and none too high.

Baharav, Flanigan, *Fair, manipulation-robust, and transparent sortition*, NeurIPS 2024, minimise

    (n / k) * highest  +  gamma * (k / n) / lowest.

1. Over the relaxation this is a linear program in the lowest probability, the highest, and the
   share of each type above the lowest, but for ``1 / lowest``.
2. Replace that by tangents, which lie below it; solve; add the tangent at the lowest probability
   found; repeat until nothing is gained.
3. Of all lotteries with this highest probability take the leximin one. Its lowest probability is
   the one found, and it is unique.

The duals prove it. With weights ``v`` for the lowest and counterweights ``u`` for the highest that
add up to at most ``n / k``, the measure is at least ``u p + gamma k / (n lowest)``, which by the
inequality of the means is at least ``u p - v p + 2 sqrt(gamma (k / n) sum(v))``.
"""

from __future__ import annotations

import numpy as np

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.errors import SolverFailed
from sortition.model import SolverName

TANGENTS = 60
GAINED = 1e-8


def goldilocks(relaxation: Relaxation, *, gamma: float, solver: SolverName) -> Target | None:
    """The goldilocks point of a relaxation in which everybody can have a positive probability.

    Parameters
    ----------
    relaxation : Relaxation
    gamma : float
        How much low probabilities weigh against high ones; above 0.
    solver : {"highs", "cbc"}

    Returns
    -------
    Target or None
        None if the relaxation is empty.

    Raises
    ------
    SolverFailed
        If the tangents do not close in.
    """
    lowest = Ladder(relaxation, solver=solver).raise_lowest()
    if lowest is None:
        return None
    program = _Tangents(relaxation, gamma, solver)
    at = lowest.value
    even = relaxation.types.panel_size / float(relaxation.types.sizes.sum())
    # a lower probability than this costs more than the lottery that raises the lowest
    program.add_tangent(gamma * even / (1 / even + gamma * even / at))
    for _ in range(TANGENTS):
        program.add_tangent(at)
        solution = program.solve()
        at, highest, inverse = solution.columns[-3:].tolist()
        if 1 / at - inverse <= GAINED / at:
            target = Ladder(relaxation, ceiling=highest, solver=solver).climb()
            if target is None:
                raise SolverFailed("a highest probability that was reached cannot be kept")
            return Target(counts=target.counts, proofs=(program.proof(solution),))
    raise SolverFailed("the tangents did not close in")


class _Tangents:
    """The linear program.

    Its columns are each type's surplus over the lowest, the lowest, the highest, and the inverse of
    the lowest; its rows those of the relaxation, each type against the highest, each type against
    a probability of 1, and the tangents.
    """

    def __init__(self, relaxation: Relaxation, gamma: float, solver: SolverName) -> None:
        types = relaxation.types
        sizes = types.sizes.astype(float)
        self._relaxation, self._sizes = relaxation, sizes
        size = len(types)
        self._lowest, self._highest, self._inverse = size, size + 1, size + 2
        even = types.panel_size / sizes.sum()
        self._cost = np.zeros(size + 3)
        self._cost[self._highest], self._cost[self._inverse] = 1 / even, gamma * even
        of_lowest = relaxation.activity(sizes)
        rows = [
            Row(
                columns=np.append(row.columns, self._lowest),
                coefficients=np.append(row.coefficients, of_lowest[number]),
            )
            for number, row in enumerate(relaxation.rows)
        ]
        rows += [
            Row(
                columns=np.array([type_, self._lowest, self._highest]),
                coefficients=np.array([1.0, count, -count]),
            )
            for type_, count in enumerate(sizes.tolist())
        ]
        rows += [
            Row(columns=np.array([type_, self._lowest]), coefficients=np.array([1.0, count]))
            for type_, count in enumerate(sizes.tolist())
        ]
        self._program = Program(size + 3, rows, solver=solver)
        self._tangents: list[float] = []

    def add_tangent(self, at: float) -> None:
        """``inverse + lowest / at**2 >= 2 / at``, scaled to coefficients near 1."""
        self._program.add_row(
            Row(
                columns=np.array([self._inverse, self._lowest]),
                coefficients=np.array([at, 1 / at]),
            )
        )
        self._tangents.append(at)

    def solve(self) -> Solution:
        relaxation, size, tangents = self._relaxation, len(self._sizes), len(self._tangents)
        solution = self._program.minimise(
            self._cost,
            Bounds(
                lower=np.zeros(size + 3),
                upper=np.full(size + 3, np.inf),
                row_lower=np.concatenate(
                    [relaxation.row_lower, np.full(2 * size, -np.inf), np.full(tangents, 2.0)]
                ),
                row_upper=np.concatenate(
                    [relaxation.row_upper, np.zeros(size), self._sizes, np.full(tangents, np.inf)]
                ),
            ),
        )
        if solution is None:
            raise SolverFailed("the relaxation turned empty")
        return solution

    def proof(self, solution: Solution) -> Proof:
        """Whom the lowest probability rests on, and whom the highest."""
        rows, size = len(self._relaxation.row_lower), len(self._sizes)
        counterweights = (-solution.row_duals[rows : rows + size] * self._sizes).clip(0)
        return Proof(
            weights=(solution.reduced_costs[:size] * self._sizes).clip(0),
            counterweights=counterweights,
            multipliers=-solution.row_duals[:rows],
            settled=np.zeros(size, dtype=bool),
        )
