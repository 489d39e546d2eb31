"""The best reserve as a linear and as an integer program, for a few sets of dropouts.

Over kinds ``t`` and sets ``j`` of ``d_j`` dropouts, drawn ``n_j`` times, minimise

    sum over j of n_j * (sum over quotas q of w_q z_jq)
    sum over t of x_t = A             the reserve
    y_jt <= x_t                       who is called is in the reserve
    sum over t of y_jt <= d_j         one at most for each who is gone
    z_jq >= lower_q - left_jq - sum over t of y_jt      (those who count for q)
    z_jq >= left_jq + sum over t of y_jt - upper_q

for whole ``x``, ``y`` and ``z`` from 0 up, ``x_t`` at most the supply, with ``w_q = 1/max(1, u_q)``
(Assos, Baharav, Flanigan and Procaccia, 2025). The linear relaxation bounds what any reserve can
do. A kind whose reduced cost would lift that bound above a reserve that is known can be left out,
which is what makes the integer program small enough to be solved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.programs.solver import Bounds, Program, Row, Solution
from sortition.core.types import Floats, Ints
from sortition.errors import SolverFailed
from sortition.model import SolverName
from sortition.selection.reserve.scenarios import UNIT, Scenarios, Vacancies

CLOSE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """What the programs found, as distances for one set of dropouts on average.

    Attributes
    ----------
    bound : float
        No reserve does better on these sets: the value of the linear relaxation.
    value : float or None
        The least that a reserve reaches on them; None if the integer program was too large.
    reserve : array of int, shape (count,)
        The kinds of a reserve that reaches it, or of the one that was known.
    """

    bound: float
    value: float | None
    reserve: Ints


def optimum(
    vacancies: Vacancies,
    scenarios: Scenarios,
    known: Ints,
    known_value: float,
    *,
    solver: SolverName,
    largest: int,
) -> Optimum:
    """Solve the program on these sets.

    Parameters
    ----------
    known : array of int, shape (count,)
        A reserve; one of its size is looked for.
    known_value : float
        What it leaves on average on these sets.
    largest : int
        With how many columns the integer program is still solved.

    Raises
    ------
    SolverFailed
    """
    every = np.arange(len(vacancies.kinds))
    relaxed = _solved(vacancies, scenarios, every, len(known), solver=solver, integer=False)
    draws = float(scenarios.times.sum())
    costs = relaxed.reduced_costs[: len(every)]
    # a kind in use can have a reduced cost below zero only by holding its supply
    kept = np.flatnonzero((relaxed.value + np.maximum(costs, 0)) / draws <= known_value + CLOSE)
    kept = np.union1d(kept, known)
    bound = relaxed.value / draws
    if len(kept) * len(scenarios) > largest:
        return Optimum(bound=bound, value=None, reserve=known)
    found = _solved(vacancies, scenarios, kept, len(known), solver=solver, integer=True)
    taken = np.rint(found.columns[: len(kept)]).astype(np.int64)
    reserve = np.repeat(kept, taken)
    return Optimum(bound=bound, value=found.value / draws, reserve=reserve)


def _solved(
    vacancies: Vacancies,
    scenarios: Scenarios,
    kinds: Ints,
    count: int,
    *,
    solver: SolverName,
    integer: bool,
) -> Solution:
    kept, sets, quotas = len(kinds), len(scenarios), len(vacancies.lower)
    columns = kept + sets * kept + sets * quotas
    _, missed = _columns(kept, sets, quotas)
    rows, lower, upper = _rows(vacancies, scenarios, kinds, count)
    cost = np.zeros(columns)
    cost[missed] = scenarios.times[:, None] * vacancies.weights / UNIT
    most = np.full(columns, float(len(vacancies.seats)))
    most[:kept] = vacancies.supply[kinds]
    bounds = Bounds(
        lower=np.zeros(columns),
        upper=most,
        row_lower=lower,
        row_upper=upper,
    )
    program = Program(columns, rows, solver=solver, integer=integer)
    solution = program.minimise(cost, bounds)
    if solution is None:
        raise SolverFailed("a reserve of nobody is possible, but was not found")
    return solution


def _rows(
    vacancies: Vacancies, scenarios: Scenarios, kinds: Ints, count: int
) -> tuple[list[Row], Floats, Floats]:
    """The rows in the order of the module, with their bounds.

    The columns are the reserve, then who is called in each set, then what each quota misses.
    """
    kept, counts_for = len(kinds), vacancies.kinds[kinds]
    called, missed = _columns(kept, len(scenarios), len(vacancies.lower))
    rows = [Row(columns=np.arange(kept), coefficients=np.ones(kept))]
    bounds = [(float(count), float(count))]
    for one_set in range(len(scenarios)):
        own = called[one_set]
        for kind in range(kept):
            pair = np.array([own[kind], kind])
            rows.append(Row(columns=pair, coefficients=np.array([1.0, -1.0])))
            bounds.append((-np.inf, 0.0))
        rows.append(Row(columns=own, coefficients=np.ones(kept)))
        bounds.append((0.0, float(scenarios.gone[one_set])))
        for quota in range(len(vacancies.lower)):
            fills = np.append(own[counts_for[:, quota] > 0], missed[one_set, quota])
            ones = np.ones(len(fills))
            left = int(scenarios.left[one_set, quota])
            rows.append(Row(columns=fills, coefficients=ones))
            bounds.append((float(vacancies.lower[quota] - left), np.inf))
            rows.append(Row(columns=fills, coefficients=np.append(ones[:-1], -1.0)))
            bounds.append((-np.inf, float(vacancies.upper[quota] - left)))
    lower, upper = np.array(bounds).T
    return rows, lower, upper


def _columns(kept: int, sets: int, quotas: int) -> tuple[Ints, Ints]:
    """The columns of ``y``, shape (sets, kept), and of ``z``, shape (sets, quotas)."""
    called = kept + np.arange(sets * kept).reshape(sets, kept)
    missed = kept + sets * kept + np.arange(sets * quotas).reshape(sets, quotas)
    return called, missed
