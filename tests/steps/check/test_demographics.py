from __future__ import annotations

from fractions import Fraction

import pytest

from sortition.steps.check.demographics import represented
from tests.making import quotas_of


@pytest.mark.parametrize(
    ("share", "bounds", "apart", "verdict"),
    [
        # of 10 seats
        (Fraction(1, 4), (2, 3), Fraction(0), "fits"),
        (Fraction(1, 4), (3, 3), Fraction(1, 2), "rounding"),
        (Fraction(1, 4), (2, 2), Fraction(-1, 2), "rounding"),
        (Fraction(1, 4), (4, 5), Fraction(3, 2), "over"),
        (Fraction(1, 4), (0, 1), Fraction(-3, 2), "under"),
        (Fraction(3, 10), (4, 4), Fraction(1), "over"),
        (Fraction(3, 10), (2, 2), Fraction(-1), "under"),
        (Fraction(0), (0, 10), Fraction(0), "fits"),
    ],
)
def test_how_far_a_quota_misses_its_share(
    share: Fraction, bounds: tuple[int, int], apart: Fraction, verdict: str
) -> None:
    quotas = quotas_of({"a": {"x": bounds, "y": (0, 10)}})
    found, unknown = represented(quotas, {("a", "x"): share}, 10)
    assert unknown is None
    assert found is not None
    assert (found.share, found.seats) == (share, share * 10)
    assert (found.apart, found.verdict) == (apart, verdict)
