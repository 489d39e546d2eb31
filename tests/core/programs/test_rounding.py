from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.core.programs.relaxation import Relaxation
from sortition.core.programs.rounding import Rounder
from sortition.core.programs.solver import Bounds, Program
from sortition.core.types import Floats, Ints, Types
from tests.making import types

ONE = {"f": (1, 1), "m": (1, 1)}
BOTH = {"f": (0, 2), "m": (0, 2)}
TWO_FEATURES = {"sex": {"f": (1, 1), "m": (1, 1)}, "age": {"a": (1, 1), "b": (1, 1)}}


def everywhere(found: Types) -> Bounds:
    return Relaxation(types=found).everywhere()


def counts(found: Types, **shares: float) -> Floats:
    """Expected counts, by the number of each person in the pool."""
    given = {int(name.removeprefix("p")): share for name, share in shares.items()}
    return np.array([sum(given.get(p + 1, 0) for p in members) for members in found.members])


def people_on(found: Types, panel: Ints | None) -> set[int]:
    assert panel is not None
    assert found.sizes.max() == 1
    return {members[0] + 1 for members, on in zip(found.members, panel, strict=True) if on}


def test_two_women_are_no_panel_and_one_gives_way_to_the_man() -> None:
    found = types(["f x", "f y", "m x"], {"sex": ONE, "where": {"x": (0, 2), "y": (0, 2)}}, 2)
    rounder = Rounder(found)
    vertex = counts(found, p1=0.7, p2=0.7, p3=0.6)
    for dear, kept in ((1, 2), (2, 1)):
        cost = counts(found, **{f"p{dear}": 1.0})
        assert people_on(found, rounder.panel(vertex, cost, everywhere(found))) == {kept, 3}


def test_last_digits_of_a_vertex_leave_no_seat_empty() -> None:
    found = types(["f x", "f y", "m x"], {"sex": ONE, "where": {"x": (0, 2), "y": (0, 2)}}, 2)
    vertex = counts(found, p1=0.7, p2=0.7, p3=0.6) - 1e-9
    assert Rounder(found).panel(vertex, np.zeros(len(found)), everywhere(found)) is not None


def test_who_would_be_cheapest_and_mends_nothing_does_not_come() -> None:
    anywhere = dict.fromkeys("xyz", (0, 2))
    found = types(["f x", "f y", "f z", "m x"], {"sex": ONE, "where": anywhere}, 2)
    vertex = counts(found, p1=0.7, p2=0.7, p3=0.1, p4=0.5)
    panel = Rounder(found).panel(vertex, counts(found, p1=3, p2=2, p4=1), everywhere(found))
    # but then she comes for another woman
    assert people_on(found, panel) == {3, 4}


def test_an_exchange_that_mends_two_rows_comes_before_one_that_mends_one() -> None:
    found = types(["f a", "f b", "m a", "m b"], TWO_FEATURES, 2)
    vertex = counts(found, p1=0.9, p2=0.8, p3=0.2, p4=0.1)
    free = np.zeros(len(found))
    # two women, one of each age: a man in place of either leaves two of an age
    assert people_on(found, Rounder(found).panel(vertex, free, everywhere(found))) in (
        {1, 4},
        {2, 3},
    )


def test_who_stands_at_a_bound_stays_there() -> None:
    found = types(["f x", "f y", "m x"], {"sex": ONE, "where": {"x": (0, 2), "y": (0, 2)}}, 2)
    rounder, free = Rounder(found), np.zeros(len(found))
    vertex = counts(found, p1=0.7, p2=0.7, p3=0.6)
    held = replace(everywhere(found), lower=counts(found, p1=1))
    assert people_on(found, rounder.panel(vertex, free, held)) == {1, 3}


@pytest.mark.parametrize("sex", [{"f": (0, 1), "m": (0, 2)}, {"f": (0, 2), "m": (1, 2)}])
def test_where_nobody_who_mends_may_come_there_is_none(sex: dict[str, tuple[int, int]]) -> None:
    found = types(["f x", "f y", "m x"], {"sex": sex, "where": {"x": (0, 2), "y": (0, 2)}}, 2)
    vertex = counts(found, p1=0.7, p2=0.7, p3=0.6)
    barred = replace(everywhere(found), upper=counts(found, p1=1, p2=1))
    assert Rounder(found).panel(vertex, np.zeros(len(found)), barred) is None


@pytest.mark.parametrize("bound", ["row_lower", "row_upper"])
def test_rows_keep_the_bounds_that_are_asked_for(bound: str) -> None:
    # the quotas allow two of either, or one of each
    found = types(
        ["f x", "f y", "m x", "m y"], {"sex": BOTH, "where": {"x": (0, 2), "y": (0, 2)}}, 2
    )
    women = 1 + next(n for n, quota in enumerate(found.quotas) if quota.value == "f")
    bounds = everywhere(found)
    rows = getattr(bounds, bound).copy()
    rows[women] = 1
    within = replace(bounds, **{bound: rows})
    few, many = ((1, 2), (3, 4)) if bound == "row_lower" else ((3, 4), (1, 2))
    start = counts(found, **{f"p{few[0]}": 0.2}, **{f"p{one}": 0.9 for one in many})
    dear = counts(found, **{f"p{one}": 1.0 for one in few})
    panel = Rounder(found).panel(start, dear, within)
    assert panel is not None
    assert counts(found, p1=1, p2=1) @ panel == 1


def test_only_one_of_a_household() -> None:
    found = types(["f", "f", "m", "m"], {"sex": ONE}, 2, households=[1, None, 1, None])
    vertex = counts(found, p1=0.9, p3=0.9, p2=0.1, p4=0.1)
    panel = Rounder(found).panel(vertex, np.zeros(len(found)), everywhere(found))
    assert people_on(found, panel) in ({1, 4}, {2, 3})


def test_only_one_of_a_household_whatever_quotas_they_count_for() -> None:
    quotas = {"name": dict.fromkeys("abcd", (0, 1)), "where": {"x": (0, 2)}}
    found = types(["a x", "b x", "c x", "d x"], quotas, 2, households=[1, 1, None, None])
    vertex = counts(found, p1=0.9, p2=0.8, p3=0.2, p4=0.1)
    panel = Rounder(found).panel(vertex, counts(found, p2=1, p4=1), everywhere(found))
    assert people_on(found, panel) == {1, 3}


def test_a_mate_may_come_for_a_mate() -> None:
    found = types(["a", "b", "c"], {"name": dict.fromkeys("abc", (0, 1))}, 2, households=[1, 1, 2])
    vertex = counts(found, p1=1, p3=1)
    panel = Rounder(found).panel(vertex, counts(found, p1=2, p2=1), everywhere(found))
    assert people_on(found, panel) == {2, 3}


def test_who_lives_alone_leaves_like_anybody_else() -> None:
    people, homes = ["f v", "f w", "m x", "f y", "f z"], [1, None, 2, 1, 2]
    quotas = {"sex": ONE, "where": dict.fromkeys("vwxyz", (0, 1))}
    found = types(people, quotas, 2, households=homes)
    vertex = counts(found, p1=0.9, p2=0.9, p3=0.2)
    panel = Rounder(found).panel(vertex, counts(found, p2=3, p4=9, p5=9), everywhere(found))
    assert people_on(found, panel) == {1, 3}


def test_a_panel_gets_as_cheap_as_exchanges_make_it() -> None:
    found = types(["f a", "f b", "m a", "m b"], {"sex": ONE, "age": {"a": (0, 2), "b": (0, 2)}}, 2)
    vertex = counts(found, p1=1, p3=1)
    cost = counts(found, p1=1.5, p2=1, p3=2, p4=5)
    assert people_on(found, Rounder(found).panel(vertex, cost, everywhere(found))) == {2, 3}


@pytest.mark.parametrize("limit", [1, 2])
@given(data=st.data())
def test_whatever_comes_of_a_vertex_is_a_panel_within_its_bounds(
    limit: int, data: st.DataObject
) -> None:
    kinds = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")).map(" ".join)
    people = data.draw(st.lists(kinds, min_size=6, max_size=14))
    homes = data.draw(st.lists(st.sampled_from([None, 1, 2, 3]), min_size=14, max_size=14))
    size = data.draw(st.integers(3, 6))
    bound = st.tuples(st.integers(0, 1), st.integers(2, 6))
    quotas = {
        feature: {value: data.draw(bound) for value in values}
        for feature, values in (("one", "abc"), ("two", "xyz"))
    }
    found = types(people, quotas, size, households=homes[: len(people)], limit=limit)
    cost = np.array(data.draw(st.lists(st.integers(-9, 9), min_size=len(found))), dtype=float)
    cost = cost[: len(found)]
    top = np.array([data.draw(st.integers(0, int(each))) for each in found.sizes], dtype=float)
    within = replace(everywhere(found), upper=top)
    solution = Program(len(found), Relaxation(types=found).rows, solver="highs").minimise(
        cost, within
    )
    if solution is None:
        return
    panel = Rounder(found).panel(solution.columns, cost, within)
    if panel is None:
        return
    assert found.is_panel(panel)
    assert np.all(panel <= top)
    # and no exchange of two people makes it cheaper
    for leave in np.flatnonzero(panel):
        for come in np.flatnonzero(panel < top):
            other = panel.copy()
            other[leave] -= 1
            other[come] += 1
            assert not found.is_panel(other) or cost @ other >= cost @ panel - 1e-6
