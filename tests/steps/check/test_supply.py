from __future__ import annotations

from fractions import Fraction

from sortition.steps.check.supply import supplies
from tests.making import types


def test_the_stock_of_each_group() -> None:
    people = ["a x"] * 1 + ["b x"] * 2 + ["c x"] * 3 + ["d x"] * 4
    bounds = {"a": (2, 9), "b": (2, 9), "c": (2, 9), "d": (2, 9), "e": (0, 9)}
    found = supplies(types(people, {"f": bounds, "g": {"x": (0, 9)}}, 9))
    assert [one.people for one in found] == [1, 2, 3, 4, 0, 10]
    assert [one.stock for one in found] == ["short", "all", "thin", "enough", "enough", "enough"]
    assert found[1].share == Fraction(1, 5)
