from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sortition.steps.publish.moments import moment_in, with_iso_day

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01T12:00+01:00",
        "2026-12-01 12:00:00+01:00",
        "2026-12-01T11:00Z",
        "01-12-2026 12:00+01:00",
        "1.12.2026 kl. 12.00 +01:00",
        "1/12/2026, 12:00 +0100",
        " 01.12.2026 kl 11.00Z ",
    ],
)
def test_times_as_people_type_them(text: str) -> None:
    assert moment_in(text) == NOON


@pytest.mark.parametrize("text", ["1.12.2026 kl. 12.00", "1.13.2026 12:00Z", "12:00Z", "", "kl"])
def test_what_is_no_time_or_has_no_zone(text: str) -> None:
    assert moment_in(text) is None


def test_the_day_of_promised_numbers() -> None:
    assert with_iso_day("7 from 1 to 36; Lotto; x.dk; 6.12.2031") == (
        "7 from 1 to 36; Lotto; x.dk; 2031-12-06"
    )
    for text in ("7 from 1 to 36; Lotto; x.dk; 2031-12-06", "Lotto; soon", ""):
        assert with_iso_day(text) == text
