from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.labels import fold, looks_like_date


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("16-25 år", "16-25"),
        ("16–25", "16-25"),
        ("16 — 25", "16-25"),
        ("16‑25", "16-25"),
        ("16−25", "16-25"),
        ("16-25år", "16-25"),
        ("60+ år", "60+"),
        ("60+ YEARS", "60+"),
        ("60 +", "60+"),
        ("60\u00a0+ år", "60+"),
        ("16 - 29", "16-29"),
        ("16\u202f–\u00a029", "16-29"),
        ("a +", "a +"),
        ("Under\u00a0 16  år", "under 16"),
        ("Forår", "forår"),
        ("År", "år"),
        ("KØN", "køn"),
        ("Ko\u0308ln", "köln"),
        ("Non - binary", "non-binary"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_different_labels_stay_different() -> None:
    labels = ["16-25", "16-26", "1625", "16+", "16", "-16", "a b", "ab", "ø", "o"]
    assert len({fold(label) for label in labels}) == len(labels)


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("05-okt", True),
        ("5-Oct", True),
        ("10. maj", True),
        ("Oct-25", True),
        ("05-10-2025", True),
        ("2025-10-05", True),
        ("2025-10-05 00:00:00", True),
        ("5-10", False),
        ("16-25", False),
        ("Marts", False),
        ("May", False),
        ("12 mand", False),
        ("8700", False),
    ],
)
def test_looks_like_date(text: str, is_date: bool) -> None:
    assert looks_like_date(text) is is_date


SPACES = st.sampled_from(["", " ", "  ", "\u00a0", "\u202f", "\u2009", "\t"])


@given(first=st.integers(0, 120), last=st.integers(0, 120), gaps=st.tuples(SPACES, SPACES, SPACES))
def test_spaces_in_a_range_make_no_difference(
    first: int, last: int, gaps: tuple[str, str, str]
) -> None:
    before, after, end = gaps
    for dash in "-–—‑−":
        assert fold(f"{first}{before}{dash}{after}{last}{end}") == f"{first}-{last}"
    assert fold(f"{first}{before}+{end}") == f"{first}+"
