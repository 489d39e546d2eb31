"""Goldilocks: no probability too low and none too high.

Baharav, Flanigan, *Fair, manipulation-robust, and transparent sortition*, NeurIPS 2024, minimise

    (n / k) * highest  +  gamma * (k / n) / lowest.

1. For a given lowest probability a linear program finds the lowest possible highest one. As the
   lowest grows, its cost ``(n / k) * highest`` runs along edges that grow steeper and steeper, and
   the duals of the program are the line of the edge.
2. Keep two lines: one on which the measure still falls, and one on which it rises. At first these
   are that of nothing at all, and the wall at the maximin probability.
3. On a line of slope ``s`` the measure is least at ``sqrt(gamma * (k / n) / s)``. Solve there, or
   where the two lines meet if that comes first, and keep the line that is found in place of one
   of the two; repeat until it adds nothing. There are finitely many edges, so the lowest
   probability is exact to the last digits.
4. Of all lotteries with this highest probability take the leximin one. Its lowest probability is
   the one found, and it is unique.

The duals prove it. With weights ``v`` for the lowest and counterweights ``u`` for the highest that
add up to at most ``n / k``, the measure is at least ``u p + gamma k / (n lowest)``, which by the
inequality of the means is at least ``u p - v p + 2 sqrt(gamma (k / n) sum(v))``. The two lines,
mixed so that the slope is the one of step 3, make this tight.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from sortition.core.objectives.levels import Ladder
from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.errors import SolverFailed
from sortition.model import SolverName

EDGES = 100
ADDED = 1e-11


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
        If the edges do not end.
    """
    top = Ladder(relaxation, solver=solver).raise_lowest()
    if top is None:
        return None
    even = relaxation.types.panel_size / float(relaxation.types.sizes.sum())
    program = _Highest(relaxation, even=even, solver=solver)
    falling = _Line.nothing(relaxation)
    rising = _Line(at=top.value, cost=-inf, slope=inf, proof=top.proof)
    for _ in range(EDGES):
        lowest = _between(falling, rising, gamma * even)
        found = program.edge(lowest)
        known = max(falling.height(lowest), rising.height(lowest))
        if found.cost - known <= ADDED * found.cost:
            break
        if found.slope * lowest**2 < gamma * even:
            falling = found
        else:
            rising = found
    else:
        raise SolverFailed("the edges did not end")
    target = Ladder(relaxation, ceiling=found.cost * even, solver=solver).climb()
    if target is None:
        raise SolverFailed("a highest probability that was reached cannot be kept")
    proof = _mixed(falling, rising, gamma * even / lowest**2)
    return Target(counts=target.counts, proofs=(proof,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the highest probability costs at least, given the lowest.

    Attributes
    ----------
    at : float
        The lowest probability for which it was found.
    cost : float
        What the highest costs there; minus infinity for the wall.
    slope : float
        By how much the cost grows with the lowest; infinite for the wall.
    proof : Proof
        Its weights add up to the slope, or to 1 for the wall.
    """

    at: float
    cost: float
    slope: float
    proof: Proof

    @classmethod
    def nothing(cls, relaxation: Relaxation) -> _Line:
        """That a probability is at least 0."""
        none = np.zeros(len(relaxation.types))
        rows = np.zeros(len(relaxation.row_lower))
        settled = none.astype(bool)
        proof = Proof(weights=none, counterweights=none, multipliers=rows, settled=settled)
        return cls(at=0.0, cost=0.0, slope=0.0, proof=proof)

    def height(self, lowest: float) -> float:
        """What the line says of another lowest probability, up to the wall."""
        return self.cost if self.slope == inf else self.cost + self.slope * (lowest - self.at)


def _between(falling: _Line, rising: _Line, weight: float) -> float:
    """Where the measure is least if the two lines are all there is."""
    if rising.slope == inf:
        meet = rising.at
    else:
        apart = falling.height(0.0) - rising.height(0.0)
        meet = apart / (rising.slope - falling.slope)
    before = sqrt(weight / falling.slope) if falling.slope > 0 else inf
    return min(before, max(meet, sqrt(weight / rising.slope)))


def _mixed(falling: _Line, rising: _Line, slope: float) -> Proof:
    """Both proofs, in the parts that give this slope."""
    if rising.slope == inf:
        first, second = 1.0, max(0.0, slope - falling.slope)
    else:
        second = (slope - falling.slope) / (rising.slope - falling.slope)
        second = min(1.0, max(0.0, second))
        first = 1 - second
    one, other = falling.proof, rising.proof
    return Proof(
        weights=first * one.weights + second * other.weights,
        counterweights=first * one.counterweights + second * other.counterweights,
        multipliers=first * one.multipliers + second * other.multipliers,
        settled=one.settled,
    )


class _Highest:
    """The linear program: the highest probability as low as can be, given the lowest.

    Its columns are each type's surplus over the lowest, and the highest; its rows those of the
    relaxation, and each type against the highest.
    """

    def __init__(self, relaxation: Relaxation, *, even: float, solver: SolverName) -> None:
        self._relaxation = relaxation
        self._sizes = sizes = relaxation.types.sizes.astype(float)
        self._cost = np.append(np.zeros(len(sizes)), 1 / even)
        against = [
            Row(columns=np.array([type_, len(sizes)]), coefficients=np.array([1.0, -count]))
            for type_, count in enumerate(sizes.tolist())
        ]
        rows = [*relaxation.rows, *against]
        self._program = Program(len(sizes) + 1, rows, solver=solver)

    def edge(self, lowest: float) -> _Line:
        """The line of the edge at a lowest probability."""
        relaxation, sizes = self._relaxation, self._sizes
        floor = lowest * sizes
        taken = relaxation.activity(floor)
        solution = self._program.minimise(
            self._cost,
            Bounds(
                lower=np.zeros(len(sizes) + 1),
                upper=np.append(sizes - floor, 1.0),
                row_lower=np.append(relaxation.row_lower - taken, np.full(len(sizes), -np.inf)),
                row_upper=np.append(relaxation.row_upper - taken, -floor),
            ),
        )
        if solution is None:
            raise SolverFailed("a lowest probability that was reached cannot be kept")
        proof = self._proof(solution)
        slope = float(proof.weights.sum())
        return _Line(at=lowest, cost=solution.value, slope=slope, proof=proof)

    def _proof(self, solution: Solution) -> Proof:
        """Whom the lowest probability rests on, and whom the highest."""
        rows, size = len(self._relaxation.row_lower), len(self._sizes)
        return Proof(
            weights=(solution.reduced_costs[:size] * self._sizes).clip(0),
            counterweights=(-solution.row_duals[rows:] * self._sizes).clip(0),
            multipliers=-solution.row_duals[:rows],
            settled=np.zeros(size, dtype=bool),
        )
