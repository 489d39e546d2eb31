from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from sortition.model.dispersion import dispersion, kinds_of

PANELS = [(("a", "c"), 2), (("b", "c"), 1), (("b", "d"), 1)]
HOLDERS = {
    ("age", "old"): ["a", "b"],
    ("age", "young"): ["c", "d"],
    ("sex", "f"): ["a", "d"],
    ("sex", "m"): ["b", "c"],
}


def test_known_answers() -> None:
    found = dispersion(PANELS, kinds_of(HOLDERS))
    assert (found.panels, found.compositions) == (3, 3)
    assert found.company.pairs == 6
    assert found.company.never == 0.5
    # tickets of a, b, c, d: 2, 2, 3, 1 of 4
    chances = [Fraction(x * y, 16) for x, y in combinations((2, 2, 3, 1), 2)]
    expected = sum((1 - chance) ** 4 for chance in chances) / 6
    assert found.company.never_independent == pytest.approx(float(expected))
    # a is always with c, d with b; b half with c; c two of three with a
    assert found.company.closest == pytest.approx((1 + 2 / 3) / 2)
    assert (found.company.nearly_always, found.company.forced, found.company.certain) == (2, 0, 0)
    cells = {(*cell.features, *cell.values): cell for cell in found.intersections}
    old_women = cells["age", "sex", "old", "f"]
    assert (old_women.pool, old_women.mean, old_women.fewest, old_women.most) == (1, 0.5, 0, 1)
    assert old_women.near == 1


def test_how_many_tickets_lie_near_the_mean() -> None:
    holders = {("age", "old"): ["a", "b"], ("sex", "f"): ["a", "b"]}
    (cell,) = dispersion(
        [(("a", "b"), 1), (("a", "c"), 2), (("c", "d"), 5)], kinds_of(holders)
    ).intersections
    assert (cell.mean, cell.fewest, cell.most) == (0.5, 0, 2)
    assert cell.near == 7 / 8


def test_people_who_are_alike_make_no_other_composition() -> None:
    holders = {("sex", "f"): ["a", "b"], ("sex", "m"): ["c", "d"]}
    found = dispersion(PANELS, kinds_of(holders))
    assert (found.panels, found.compositions) == (3, 1)
    assert found.intersections == ()


def test_people_of_one_kind_are_not_told_apart_on_some_tickets() -> None:
    holders = {("kind", "1"): ["a", "b"], ("kind", "2"): ["c"], ("kind", "3"): ["d"]}
    found = dispersion([(("a", "b", "c"), 3), (("a", "b", "d"), 1)], kinds_of(holders))
    assert (found.compositions, found.panels) == (2, 2)
