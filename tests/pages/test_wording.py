from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from string import Formatter

import pytest

import sortition
from sortition.model import Language
from sortition.pages.wording import Wording, catalogue, wording

EN, DA = wording("en", "steps/select"), wording("da", "steps/select")
HOME = Path(sortition.__file__).parent
ROOMS = sorted(file.parent.relative_to(HOME).as_posix() for file in HOME.rglob("words.en.toml"))


@pytest.mark.parametrize(
    ("p", "english", "danish"),
    [
        (0.0, "0%", "0\u00a0%"),
        (1.0, "100%", "100\u00a0%"),
        (1 - 1e-12, "100%", "100\u00a0%"),
        (0.99999, "> 99.9%", "> 99,9\u00a0%"),
        (0.9994, "99.9%", "99,9\u00a0%"),
        (0.072, "7.20%", "7,20\u00a0%"),
        (1 / 3, "33.3%", "33,3\u00a0%"),
        (0.0000123, "0.00123%", "0,00123\u00a0%"),
        (1e-12, "< 0.0001%", "< 0,0001\u00a0%"),
    ],
)
def test_percent(p: float, english: str, danish: str) -> None:
    assert EN.percent(p) == english
    assert DA.percent(p) == danish


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (1 / 3, "33.3% (1 in 3)"),
        (0.072, "7.20% (about 1 in 14)"),
        (0.4, "40.0%"),
        (0.75, "75.0%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (0.0001, "0.0100% (1 in 10,000)"),
        (1 / 12345.6, "0.00810% (about 1 in 12,000)"),
        (1e-12, "< 0.0001%"),
    ],
)
def test_chance_in_so_many(p: float, expected: str) -> None:
    assert EN.chance(p) == expected


def test_chance_in_danish() -> None:
    assert DA.chance(1 / 12345.6) == "0,00810\u00a0% (omkring 1 ud af 12.000)"


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (0.0, "0"),
        (-1e-17, "0"),
        (3e-10, "0.0001"),
        (0.00047, "0.047"),
        (0.000471, "0.048"),
        (0.0013, "0.13"),
        (0.25, "25"),
    ],
)
def test_points_are_rounded_up(difference: float, expected: str) -> None:
    assert EN.points(difference) == f"{expected} percentage points"
    assert EN.at_most(100 * difference) == expected


@pytest.mark.parametrize(
    ("x", "expected"), [(1.0, "1"), (0.1, "0,1"), (1 + 0.1, "1,1"), (1234.56789, "1.234,56789")]
)
def test_a_setting_keeps_its_decimals(x: float, expected: str) -> None:
    assert DA.setting(x) == expected


@pytest.mark.parametrize(
    ("x", "expected"),
    [(0.0, "0,00"), (0.0021, "< 0,01"), (17.444, "17,44"), (1234.5, "1.234,50")],
)
def test_decimal(x: float, expected: str) -> None:
    assert DA.decimal(x) == expected


@pytest.mark.parametrize(
    ("p", "step", "expected"),
    [(0.0, 0.1, "0%"), (0.3, 0.1, "30%"), (0.002, 0.002, "0.2%"), (0.0005, 0.0005, "0.05%")],
)
def test_axis_percent_has_the_decimals_of_the_step(p: float, step: float, expected: str) -> None:
    assert EN.axis_percent(p, step) == expected


def test_count() -> None:
    assert EN.count("people", 1) == "1 person"
    assert EN.count("volunteers", 100_000) == "100,000 volunteers"
    assert DA.count("tickets", 1) == "1 lod"
    assert DA.count("tickets", 1000) == "1.000 lodder"


@pytest.mark.parametrize("room", ROOMS)
def test_languages_have_the_same_keys_with_the_same_fields(room: str) -> None:
    def fields(language: Language) -> dict[tuple[str, str], list[str]]:
        return {
            (section, name): sorted(field for _, field, _, _ in Formatter().parse(text) if field)
            for section, entries in catalogue(language, room).items()
            for name, text in entries.items()
        }

    assert len(ROOMS) > 10
    assert fields("en") == fields("da")


def test_missing_key_and_missing_field_are_errors() -> None:
    with pytest.raises(KeyError):
        EN.text("page.nothing")
    with pytest.raises(KeyError):
        EN.text("page.title", people="1 person")


@pytest.mark.parametrize(
    ("w", "day", "moment"),
    [
        (EN, "1 March 2027", "1 March 2027, 09:05"),
        (DA, "1. marts 2027", "1. marts 2027 kl. 09.05"),
    ],
)
def test_days_and_moments(w: Wording, day: str, moment: str) -> None:
    assert w.day(date(2027, 3, 1)) == day
    assert w.moment(datetime(2027, 3, 1, 9, 5, 59)) == moment


def test_shares_of_a_column_have_one_decimal() -> None:
    shares = [DA.share(p).replace("\u00a0", " ") for p in (0, 0.082, 0.132, 0.99, 1)]
    assert shares == ["0 %", "8,2 %", "13,2 %", "99,0 %", "100 %"]
    assert DA.share(0.0004) == DA.percent(0.0004)
