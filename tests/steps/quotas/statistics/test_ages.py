from __future__ import annotations

import pytest

from sortition.steps.quotas.statistics.ages import (
    AgeSpan,
    age_span,
    in_order,
    is_age_column,
    missing_ages,
    overlaps,
    read_bands,
)
from tests.tables.making import faults_of, places


def spans(*labels: str) -> tuple[AgeSpan, ...]:
    return in_order(span for label in labels if (span := age_span(label)))


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [
        ("0 år", 0, 0),
        ("16", 16, 16),
        ("1 year", 1, 1),
        ("16-19 år", 16, 19),
        ("16–19", 16, 19),
        ("16 år - 19 år", 16, 19),
        ("105 år og derover", 105, None),
        ("105+ år", 105, None),
        ("60+", 60, None),
        ("80 years and over", 80, None),
        ("105 år eller eldre", 105, None),
        ("100 år och äldre", 100, None),
        ("67 år og ældre", 67, None),
        ("under 16 år", 0, 15),
    ],
)
def test_an_age_is_read(label: str, low: int, high: int | None) -> None:
    assert age_span(label) == AgeSpan(label=label, low=low, high=high)


@pytest.mark.parametrize(
    "label", ["", "young", "29-16", "16-", "-16", "under 0 år", "1600", "16,5"]
)
def test_what_is_no_age(label: str) -> None:
    assert age_span(label) is None


@pytest.mark.parametrize(
    ("name", "about_ages"),
    [
        ("ALDER", True),
        ("aldersgruppe", True),
        ("Age", True),
        ("age group", True),
        ("agency", False),
    ],
)
def test_columns_of_ages(name: str, about_ages: bool) -> None:
    assert is_age_column(name) == about_ages


def test_bands_come_youngest_first() -> None:
    bands = read_bands(["60+", "16-29", "30-59"])
    assert [(band.label, band.low, band.high) for band in bands] == [
        ("16-29", 16, 29),
        ("30-59", 30, 59),
        ("60+", 60, None),
    ]


@pytest.mark.parametrize(
    ("wanted", "faults"),
    [
        (["16-29", "thirty", ""], [("ages-unclear", "thirty"), ("ages-unclear", "")]),
        (["16-30", "30-44"], [("ages-overlap", "16-30")]),
        (["60+", "80+"], [("ages-overlap", "60+")]),
        (["16-29", "16-29"], [("ages-overlap", "16-29")]),
    ],
)
def test_bands_are_apart(wanted: list[str], faults: list[tuple[str, str]]) -> None:
    found = places(faults_of(lambda: read_bands(wanted)))
    assert [(code, value) for code, _, _, value in found] == faults


def test_overlapping_ages_are_found() -> None:
    apart, clashing = spans("0-4", "5-9", "10+"), spans("0-9", "5", "10+")
    assert list(overlaps(apart)) == []
    assert [(one.label, other.label) for one, other in overlaps(clashing)] == [("0-9", "5")]


@pytest.mark.parametrize(
    ("band", "there", "missing"),
    [
        ("16-19", ("16", "17", "18", "19"), None),
        ("16-19", ("15", "16-18", "19", "20+"), None),
        ("16-19", ("17", "18", "19"), (16, 16)),
        ("16-19", ("16", "19"), (17, 18)),
        ("16-19", ("16", "17"), (18, 19)),
        ("16-19", ("30",), (16, 19)),
        ("60+", ("60-64", "65+"), None),
        ("60+", ("60-64", "65-69"), None),
        ("60+", ("60-64", "70+"), (65, 69)),
        ("60+", ("59",), (60, None)),
    ],
)
def test_a_band_needs_all_its_ages(
    band: str, there: tuple[str, ...], missing: tuple[int, int | None] | None
) -> None:
    (wanted,) = read_bands([band])
    found = missing_ages(wanted, spans(*there))
    assert (found and (found.low, found.high)) == missing
