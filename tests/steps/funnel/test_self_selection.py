from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import binom

from sortition.core.types import Floats
from sortition.steps.funnel.self_selection import Asked, SelfSelection, self_selection

AGES = {"16-29": 0.3, "30-59": 0.6, "60+": 1.0}
SCHOOLING = {"long": 1.0, "short": 0.4, "none": 0.25}
BASE = 0.12


def asked(values: str, people: int, answered: int) -> Asked:
    return Asked(values=tuple(values.split()), asked=people, answered=answered)


def strata(people: int, *, seed: int | None = None) -> list[Asked]:
    """What a wave brings in: as many as expected, or by chance."""
    chance = None if seed is None else np.random.default_rng(seed)
    found = []
    for (age, a), (schooling, s) in product(AGES.items(), SCHOOLING.items()):
        q = BASE * a * s
        answered = round(people * q) if chance is None else int(chance.binomial(people, q))
        found.append(Asked(values=(age, schooling), asked=people, answered=answered))
    return found


def test_factors_come_back_from_what_is_expected() -> None:
    model = self_selection(strata(1_000_000))
    assert model.base == pytest.approx(BASE, rel=1e-4)
    assert model.factors[0] == pytest.approx(AGES, rel=1e-4)
    assert model.factors[1] == pytest.approx(SCHOOLING, rel=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_factors_come_back_from_chance(seed: int) -> None:
    """Of 4,000 people a stratum 36 to 480 answer, so each rate is within 4 errors of its own."""
    people = 4000
    model = self_selection(strata(people, seed=seed))
    for age, schooling in product(AGES, SCHOOLING):
        q = BASE * AGES[age] * SCHOOLING[schooling]
        error = (q * (1 - q) / people) ** 0.5
        assert abs(model.chance((age, schooling)) - q) < 4 * error


def test_one_feature_gives_the_rates_themselves() -> None:
    model = self_selection([asked("a", 40, 10), asked("b", 40, 4), asked("c", 10, 1)])
    assert [model.chance((value,)) for value in "abc"] == pytest.approx([1 / 4, 1 / 10, 1 / 10])
    assert model.factors[0] == pytest.approx({"a": 1, "b": 0.4, "c": 0.4})


def test_a_small_stratum_learns_from_those_who_share_its_values() -> None:
    wave = [asked("a x", 1000, 100), asked("a y", 1000, 50), asked("b x", 1000, 40)]
    model = self_selection([*wave, asked("b y", 0, 0)])
    assert model.chance(("b", "y")) == pytest.approx(0.02, rel=1e-6)


def test_a_value_that_nobody_answered_with_gets_nothing() -> None:
    model = self_selection([asked("a", 50, 5), asked("b", 50, 0)])
    assert model.chance(("a",)) == pytest.approx(0.1)
    assert model.chance(("b",)) == 0
    with pytest.raises(KeyError):
        model.chance(("c",))


def test_no_chance_is_above_one() -> None:
    # by symmetry both factors are s, and 30 log s + 5 log(1 - s^2) is highest at s^2 = 3/4
    model = self_selection([asked("a x", 10, 5), asked("a y", 10, 10), asked("b x", 10, 10)])
    assert model.base == pytest.approx(1, abs=1e-6)
    assert model.factors[0] == pytest.approx({"a": 0.75**0.5, "b": 1}, abs=1e-4)
    everybody = self_selection([asked("a", 7, 7)])
    assert everybody.chance(("a",)) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_no_other_factors_are_likelier(seed: int) -> None:
    wave = strata(60, seed=seed)
    model = self_selection(wave)
    best = likelihood(model, wave)

    def unlikely(logs: Floats) -> float:
        ages, schooling = (
            dict(zip(names, part.tolist(), strict=True))
            for names, part in ((AGES, logs[1:4]), (SCHOOLING, logs[4:]))
        )
        q = [np.exp(logs[0] + ages[s.values[0]] + schooling[s.values[1]]) for s in wave]
        chances = zip(wave, q, strict=True)
        return -sum(float(binom.logpmf(s.answered, s.asked, min(p, 1 - 1e-9))) for s, p in chances)

    for start in (-0.5, -1.5):
        found = minimize(unlikely, np.full(7, start), method="L-BFGS-B", bounds=[(-9, 0)] * 7)
        assert best >= -found.fun - 1e-4


def likelihood(model: SelfSelection, wave: list[Asked]) -> float:
    return float(sum(binom.logpmf(s.answered, s.asked, model.chance(s.values)) for s in wave))


def test_nobody_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        self_selection([asked("a", 10, 0)])
    with pytest.raises(ValueError, match="at most"):
        asked("a", 3, 4)
