"""Why no panel exists: the bounds that clash, and the least change that would mend it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sortition.core.feasibility.clashes import Clashes
from sortition.core.feasibility.softening import Give, cheapest_change, seat_price, widened
from sortition.core.types import Types
from sortition.model import InfeasibleQuotas, Quota, SolverName


def explain(types: Types, *, solver: SolverName) -> InfeasibleQuotas:
    """Say why an instance has no panel.

    Soft quotas are taken to be as wide as they can be.

    Parameters
    ----------
    types : Types
        An instance that has no panel.
    solver : {"highs", "cbc"}

    Returns
    -------
    InfeasibleQuotas
        The conflict cannot be made smaller: without any one of its bounds there is a panel that
        keeps the others. The change is the cheapest of all within the flex bounds; only if there
        is none, the cheapest of all.
    """
    types = widened(types)
    clashes = Clashes(types, solver=solver)
    conflict = clashes.irreducible(clashes.everything)
    change, beyond = _least_change(types, solver)
    supply = types.activity(types.sizes).astype(int)
    return InfeasibleQuotas(
        conflict=clashes.named(conflict),
        supply=tuple(int(supply[row]) for row in clashes.rows(conflict)),
        relaxations=change,
        beyond_flex=beyond,
        households=clashes.households(conflict),
        quotas=types.quotas,
        panel_size=types.panel_size,
    )


def _least_change(types: Types, solver: SolverName) -> tuple[tuple[Quota, ...], bool]:
    """The quotas to change so that a panel exists, and whether they overstep flex bounds."""
    for beyond in (False, True):
        changed = cheapest_change(types, _give(types, beyond=beyond), solver=solver)
        if changed is not None:
            bounds = zip(types.lower[1:].tolist(), types.upper[1:].tolist(), strict=True)
            moved = tuple(
                after
                for after, before in zip(changed, bounds, strict=False)  # households come after
                if (after.lower, after.upper) != before
            )
            return moved, beyond
    return (), False


def _give(types: Types, *, beyond: bool) -> Give:
    count, size = len(types.quotas), types.panel_size
    lower, upper = types.lower[1 : 1 + count].tolist(), types.upper[1 : 1 + count].tolist()
    free = [replace(quota, min_flex=None, max_flex=None) for quota in types.quotas]
    room = [quota.room(size) for quota in (free if beyond else types.quotas)]
    return Give(
        lowest=np.array([least for least, _ in room]),
        highest=np.array([most for _, most in room]),
        lower_prices=np.array([seat_price(bound) for bound in lower]),
        upper_prices=np.array([seat_price(bound) for bound in upper]),
    )
