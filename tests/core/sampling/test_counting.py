from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from sortition.core.sampling.counting import Count, count_panels
from sortition.core.types import Types, types_of
from sortition.errors import InputErrors
from sortition.model import COMBINATION, Instance, Quota, Quotas
from tests.making import all_panels, instance, parity, six_people, types

ENOUGH = 100_000


def published(seats: int, size: int, lower: int) -> Types:
    """The two made-up pools of the Nature paper: one liberal woman fewer, one conservative more."""
    bounds = (lower, seats)
    return types(
        ["m c"] * size + ["f l"] * (size - 1) + ["f c"],
        {"gender": {"f": bounds, "m": bounds}, "leaning": {"l": bounds, "c": bounds}},
        seats,
    )


def counted(types: Types) -> Count:
    count = count_panels(types, budget=ENOUGH)
    assert count is not None
    return count


def position_of_the_lone(types: Types) -> int:
    return int(types.sizes.argmin())


def test_the_small_published_pool() -> None:
    pool = published(20, 100, 9)
    count = counted(pool)
    assert count.panels == 814225107551835924136192000
    lone = count.probabilities()[position_of_the_lone(pool)]
    assert float(lone) == pytest.approx(0.0731985294, abs=5e-11)


def test_the_large_published_pool() -> None:
    pool = published(200, 1000, 99)
    lone = counted(pool).probabilities()[position_of_the_lone(pool)]
    assert float(lone) == pytest.approx(0.0694037567, abs=5e-11)


def made_up(number: int) -> Instance | None:
    """A random pool of up to ten people, some at one address; None if its quotas are absurd."""
    random = Random(number)
    size = random.randint(2, 5)
    values = ["ab", "abc", "ab"][: random.randint(1, 3)]
    people = [
        " ".join(random.choice(of_feature) for of_feature in values)
        for _ in range(random.randint(size + 2, 11))
    ]
    quotas = {
        f"f{feature}": {
            value: (random.choice([0, 0, 1]), random.randint(max(1, size - 3), size))
            for value in of_feature
        }
        for feature, of_feature in enumerate(values)
    }
    homes = [random.choice([None, 1, 2, 3, 4, 5]) for _ in people]
    try:
        made = instance(people, quotas, size, households=homes)
        return replace(made, household_limit=random.choice([1, 1, 2]))
    except InputErrors:
        return None


def alike_couples() -> Instance:
    """Three couples and a family of two daughters, all of one make each, and two who live alone."""
    people = ["f o", "m o"] * 3 + ["f y", "f y", "m o"] * 2 + ["f y", "m o"]
    homes = [1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, None, None]
    bounds = {"sex": {"f": (1, 3), "m": (1, 3)}, "age": {"o": (2, 4), "y": (0, 2)}}
    return instance(people, bounds, 4, households=homes)


TINY = [made for made in map(made_up, range(60)) if made is not None]


@pytest.mark.parametrize("instance", [*TINY, alike_couples(), six_people(), parity()])
def test_against_all_groups(instance: Instance) -> None:
    types, panels = types_of(instance), all_panels(instance)
    count = counted(types)
    assert count.panels == len(panels)
    if panels:
        held = Counter(id for panel in panels for id in panel)
        shares = [
            Fraction(held[instance.pool.members[position].id], len(panels))
            for position in range(len(instance.pool))
        ]
        for members, share in zip(types.members, count.probabilities(), strict=True):
            assert {shares[position] for position in members} == {share}


def test_the_tiny_instances_are_not_all_alike() -> None:
    sizes = [len(all_panels(instance)) for instance in TINY]
    assert sizes.count(0) < len(sizes) / 2
    assert sum(size > 10 for size in sizes) > 10
    assert any(max(types_of(instance).households, default=0) > 1 for instance in TINY)
    assert any(instance.household_limit > 1 for instance in TINY)


@pytest.mark.parametrize("instance", [*TINY[:20], alike_couples()])
def test_each_number_is_another_panel(instance: Instance) -> None:
    types, count = types_of(instance), counted(types_of(instance))
    type_of = {
        instance.pool.members[position].id: number
        for number, members in enumerate(types.members)
        for position in members
    }
    wanted = Counter(tuple(sorted(type_of[id] for id in panel)) for panel in all_panels(instance))
    numbered = Counter(
        tuple(type_ for type_, people in enumerate(count.panel(number)) for _ in range(people))
        for number in range(count.panels)
    )
    assert numbered == wanted


def test_a_quota_on_people_with_two_values() -> None:
    loose = alike_couples()
    young_women = Quota(
        feature=COMBINATION,
        value="age=y & sex=f",
        lower=1,
        upper=1,
        parts=(("age", "y"), ("sex", "f")),
    )
    made = replace(loose, quotas=Quotas(rows=(*loose.quotas.rows, young_women)))
    values = {member.id: member.values for member in loose.pool.members}
    wanted = [
        panel for panel in all_panels(loose) if sum(values[id] == ("f", "y") for id in panel) == 1
    ]
    assert counted(types_of(made)).panels == len(wanted) > 0


@pytest.mark.parametrize("number", [-1, 9])
def test_a_number_that_no_panel_has(number: int) -> None:
    count = counted(types_of(six_people()))
    assert count.panels == 9
    with pytest.raises(ValueError, match="no panel has this number"):
        count.panel(number)


def test_no_panel_no_probability() -> None:
    with pytest.raises(ZeroDivisionError):
        counted(types_of(parity())).probabilities()


def test_the_budget_is_kept() -> None:
    pool = published(20, 100, 9)
    assert count_panels(pool, budget=10) is None
