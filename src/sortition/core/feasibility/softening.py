"""Let bounds give way as little as is needed: the least change, as an integer program.

Soft quotas give way for the lowest penalty in all. Where no panel meets hard quotas, a change of
them is proposed: a seat costs 1, and on top of it the share ``1/b`` of the bound ``b`` that it is
moved from, in thousandths, rounded down. So few seats give way, and bounds of small groups give
way after those of large ones: the first of 20 seats costs 1.05, the only one of a group of one 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sortition.core.programs.panels import PanelFinder
from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.solver import Bounds, Program, Row
from sortition.core.types import Bools, Ints, Types
from sortition.model import Quota, SolverName

# among changes with the same price in all, later quotas give way before earlier ones
PREFERENCE = 1e-4
SEAT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """How far the bounds of each quota may be moved outwards, and the price of each seat.

    Attributes
    ----------
    lowest, highest : array of int, shape (quotas,)
        The outermost bounds.
    lower_prices, upper_prices : array of int, shape (quotas,)
    """

    lowest: Ints
    highest: Ints
    lower_prices: Ints
    upper_prices: Ints


def seat_price(bound: int) -> int:
    """What it costs to move a bound by one seat, in thousandths of a seat."""
    return SEAT + SEAT // max(bound, 1)


def cheapest_change(types: Types, give: Give, *, solver: SolverName) -> list[Quota] | None:
    """The quotas with the bounds that make a panel possible at the lowest price.

    1. Count only the seats that give way in whole numbers, and people in any fractions. Nothing is
       cheaper, and if some panel keeps these bounds, they are the answer.
    2. Otherwise count people in whole numbers too, which takes much longer.

    Parameters
    ----------
    types : Types
        Its bounds are those that are moved.
    give : Give
    solver : {"highs", "cbc"}

    Returns
    -------
    list of Quota or None
        All quotas in their order, most of them as they were. None if no change that can be made
        makes a panel possible.
    """
    seats = np.arange(len(types) + 2 * len(types.quotas)) >= len(types)
    changed = _cheapest(types, give, whole=seats, solver=solver)
    if changed is None or _has_panel(types, changed, solver=solver):
        return changed
    return _cheapest(types, give, whole=np.ones_like(seats), solver=solver)


def _has_panel(types: Types, changed: list[Quota], *, solver: SolverName) -> bool:
    """Whether a panel that keeps these quotas is found at once."""
    lower, upper = types.lower.copy(), types.upper.copy()
    lower[1 : 1 + len(changed)] = [quota.lower for quota in changed]
    upper[1 : 1 + len(changed)] = [quota.upper for quota in changed]
    finder = PanelFinder(Relaxation(types=replace(types, lower=lower, upper=upper)), solver=solver)
    return finder.dive(np.zeros(len(types)), finder.everywhere()) is not None


def _cheapest(types: Types, give: Give, *, whole: Bools, solver: SolverName) -> list[Quota] | None:
    """The change at the lowest price, with these columns in whole numbers.

    The columns are people of each type, then seats below the lower bound of each quota, then seats
    above the upper one.
    """
    people, count = len(types), len(types.quotas)
    rows = Relaxation(types=types).rows
    for quota in range(count):
        row = rows[1 + quota]
        slack = np.array([people + quota, people + count + quota])
        rows[1 + quota] = Row(
            columns=np.concatenate([row.columns, slack]),
            coefficients=np.concatenate([row.coefficients, [1.0, -1.0]]),
        )
    program = Program(people + 2 * count, rows, solver=solver, integer=whole)
    earlier = PREFERENCE * np.linspace(1, 0, count)
    of_quotas = slice(1, 1 + count)
    down = types.lower[of_quotas] - give.lowest
    up = give.highest - types.upper[of_quotas]
    solution = program.minimise(
        np.concatenate(
            [np.zeros(people), give.lower_prices + earlier, give.upper_prices + earlier]
        ),
        Bounds(
            lower=np.zeros(people + 2 * count),
            upper=np.concatenate([types.sizes, down, up]),
            row_lower=types.lower.astype(float),
            row_upper=types.upper.astype(float),
        ),
    )
    if solution is None:
        return None
    fewer, more = np.round(solution.columns[people:]).astype(int).reshape(2, count).tolist()
    lower, upper = types.lower[of_quotas].tolist(), types.upper[of_quotas].tolist()
    return [
        replace(quota, lower=low - less, upper=high + extra)
        for quota, low, high, less, extra in zip(
            types.quotas, lower, upper, fewer, more, strict=True
        )
    ]


def soften(types: Types, *, solver: SolverName) -> list[Quota] | None:
    """The quotas after the soft ones gave way as little as is needed, within their flex bounds.

    Returns
    -------
    list of Quota or None
        None if no panel meets the hard ones, however far the soft ones give way.
    """
    room = [
        (quota.lower, quota.upper) if quota.penalty is None else quota.room(types.panel_size)
        for quota in types.quotas
    ]
    penalties = np.array([quota.penalty or 0 for quota in types.quotas])
    give = Give(
        lowest=np.array([lowest for lowest, _ in room]),
        highest=np.array([highest for _, highest in room]),
        lower_prices=penalties,
        upper_prices=penalties,
    )
    return cheapest_change(types, give, solver=solver)


def widened(types: Types) -> Types:
    """The instance with the soft quotas as wide as they can be, so that the hard ones decide."""
    lower, upper = types.lower.copy(), types.upper.copy()
    for row, quota in enumerate(types.quotas, start=1):
        if quota.penalty is not None:
            lower[row], upper[row] = quota.room(types.panel_size)
    return replace(types, lower=lower, upper=upper)
