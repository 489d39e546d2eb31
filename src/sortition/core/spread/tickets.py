"""The tickets of a lottery: equally likely panels of people, as random as they can be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sortition.core.fairest import FairLottery
from sortition.core.programs.relaxation import Relaxation
from sortition.core.spread.chances import settle
from sortition.core.spread.dealing import Dealer
from sortition.core.spread.exchange import exchange
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.table import people_of
from sortition.core.tickets.places import seat
from sortition.core.tickets.rounding import round_to_tickets
from sortition.core.types import Floats, Ints, Types
from sortition.model import COMBINATION, Instance, SolverName

# In a large pool where exchanges see to the rest, a panel is dealt twice, for half the time.
COPIES = 2
LARGE = 5000  # types times rows
# Where dealing leaves somebody further off, exchanges begin with the tickets of the walk.
FAR = 1.0  # tickets
# Of a great many tickets panels are dealt more often, so that there are this many.
PANELS = 2000


def random_tickets(
    instance: Instance, fair: FairLottery, tickets: int, *, solver: SolverName, key: str
) -> Ints:
    """Tickets that follow the chances of a lottery.

    Parameters
    ----------
    instance : Instance
    fair : FairLottery
    tickets : int
    solver : {"highs", "cbc"}
    key : str
        Decides all that is random here.

    Returns
    -------
    array of int, shape (m, k)
        The positions in the pool of the people on each ticket, in ascending order.
    """
    types, known = fair.relaxation.types, fair.decomposition
    chances = settle(fair.relaxation, known.counts)
    copies = max(COPIES if _roomy(types, chances) else 1, -(-tickets // PANELS))
    dealer = Dealer(Relaxation(types=types), Numbers.of(key, "deal"), solver=solver)
    panels = dealer.deal(chances, tickets, copies=copies, known=known.panels)
    if _furthest(types, panels, chances) > FAR:
        panels = round_to_tickets(fair.relaxation, known, tickets, solver=solver)
    ids: Sequence[str] = [member.id for member in instance.pool.members]
    seats = seat(types, panels, key=key, ids=ids)
    return exchange(seats, people_of(instance), Numbers.of(key, "exchange"))


def _furthest(types: Types, panels: Ints, chances: tuple[Fraction, ...]) -> float:
    """How many tickets the people of a type have too many or too few, on average, at most."""
    held: Floats = panels.sum(axis=0) / types.sizes
    shares = np.array([float(len(panels) * chance) for chance in chances])
    return float(np.abs(held - shares).max())


def _roomy(types: Types, chances: tuple[Fraction, ...]) -> bool:
    """Whether the pool is large and people can change places across most features.

    A row whose sum is at a bound on average is so on every ticket, and a feature needs two rows
    that are not.
    """
    if len(types) * len(types.lower) < LARGE:
        return False
    sums = np.round(types.activity(np.array(list(map(float, chances))) * types.sizes), 6)
    loose = (sums > types.lower) & (sums < types.upper)
    features = {quota.feature for quota in types.quotas} - {COMBINATION}
    free = [
        name
        for name in features
        if sum(loose[row] for row, quota in enumerate(types.quotas, 1) if quota.feature == name) > 1
    ]
    return 2 * len(free) >= len(features)
