from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sortition.core.decomposition.walk import Decomposition
from sortition.core.programs.relaxation import Relaxation
from sortition.core.tickets.rounding import round_to_tickets
from sortition.model import SolverName
from tests.making import counts, types

# two of four women and one of three men, by age
TYPES = types(
    ["f a", "f a", "f b", "f b", "m a", "m b", "m b"],
    {"sex": {"f": (2, 2), "m": (1, 1)}, "age": {"a": (1, 2), "b": (1, 2)}},
    3,
)


# the women are 0 to 3, the men 4 to 6
AA, BB, AB, AB_B = ((0, 1, 5), (2, 3, 4), (0, 2, 4), (0, 2, 5))


def lottery(*panels: tuple[float, tuple[int, ...]]) -> Decomposition:
    return Decomposition(
        panels=np.array([counts(TYPES, *panel) for _, panel in panels]),
        weights=np.array([weight for weight, _ in panels]),
    )


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_shares_that_are_whole_are_kept(solver: SolverName) -> None:
    given = lottery((0.3, AA), (0.7, AB))
    tickets = round_to_tickets(Relaxation(types=TYPES), given, 10, solver=solver)
    assert Counter(map(tuple, tickets.tolist())) == {
        tuple(counts(TYPES, *AA)): 3,
        tuple(counts(TYPES, *AB)): 7,
    }


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 50, 1000])
def test_every_ticket_is_a_panel_and_nobody_is_far_off(count: int, solver: SolverName) -> None:
    weights = np.random.default_rng(7).dirichlet(np.ones(4)).tolist()
    given = lottery(*zip(weights, (AA, BB, AB, AB_B), strict=True))
    tickets = round_to_tickets(Relaxation(types=TYPES), given, count, solver=solver)
    assert tickets.shape == (count, 4)
    assert all(TYPES.is_panel(ticket) for ticket in tickets)
    off = np.abs(tickets.mean(axis=0) - given.counts) / TYPES.sizes
    # a place within a type is one ticket more for at most one of its people
    assert off.max() <= 2 / count


@pytest.mark.parametrize("count", [1, 2, 5, 100])
def test_who_is_certain_stays_certain(count: int) -> None:
    # the first man is on every panel of this lottery, though the quotas do not ask for it
    thirds = lottery((1 / 3, BB), (2 / 3, AB))
    tickets = round_to_tickets(Relaxation(types=TYPES), thirds, count, solver="highs")
    first_man = np.array(counts(TYPES, 4), dtype=bool)
    other_men = np.array(counts(TYPES, 5), dtype=bool)
    assert tickets[:, first_man].sum() == count
    assert tickets[:, other_men].sum() == 0
