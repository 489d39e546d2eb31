"""Raise the lowest probability, then the next, level by level, over the relaxation.

Leximin raises all levels. Maximin raises the first and then lowers the highest ones, which is
the same thing for the probabilities of staying at home.

With ``p = z + s`` for the people whose probability is still free, ``s >= 0``, the program
``max z`` has the rows of the relaxation alone, and a positive reduced cost of ``s`` shows who
cannot be above ``z`` in any optimum (strict complementarity).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.objectives.target import Proof, Target
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.core.types import Bools, Floats
from sortition.errors import SolverFailed
from sortition.model import SolverName

# The weights of a level add up to 1, so that at least one type is far above this.
DECIDES = 1e-6
TOLERANCE = 1e-9
TIGHT = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How far the lowest free probability could be raised, and why no further.

    Attributes
    ----------
    value : float
        The level.
    proof : Proof
        Its weights on the free types are at least 0 and, each times its aim, add up to 1; the
        free types with a positive weight are at this level in every optimum.
    """

    value: float
    proof: Proof


class Ladder:
    """The program ``max z`` over a relaxation, climbed level by level.

    Parameters
    ----------
    relaxation : Relaxation
    ceiling : float
        No probability may be above this.
    aims : array of float, shape (T,), optional
        Above 0. With them the levels are those of the probabilities divided by their aims.
    solver : {"highs", "cbc"}
    """

    def __init__(
        self,
        relaxation: Relaxation,
        *,
        ceiling: float = 1.0,
        aims: Floats | None = None,
        solver: SolverName,
    ) -> None:
        self._relaxation = relaxation
        self._sizes = relaxation.types.sizes.astype(float)
        # by how much the counts grow when the level grows by 1
        self._lift = self._sizes if aims is None else self._sizes * aims
        self._ceilings = ceiling * self._sizes
        self._caps: list[int] = []
        self._capped = np.zeros(len(self._sizes), dtype=bool)
        self._free = np.ones(len(self._sizes), dtype=bool)
        self._settled = np.zeros(len(self._sizes))
        self._height = np.zeros(len(self._sizes))
        self._slack = 0.0
        height = len(self._sizes)
        self._program = Program(
            height + 1,
            [
                Row(
                    columns=np.append(row.columns, height),
                    coefficients=np.append(row.coefficients, 1.0),
                )
                for row in relaxation.rows
            ],
            solver=solver,
        )

    def climb(self) -> Target | None:
        """Raise every level in turn; None if the relaxation is empty.

        Raises
        ------
        SolverFailed
            If the solver's figures are too coarse to go on.
        """
        proofs: list[Proof] = []
        while self._free.any():
            level = self.raise_lowest()
            if level is None:
                if not proofs:
                    return None
                raise SolverFailed("a level that was reached cannot be kept")
            proofs.append(level.proof)
            self._settle(level)
        return Target(counts=self._refined(), proofs=tuple(proofs))

    def raise_lowest(self) -> Level | None:
        """The highest value that all free probabilities can have together."""
        lift, free = self._lift, self._free
        height = float((self._relaxation.types.panel_size - self._settled.sum()) / lift[free].sum())
        self._cap(free & ~self._capped & (height * lift > self._ceilings))
        while True:
            # Nobody may rise above the ceiling. Most types never come near it, so that a bound
            # on their column which leaves room for the height will do; the others get a row.
            solution = self._solve(room=self._ceilings - height * lift)
            if solution is not None:
                pressed = free & ~self._capped & (solution.reduced_costs[:-1] < -TOLERANCE)
            else:
                solution = self._solve(room=self._ceilings)
                if solution is None:
                    if free.all() or not self._give_way():
                        return None
                    continue
                height = min(height, float(solution.columns[-1]))
                counts = solution.columns[:-1] + solution.columns[-1] * lift
                pressed = free & ~self._capped & (counts > self._ceilings + TOLERANCE)
            if not pressed.any():
                break
            self._cap(pressed)
        weights = solution.reduced_costs[:-1] * self._sizes
        rows = len(self._relaxation.row_lower)
        return Level(
            value=float(solution.columns[-1]),
            proof=Proof(
                weights=weights.clip(0),
                counterweights=np.where(free, 0.0, (-weights).clip(0)),
                multipliers=-solution.row_duals[:rows],
                settled=~free,
            ),
        )

    def _give_way(self) -> bool:
        """Widen the rows by a little more, as the figures of earlier levels have their errors.

        The levels are solved again from the rows at the end, so that nothing of it remains.
        """
        self._slack = max(10 * self._slack, TOLERANCE)
        return self._slack <= TIGHT

    def _settle(self, level: Level) -> None:
        """Fix the types that the level decides."""
        shares = level.proof.weights * self._lift / self._sizes  # they add up to 1
        decided = self._free & (shares > DECIDES)
        if not decided.any():
            decided = self._free
        counts = np.minimum(level.value * self._lift, self._ceilings)
        self._settled[decided] = counts[decided]
        self._height[decided] = level.value
        self._free &= ~decided

    def _refined(self) -> Floats:
        """The counts to the last bit: the levels solve the rows that they press against."""
        counts, relaxation = self._settled, self._relaxation
        sums = relaxation.activity(counts)
        near = max(TIGHT, 2 * self._slack) * relaxation.scale
        bounds = np.where(
            sums > relaxation.row_upper - near, relaxation.row_upper, relaxation.row_lower
        )
        tight = np.abs(sums - bounds) < near
        heights, height_of = np.unique(self._height, return_inverse=True)
        parts = [
            relaxation.activity(np.where(height_of == number, self._lift, 0.0))[tight]
            for number in range(len(heights))
        ]
        change, *_ = np.linalg.lstsq(np.column_stack(parts), (bounds - sums)[tight])
        refined: Floats = counts + change[height_of] * self._lift
        return refined

    def _cap(self, types: Bools) -> None:
        for type_ in np.flatnonzero(types).tolist():
            columns = np.array([type_, len(self._sizes)])
            self._program.add_row(Row(columns=columns, coefficients=np.ones(2)))
            self._caps.append(type_)
        self._capped |= types

    def _solve(self, *, room: Floats) -> Solution | None:
        sizes, free, relaxation = self._sizes, self._free, self._relaxation
        lifted, settled = self._lift * free, relaxation.activity(self._settled)
        self._program.change_column(
            len(sizes), np.concatenate([relaxation.activity(lifted), lifted[self._caps]])
        )
        slack = self._slack * relaxation.scale
        lower, upper = relaxation.row_lower - slack, relaxation.row_upper + slack
        room = np.where(self._capped, np.inf, np.maximum(room, 0.0))
        cost = np.zeros(len(sizes) + 1)
        cost[-1] = -1.0
        return self._program.minimise(
            cost,
            Bounds(
                lower=np.zeros(len(sizes) + 1),
                upper=np.append(np.where(free, room, 0.0), np.inf),
                row_lower=np.append(lower - settled, np.zeros(len(self._caps))),
                row_upper=np.append(upper - settled, self._ceilings[self._caps]),
            ),
        )
