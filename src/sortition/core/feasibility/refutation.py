"""Find why there is no panel of some kind, as whole numbers that anybody can check.

1. Let every row be broken at a price of 1 for each seat, and find the point of the box that pays
   least. If it pays something, the duals of the rows contradict the box
   (`sortition.audit.certificate.refutation`).
2. If it pays nothing, some group has a fraction at it: settle the two halves of the box beside
   that fraction, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sortition.audit.certificate.refutation import MOST_CASES, Case, contradicts
from sortition.audit.certificate.rows import CertifiedRow
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.types import Floats
from sortition.model import SolverName

WHOLE = 1e-6
SCALES = (1, 60, 10**6, 10**12)  # of the multipliers; the first that do are taken


class Refuter:
    """Refutes boxes of counts per group.

    Parameters
    ----------
    rows : sequence of CertifiedRow
    groups : int
    solver : {"highs", "cbc"}
    """

    def __init__(self, rows: Sequence[CertifiedRow], groups: int, *, solver: SolverName) -> None:
        self._rows, self._groups = rows, groups
        count = len(rows)
        self._lower = np.array([-np.inf if row.lower is None else row.lower for row in rows], float)
        self._upper = np.array([row.upper for row in rows], float)
        self._cost = np.append(np.zeros(groups), np.ones(2 * count))
        self._program = Program(
            groups + 2 * count,
            [self._elastic(number, row) for number, row in enumerate(rows)],
            solver=solver,
        )

    def refute(self, lowest: Sequence[int], highest: Sequence[int]) -> tuple[Case, ...]:
        """The cases that show that no panel is within the box; none if they were not found."""
        cases: list[Case] = []
        boxes = [(list(lowest), list(highest))]
        while boxes:
            if len(cases) + len(boxes) > MOST_CASES:
                return ()
            low, high = boxes.pop()
            case = self._case(low, high)
            if case is None:
                return ()
            cases.append(case)
            if case.branch is not None:
                group, most = case.branch
                boxes.append(([*low[:group], most + 1, *low[group + 1 :]], high))
                boxes.append((low, [*high[:group], most, *high[group + 1 :]]))
        return tuple(cases)

    def _elastic(self, number: int, row: CertifiedRow) -> Row:
        over = self._groups + 2 * number
        held = sorted(row.coefficients.items())
        return Row(
            columns=np.array([*(group for group, _ in held), over, over + 1], dtype=np.int64),
            coefficients=np.array([*(float(count) for _, count in held), 1.0, -1.0]),
        )

    def _case(self, low: list[int], high: list[int]) -> Case | None:
        free = 2 * len(self._rows)
        solution = self._program.minimise(
            self._cost,
            Bounds(
                lower=np.append(np.array(low, float), np.zeros(free)),
                upper=np.append(np.array(high, float), np.full(free, np.inf)),
                row_lower=self._lower,
                row_upper=self._upper,
            ),
        )
        if solution is None:
            return None
        multipliers = self._contradiction(solution.row_duals, low, high)
        if multipliers is not None:
            return Case(multipliers=multipliers)
        counts = solution.columns[: self._groups]
        fractions = np.abs(counts - np.round(counts))
        group = int(np.argmax(fractions))
        if fractions[group] < WHOLE:
            return None  # a panel, or too near to one to tell
        return Case(branch=(group, int(np.floor(counts[group]))), multipliers={})

    def _contradiction(
        self, duals: Floats, low: list[int], high: list[int]
    ) -> dict[int, int] | None:
        for scale in SCALES:
            whole = np.round(-duals * scale).astype(np.int64).tolist()
            multipliers = {
                number: one
                for number, one in enumerate(whole)
                if one > 0 or (one < 0 and self._rows[number].lower is not None)
            }
            if contradicts(multipliers, self._rows, low, high):
                return multipliers
        return None
