from __future__ import annotations

from fractions import Fraction

import pytest

from sortition.selection.reserve.dropouts import SEEN_SHARE, WORTH, Attended, DropoutRates, fitted


def test_what_former_assemblies_saw() -> None:
    # 5/30, 3/34, 2/31, 1/35 and 5/33 are 16 of 163
    assert Fraction(17, 165) == SEEN_SHARE
    assert DropoutRates().chance({"age": "old"}) == SEEN_SHARE


def test_one_value_has_the_chance_that_was_given() -> None:
    rates = DropoutRates(base=Fraction(1, 10), of_values={("age", "young"): Fraction(1, 4)})
    assert rates.chance({"age": "young", "sex": "f"}) == Fraction(1, 4)
    assert rates.chance({"age": "old", "sex": "f"}) == Fraction(1, 10)


def test_chances_of_staying_are_multiplied() -> None:
    rates = DropoutRates(
        base=Fraction(1, 5),
        of_values={("age", "young"): Fraction(2, 5), ("sex", "m"): Fraction(3, 10)},
    )
    # 4/5 stay; the young 3/4 times, men 7/8 times as likely: 21/40
    assert rates.chance({"age": "young", "sex": "m"}) == Fraction(19, 40)


def test_nobody_stays_with_a_chance_above_one() -> None:
    rates = DropoutRates(
        base=Fraction(1, 2),
        of_values={("age", "old"): Fraction(0), ("sex", "f"): Fraction(0)},
    )
    assert rates.chance({"age": "old", "sex": "f"}) == 0


def test_counts_are_drawn_towards_the_share_of_all() -> None:
    counts = [
        Attended(feature="age", value="young", selected=90, attended=60),
        Attended(feature="age", value="old", selected=100, attended=100),
    ]
    rates = fitted(counts)
    base = (30 + WORTH * SEEN_SHARE) / (190 + WORTH)
    assert rates.base == base
    assert rates.of_values["age", "young"] == (30 + WORTH * base) / 100
    assert 0 < rates.of_values["age", "old"] < base < rates.of_values["age", "young"]


def test_the_same_people_under_two_features_count_once() -> None:
    ages = [Attended(feature="age", value="a", selected=500, attended=400)]
    both = [*ages, Attended(feature="sex", value="f", selected=500, attended=400)]
    assert fitted(ages).base == fitted(both).base


def test_many_counts_speak_for_themselves() -> None:
    counts = [Attended(feature="age", value="a", selected=10**6, attended=7 * 10**5)]
    assert float(fitted(counts).of_values["age", "a"]) == pytest.approx(0.3, abs=1e-4)


@pytest.mark.parametrize("base", [Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
def test_a_chance_is_one(base: Fraction) -> None:
    with pytest.raises(ValueError, match=r"chance|stay"):
        DropoutRates(base=base)
