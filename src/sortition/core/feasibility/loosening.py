"""What each bound of the quotas costs the lowest selection probability: shadow prices.

Raise the lowest probability of some types as far as the relaxation lets it go: ``max z`` with
``p = z + s`` for them, ``s >= 0``, and whatever the rows allow for the others. The duals ``g`` of
the rows and ``w >= 0`` of the probabilities give the linear bound of a certificate (weak duality),

    W z  <=  sum over rows of max(g * lower, g * upper) + sum over types of max(0, w - size * G),

with ``W`` the sum of the weights and ``G`` the sum of ``g`` over the rows of the type. It holds
for every lottery over panels, whatever the figures ``g`` and ``w`` are, since each panel keeps
the rows. If a bound is loosened by one, the right-hand side grows by ``|g|``, so no lottery over
the panels of the loosened quotas has a lowest probability above the bound plus ``|g| / W``.

No cut takes part: it need not be true of the panels that loosened quotas allow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.core.types import Bools, Floats, Types
from sortition.errors import SolverFailed
from sortition.model import SolverName

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowPrices:
    """A bound on the lowest probability, and by how much it grows for each bound of a quota.

    Attributes
    ----------
    bound : float
        No lottery gives all the types that were asked about more than this.
    lower, upper : array of float, shape (quotas,)
        By how much the bound grows if the lower, or the upper bound of a quota is moved outwards
        by one seat; at least 0.
    """

    bound: float
    lower: Floats
    upper: Floats


def shadow_prices(types: Types, asked: Bools, *, solver: SolverName) -> ShadowPrices:
    """The shadow prices of the quotas.

    Parameters
    ----------
    types : Types
    asked : array of bool, shape (T,)
        Whose lowest probability is asked about; at least one type.
    solver : {"highs", "cbc"}

    Raises
    ------
    SolverFailed
        If there is no panel.
    """
    solution = _raised(types, asked, solver)
    rows = len(types.lower)
    multipliers = -solution.row_duals[:rows]
    weights = np.where(asked, (solution.reduced_costs[:-1] * types.sizes).clip(0), 0.0)
    with_none = np.append(multipliers, 0.0)  # unused places of `rows_of` hold the number of rows
    prices = types.sizes * with_none[types.rows_of].sum(axis=1)
    of_rows = np.maximum(multipliers * types.lower, multipliers * types.upper)
    total = float(weights.sum())
    of_quotas = slice(1, 1 + len(types.quotas))
    return ShadowPrices(
        bound=float(of_rows.sum() + (weights - prices).clip(0).sum()) / total,
        lower=(-multipliers[of_quotas]).clip(0) / total,
        upper=multipliers[of_quotas].clip(0) / total,
    )


def _raised(types: Types, asked: Bools, solver: SolverName) -> Solution:
    """The solution of ``max z``. Probabilities above 1 get a row when they occur."""
    sizes = types.sizes.astype(float)
    lifted = np.where(asked, sizes, 0.0)
    height = len(sizes)
    program = Program(
        height + 1,
        [
            Row(
                columns=np.append(row.columns, height),
                coefficients=np.append(row.coefficients, share),
            )
            for row, share in zip(Relaxation(types=types).rows, types.activity(lifted), strict=True)
        ],
        solver=solver,
    )
    cost = np.append(np.zeros(height), -1.0)
    capped: list[int] = []
    while True:
        solution = program.minimise(
            cost,
            Bounds(
                lower=np.zeros(height + 1),
                upper=np.append(sizes, np.inf),
                row_lower=np.append(types.lower, np.full(len(capped), -np.inf)),
                row_upper=np.append(types.upper, sizes[capped]),
            ),
        )
        if solution is None:
            raise SolverFailed("quotas that have a panel have no probabilities")
        counts = solution.columns[:-1] + solution.columns[-1] * lifted
        above = np.flatnonzero(counts > sizes * (1 + TOLERANCE))
        if not len(above):
            return solution
        for type_ in above.tolist():
            columns = np.array([type_, height])
            program.add_row(Row(columns=columns, coefficients=np.array([1.0, lifted[type_]])))
            capped.append(type_)
