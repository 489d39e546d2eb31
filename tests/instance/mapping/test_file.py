"""What a map file says, and what is wrong with it, before a pool is at hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.file import Bands, Drop, PoolMap, Values, read_map
from sortition.tables.numbers import Range
from tests.tables.making import faults_of, write

MAP = """\
[columns]
"Køn" = "gender"

[values.gender]
"Kvinde" = "female"
"Mand" = "male"

[bands.age]
column = "Fødselsår"
in = 2026
ranges = ["60+", "16-29", "30-59"]

[[drop]]
column = "Fødselsår"
above = 2010
reason = "under 16"

[[drop]]
column = "gender"
one_of = ["?", "x"]
reason = "no gender"
"""


def read(tmp_path: Path, text: str) -> PoolMap:
    rules, found = read_map(write(tmp_path / "map.toml", text))
    if found:
        raise InputErrors(found)
    return rules


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None, object]]:
    found = faults_of(lambda: read(tmp_path, text))
    return [(fault.code, fault.row, fault.facts.get("key")) for fault in found]


def test_a_map(tmp_path: Path) -> None:
    rules = read(tmp_path, MAP)
    assert rules.columns == {"Køn": "gender"}
    assert rules.values == (
        Values(
            column="gender",
            meanings={"Kvinde": "female", "Mand": "male"},
            key=("values", "gender"),
        ),
    )
    assert rules.bands == (
        Bands(
            feature="age",
            column="Fødselsår",
            year=2026,
            day=None,
            ranges=(
                Range(label="16-29", lower=16, upper=29),
                Range(label="30-59", lower=30, upper=59),
                Range(label="60+", lower=60, upper=None),
            ),
            key=("bands", "age"),
        ),
    )
    assert rules.drops == (
        Drop(
            column="Fødselsår",
            condition="above",
            labels=(),
            limit=Decimal(2010),
            reason="under 16",
            key=("drop", 0),
        ),
        Drop(
            column="gender",
            condition="one_of",
            labels=("?", "x"),
            limit=Decimal(0),
            reason="no gender",
            key=("drop", 1),
        ),
    )


def test_every_misspelt_setting_is_a_fault(tmp_path: Path) -> None:
    text = MAP.replace("[columns]", "[colums]").replace("in =", "In =").replace("above", "abov")
    assert faults(tmp_path, text) == [
        ("setting-unknown", 1, "colums"),
        ("setting-unknown", 10, "In"),
        ("map-rule-conditions", 13, "drop"),
        ("setting-unknown", 15, "abov"),
    ]
    closest = [
        fault.facts.get("closest")
        for fault in faults_of(lambda: read(tmp_path, text))
        if fault.code == "setting-unknown"
    ]
    assert closest == ["columns", "in", "above"]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"Køn" = "gender"', '"Køn" = 1', ("setting-wrong-type", 2, "Køn")),
        ('"Køn" = "gender"', '"Køn" = " "', ("setting-blank", 2, "Køn")),
        ('= "male"', "= true", ("setting-wrong-type", 6, "Mand")),
        ('"Mand" =', '"kvinde " =', ("map-key-twice", 6, "kvinde ")),
        ("in = 2026", 'in = "2026"', ("setting-wrong-type", 10, "in")),
        ("in = 2026", "in = true", ("setting-wrong-type", 10, "in")),
        ('column = "Fødselsår"\nin', "in", ("setting-missing", 8, "age")),
        ('["60+", "16-29", "30-59"]', "[]", ("setting-wrong-type", 11, "ranges")),
        ('"16-29"', "16", ("setting-wrong-type", 11, "ranges")),
        ('"16-29"', '"young"', ("map-range-unclear", 11, "ranges")),
        ('"16-29"', '"29-16"', ("map-range-unclear", 11, "ranges")),
        ('"16-29"', '"16-30"', ("map-ranges-overlap", 11, "ranges")),
        ('"16-29"', '"61-70"', ("map-ranges-overlap", 11, "ranges")),
        ("above = 2010", 'above = "2010"', ("setting-wrong-type", 15, "above")),
        ("above = 2010", "above = nan", ("setting-wrong-type", 15, "above")),
        ("above = 2010", "blank = false", ("setting-wrong-type", 15, "blank")),
        ("above = 2010", "above = 2010\nblank = true", ("map-rule-conditions", 13, "drop")),
        ("above = 2010\n", "", ("map-rule-conditions", 13, "drop")),
        ('["?", "x"]', '"?"', ("setting-wrong-type", 20, "one_of")),
        ("in = 2026", "on = 2026", ("setting-wrong-type", 10, "on")),
        ("in = 2026", "on = 2026-11-22T10:00:00", ("setting-wrong-type", 10, "on")),
        ("in = 2026", "in = 2026\non = 2026-11-22", ("map-year-and-day", 8, "age")),
        ('reason = "under 16"\n', "", ("setting-missing", 13, "drop")),
        ('"under 16"', '""', ("setting-blank", 16, "reason")),
    ],
)
def test_faults(
    tmp_path: Path, before: str, after: str, fault: tuple[str, int | None, object]
) -> None:
    assert MAP.count(before) >= 1
    assert faults(tmp_path, MAP.replace(before, after, 1)) == [fault]


@pytest.mark.parametrize("name", ["columns", "values", "bands", "drop"])
def test_what_is_no_table(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, f"{name} = 1\n") == [("setting-wrong-type", 1, name)]


def test_a_missing_map(tmp_path: Path) -> None:
    assert faults_of(lambda: read_map(tmp_path / "no.toml")) == (
        Finding(code="file-missing", file=str(tmp_path / "no.toml")),
    )
