from __future__ import annotations

from collections import Counter
from math import fsum

import pytest

from sortition.steps.funnel.end_to_end import Values, group_chances, stratum_chances

PEOPLE: dict[Values, int] = {("young",): 1000, ("old",): 500}
INVITED: dict[Values, int] = {("young",): 200, ("old",): 100}
CAME: dict[Values, int] = {("young",): 4, ("old",): 8}
SELECTED: dict[Values, float] = {("young",): 3.0, ("old",): 2.0}


def test_the_three_chances() -> None:
    chances, model = stratum_chances(PEOPLE, INVITED, CAME, SELECTED)
    assert model.chance(("young",)) == pytest.approx(0.02)
    young, old = chances["young",], chances["old",]
    assert (young.letter, young.pool) == (0.2, 0.75)
    assert (old.letter, old.pool) == (0.2, 0.25)
    assert young.answering == pytest.approx(0.02)
    assert old.coming == pytest.approx(0.2 * 0.08)


def test_with_a_factor_for_each_stratum_the_chances_add_up_to_the_seats() -> None:
    chances, _ = stratum_chances(PEOPLE, INVITED, CAME, SELECTED)
    seats = fsum(of.people * of.coming * (of.pool or 0) for of in chances.values())
    assert seats == pytest.approx(5)


def test_groups_get_the_mean_of_all_their_people() -> None:
    chances, _ = stratum_chances(PEOPLE, INVITED, CAME, SELECTED)
    groups: dict[Values, Counter[str]] = {
        ("young",): Counter(woman=600, man=400),
        ("old",): Counter(woman=100, man=400),
    }
    found = group_chances(chances, groups)
    # three young in 1,000 and two old in 500
    assert found["woman"].total == pytest.approx((600 * 0.003 + 100 * 0.004) / 700)
    assert found["man"].people == 800
    for of in found.values():
        assert of.letter * of.answering * of.pool == pytest.approx(of.total)


def test_nothing_is_said_of_those_of_whom_nobody_is_in_the_pool() -> None:
    came: dict[Values, int] = {("young",): 4}
    chances, _ = stratum_chances(PEOPLE, INVITED, came, {("young",): 5.0})
    assert chances["old",].pool is None
    assert chances["old",].answering == 0
    found = group_chances(chances, {s: Counter(all=n) for s, n in PEOPLE.items()})
    assert found["all"].people == 1000


def test_who_got_no_letter_has_no_chance() -> None:
    chances, _ = stratum_chances(PEOPLE, {("young",): 200}, {("young",): 4}, {})
    assert (chances["old",].letter, chances["old",].coming) == (0, 0)


def test_nobody_comes_without_a_letter() -> None:
    with pytest.raises(ValueError, match="at most"):
        stratum_chances(PEOPLE, {("young",): 200}, CAME, {})
