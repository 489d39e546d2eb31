from __future__ import annotations

import numpy as np
import pytest

from sortition.core.spread.changes import Changes
from sortition.core.spread.mending import mend
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.people import people_of
from sortition.core.spread.shuffling import shuffled
from sortition.core.spread.table import Table
from sortition.core.types import Ints
from sortition.model import Instance
from tests.making import all_panels, instance, meets

SEXES = {"f": (2, 2), "m": (2, 2)}
AGES = {"a": (1, 2), "b": (2, 3)}
PEOPLE = ["f a", "f a", "f b", "f b", "m a", "m a", "m b", "m b"]
QUOTAS = instance(PEOPLE, {"sex": SEXES, "age": AGES}, 4)
COUPLES = instance(PEOPLE, {"sex": SEXES, "age": AGES}, 4, households=[0, 1, 2, 3, 2, 3, 0, 1])
FLATS = instance(
    PEOPLE, {"sex": SEXES, "age": AGES}, 4, households=[0, 0, 0, 1, 1, 1, 0, 1], limit=2
)
HELD = np.full(8, 50)


def table_of(problem: Instance, held: Ints, seed: int) -> Table:
    people = people_of(problem)
    return Table(shuffled(held, people.unit_of, 100, 4, Numbers(seed)), people)


def ids_of(problem: Instance, row: list[int]) -> tuple[str, ...]:
    return tuple(problem.pool.members[position].id for position in row)


@pytest.mark.parametrize("problem", [QUOTAS, COUPLES, FLATS], ids=["quotas", "couples", "flats"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_ticket_becomes_a_panel_and_everybody_keeps_hers(
    problem: Instance, seed: int
) -> None:
    table = table_of(problem, HELD, seed)
    panels = set(all_panels(problem))
    assert any(ids_of(problem, row) not in panels for row in table.seats.tolist())
    assert len(mend(table, Numbers(seed))) == 0
    assert all(ids_of(problem, row) in panels for row in table.seats.tolist())
    assert np.bincount(table.seats.ravel()).tolist() == HELD.tolist()


def test_what_cannot_be_mended_is_said() -> None:
    # five places too many for women, who are exactly two of four
    held = HELD + np.array([5, 0, 0, 0, -5, 0, 0, 0])
    table = table_of(QUOTAS, held, 1)
    broken = mend(table, Numbers(1))
    expected = [
        number
        for number, row in enumerate(table.seats.tolist())
        if not meets(QUOTAS, ids_of(QUOTAS, row), QUOTAS.quotas.rows)
    ]
    assert broken.tolist() == expected
    assert 1 <= len(broken) <= 5


def test_how_much_worse_is_what_a_change_does() -> None:
    table = table_of(COUPLES, HELD, 4)
    one, other, places = np.array([3]), np.array([8]), np.arange(4)
    both = np.array([3, 8])
    before = int(table.faults(both).sum())
    worse = Changes(table).worse(one, other, places, places)[0]
    tried = 0
    for here in places.tolist():
        for there in places.tolist():
            a, b = table.taken[3 * 4 + here], table.taken[8 * 4 + there]
            if a in table.taken[32:36] or b in table.taken[12:16]:
                assert worse[here, there] > 0
                continue
            changed = Table(table.taken.reshape(100, 4), table.people)
            changed.change(3 * 4 + np.array([here]), 8 * 4 + np.array([there]))
            assert int(changed.faults(both).sum()) - before == worse[here, there]
            tried += 1
    assert tried > 3
