from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from sortition.core.types import Ints
from sortition.errors import InputErrors
from sortition.model import ticket
from sortition.selection.reserve.beside import callable_beside, people_in_reserve
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.kinds import Kinds, kinds_of
from sortition.selection.reserve.scenarios import WORD, Vacancies
from tests.making import instance

QUOTAS = {"sex": {"f": (1, 2), "m": (1, 2)}}


def kinds(people: list[str], homes: list[int | None], limit: int = 1) -> Kinds:
    made = instance(people, QUOTAS, 2, households=homes, limit=limit)
    rates = DropoutRates(base=Fraction(1, 10), of_values={("sex", "f"): Fraction(1, 4)})
    return kinds_of(made, rates, seed="1", domain="kinds")


def first(vacancies: Vacancies, count: int = 2) -> Ints:
    """People of the first kind, then of the next."""
    return np.repeat(np.arange(len(vacancies.supply)), vacancies.supply)[:count]


def test_people_are_counted_by_kind() -> None:
    made = kinds(["f", "f", "m", "m", "m"], [None] * 5)
    found = callable_beside(made, ["P1", "P3"], seed="1", domain="people")
    assert found.people == (("P2",), ("P4", "P5"))
    assert found.vacancies.supply.tolist() == [1, 2]
    assert found.vacancies.seats.tolist() == [[1, 0], [0, 1]]
    assert found.vacancies.leaving.tolist() == [WORD // 4, int(Fraction(1, 10) * WORD)]
    assert found.count == 3


def test_who_is_barred_is_not_called() -> None:
    made = kinds(["f", "f", "m", "m", "m"], [None] * 5)
    found = callable_beside(made, ["P1", "P3"], barred=["P2", "P5"], seed="1", domain="people")
    assert found.people == (("P4",),)


def test_of_one_kind_tickets_decide() -> None:
    made = kinds(["f", "m", *["f"] * 6], [None] * 8)
    found = callable_beside(made, ["P1", "P2"], seed="1", domain="people")
    order = sorted(found.people[0], key=lambda id: ticket(id, seed="1", domain="people"))
    assert found.named(np.array([0, 0, 0])) == tuple(order[:3])


@pytest.mark.parametrize(("limit", "callable_"), [(1, {"P5"}), (2, {"P2", "P4", "P5"})])
def test_nobody_is_called_who_lives_with_the_panel(limit: int, callable_: set[str]) -> None:
    made = kinds(["f", "f", "m", "m", "m"], [0, 0, 1, 1, None], limit)
    found = callable_beside(made, ["P1", "P3"], seed="1", domain="people")
    assert {id for people in found.people for id in people} == callable_


@pytest.mark.parametrize(("limit", "count"), [(1, 3), (2, 4)])
def test_a_reserve_is_of_different_households(limit: int, count: int) -> None:
    people, homes = ["f", "m", "f", "f", "f", "f", "m"], [None, None, 0, 0, 0, 1, None]
    made = kinds(people, homes, limit)
    _, _, named = people_in_reserve(
        made, ["P1", "P2"], count, lambda v: first(v, count), barred=[], seed="1", domain="people"
    )
    home_of = dict(zip((f"P{n}" for n in range(1, 8)), homes, strict=True))
    shared = Counter(home_of[id] for id in named if home_of[id] is not None)
    assert len(set(named)) == count
    assert max(shared.values()) <= limit
    with pytest.raises(InputErrors):
        people_in_reserve(
            made, ["P1", "P2"], 5, lambda v: first(v, 5), barred=[], seed="1", domain="people"
        )


def test_only_what_the_household_rule_needs_is_left_to_lots() -> None:
    """Four people at two addresses: the two women can both be called."""
    made = kinds(["f", "m", "f", "m", "f", "m"], [None, None, 0, 0, 1, 1])
    for seed in map(str, range(20)):
        beside, chosen, named = people_in_reserve(
            made, ["P1", "P2"], 2, first, barred=[], seed=seed, domain="people"
        )
        assert set(named) == {"P3", "P5"}
        assert beside.vacancies.kinds[chosen].tolist() == [[1, 0], [1, 0]]
