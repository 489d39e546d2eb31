from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings

from sortition.core.progress import Silent
from sortition.core.spread.cells import cells_of
from sortition.core.types import Ints
from sortition.model import COMBINATION, InfeasibleQuotas, Instance, Lottery, Quota, Quotas
from sortition.selection.preparation import Rules, prepare
from tests.budgets import examples
from tests.making import all_panels, instance
from tests.property.instances import about_one_group

TICKETS = 60


def pairs_of(problem: Instance) -> tuple[tuple[str, str], ...]:
    return tuple(combinations(sorted(problem.pool.features), 2))


def tickets_of(lottery: Lottery) -> Counter[str]:
    held = Counter[str]()
    for panel in lottery.panels:
        held.update(dict.fromkeys(panel.members, panel.weight))
    return held


def off(problem: Instance, lottery: Lottery) -> int:
    """The sum of squared distances from the mean, counted one by one, times tickets squared."""
    values = {
        member.id: dict(zip(problem.pool.features, member.values, strict=True))
        for member in problem.pool.members
    }
    total, tickets = 0, lottery.ticket_count
    for one, other in pairs_of(problem):
        for cell in {(its[one], its[other]) for its in values.values()}:
            seats = [
                sum((values[id][one], values[id][other]) == cell for id in panel.members)
                for panel in lottery.panels
                for _ in range(panel.weight)
            ]
            total += sum((tickets * number - sum(seats)) ** 2 for number in seats)
    return total


@settings(max_examples=examples(4))
@given(problem=about_one_group())
def test_chances_and_quotas_stay_and_no_cell_lies_farther(problem: Instance) -> None:
    try:
        plain = prepare(problem, Rules(tickets=TICKETS), Silent())
    except InfeasibleQuotas:
        assume(False)
        return
    mixed = prepare(problem, Rules(tickets=TICKETS, mixed=pairs_of(problem)), Silent())
    assert {panel.members for panel in mixed.lottery.panels} <= set(all_panels(problem))
    assert tickets_of(mixed.lottery) == tickets_of(plain.lottery)
    assert mixed.certificate == plain.certificate
    assert off(problem, mixed.lottery) <= off(problem, plain.lottery)


@pytest.mark.parametrize("room", [0, 1], ids=["exact quotas", "quotas with room"])
def test_every_panel_is_perfect_where_that_can_be(room: int) -> None:
    people = [" ".join(cell) for cell in product("fm", "hl") for _ in range(3)]
    bounds = (2 - room, 2 + room)
    problem = instance(
        people, {"sex": {"f": bounds, "m": bounds}, "school": {"h": bounds, "l": bounds}}, 4
    )
    plain = prepare(problem, Rules(tickets=TICKETS), Silent())
    mixed = prepare(problem, Rules(tickets=TICKETS, mixed=pairs_of(problem)), Silent())
    assert off(problem, plain.lottery) > 0
    assert off(problem, mixed.lottery) == 0


def test_a_household_sends_one_person_still() -> None:
    people = [" ".join(cell) for cell in product("fm", "hl") for _ in range(3)]
    homes = [number % 6 for number in range(12)]
    bounds = (1, 3)
    problem = instance(
        people,
        {"sex": {"f": bounds, "m": bounds}, "school": {"h": bounds, "l": bounds}},
        4,
        households=homes,
    )
    mixed = prepare(problem, Rules(tickets=TICKETS, mixed=pairs_of(problem)), Silent())
    home = {member.id: member.household for member in problem.pool.members}
    for panel in mixed.lottery.panels:
        assert len({home[id] for id in panel.members}) == 4


def rows_of(problem: Instance, *pairs: tuple[str, str]) -> Ints:
    return np.unique(cells_of(problem, pairs).rows_of, axis=1)


def test_the_order_of_features_and_pairs_does_not_matter() -> None:
    bounds = {"x": (0, 2), "y": (0, 2)}
    problem = instance(["x y x", "y y x", "x x y"], {"a": bounds, "b": bounds, "c": bounds}, 2)
    one = rows_of(problem, ("a", "b"), ("b", "c"))
    other = rows_of(problem, ("c", "b"), ("b", "a"))
    assert one.tolist() == other.tolist()


def test_a_cell_that_a_quota_names_is_left_out() -> None:
    bounds = {"x": (0, 2), "y": (0, 2)}
    problem = instance(["x y", "y x", "y y"], {"a": bounds, "b": bounds}, 2)
    named = Quota(
        feature=COMBINATION, value="b=x & a=y", lower=0, upper=1, parts=(("b", "x"), ("a", "y"))
    )
    quotas = Quotas(rows=(*problem.quotas.rows, named))
    cells = cells_of(replace(problem, quotas=quotas), [("a", "b")])
    assert cells.rows_of.tolist() == [[0], [2], [1]]
