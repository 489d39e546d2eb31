from __future__ import annotations

import pytest

from sortition.errors import Finding
from sortition.model import Quota, Quotas
from tests.making import quotas_of


def test_rows_are_sorted_whatever_order_they_came_in() -> None:
    b = Quota(feature="b", value="y", lower=0, upper=1)
    a = Quota(feature="a", value="x", lower=0, upper=1)
    assert Quotas(rows=(b, a)) == Quotas(rows=(a, b))
    assert Quotas(rows=(b, a)).rows == (a, b)
    assert Quotas(rows=(b, a)).features == ("a", "b")
    assert Quotas(rows=(b, a)).of("b") == (b,)
    assert Quotas(rows=(b, a)).of("c") == ()


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        ([], "no quotas"),
        ([("x", 0, 1), ("x", 0, 2)], "same feature and value"),
        ([("x", -1, 1)], "negative"),
        ([("x", 2, 1)], "crossed"),
    ],
)
def test_no_quotas(bounds: list[tuple[str, int, int]], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Quotas(rows=tuple(Quota(feature="a", value=v, lower=lo, upper=up) for v, lo, up in bounds))


def test_bounds_that_cannot_add_up() -> None:
    quotas = quotas_of(
        {
            "fits": {"x": (2, 2), "y": (3, 3)},
            "less": {"x": (0, 1), "y": (0, 3)},
            "more": {"x": (3, 3), "y": (3, 9)},
        }
    )
    assert quotas.size_faults(5) == (
        Finding(code="quota-maximums-below-size", column="less", facts={"total": 4, "size": 5}),
        Finding(code="quota-minimums-exceed-size", column="more", facts={"total": 6, "size": 5}),
    )
