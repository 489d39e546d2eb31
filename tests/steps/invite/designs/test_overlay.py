from __future__ import annotations

from fractions import Fraction

import pytest

from sortition.steps.invite.designs.allocation import letters_for
from sortition.steps.invite.designs.overlay import (
    INSIDE,
    OUTSIDE,
    Overlay,
    overlay_weights,
    parse_overlay,
)


def test_eighty_twenty() -> None:
    sizes = [20_000, 80_000]
    weights = overlay_weights(sizes, [True, False], Fraction(1, 5))
    letters = letters_for(weights, sizes, 8_000, names=["deprived", "others"])
    assert letters == (2_880, 5_120)
    inside, outside = (Fraction(n, size) for n, size in zip(letters, sizes, strict=True))
    assert (inside, outside) == (Fraction(144, 1000), Fraction(64, 1000))
    assert inside / outside == Fraction(9, 4)


def test_strata_across_the_overlay_keep_both_rates() -> None:
    sizes = [5_000, 15_000, 30_000, 50_000]
    weights = overlay_weights(sizes, [True, True, False, False], Fraction(1, 5))
    assert sum(weights) == 1
    assert letters_for(weights, sizes, 8_000, names="abcd") == (720, 2160, 1920, 3200)


@pytest.mark.parametrize("share", ["0.2", "0,2", "20%", "20 %"])
def test_the_share_as_people_write_it(share: str) -> None:
    overlay = parse_overlay(f"kvintil=1, 2:{share}")
    assert overlay == Overlay(column="kvintil", values=("1", "2"), share=Fraction(1, 5))
    assert (overlay.place("1"), overlay.place("3")) == (INSIDE, OUTSIDE)


def test_a_value_may_hold_a_colon() -> None:
    assert parse_overlay("by=a:b:0.5").values == ("a:b",)


@pytest.mark.parametrize(
    "text",
    ["", "kvintil", "kvintil=1", "kvintil=1:", "=1:0.2", "a=:0.2", "a=1:0", "a=1:1", "a=1:x"],
)
def test_what_is_no_overlay(text: str) -> None:
    with pytest.raises(ValueError):
        parse_overlay(text)
