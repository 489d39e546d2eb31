from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sortition.instance.quotas.shares import read_shares, shares_in_quotas
from sortition.tables.reading import read_table
from tests.making import quotas_of
from tests.tables.making import faults_of, write, write_workbook

QUOTAS = quotas_of({"age": {"16-25": (1, 2), "26+": (1, 2)}, "sex": {"f": (1, 1), "m": (1, 1)}})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("feature,value,population\nage,16-25,1000\nage,26+,3000\n", Fraction(1, 4)),
        ("feature,value,population\nage,16–25 år,1 000\nage,26+,3000\n", Fraction(1, 4)),
        ("kriterium;værdi;befolkning\nage;16-25;1.000\nage;26+;3.000\n", Fraction(1, 4)),
        ("feature,value,share\nage,16-25,25%\nage,26+,75%\n", Fraction(1, 4)),
        ("kriterium;værdi;andel\nage;16-25;33,3\nage;26+;66,6\n", Fraction(333, 999)),
        ("feature,value,share\nage,16-25,0.2\nage,26+,0.8\n", Fraction(1, 5)),
        # people decide where a share is written beside them
        ("feature,value,population,share\nage,16-25,10,9%\nage,26+,30,9%\n", Fraction(1, 4)),
    ],
)
def test_people_and_shares(tmp_path: Path, text: str, first: Fraction) -> None:
    found = read_shares(write(tmp_path / "p.csv", text), QUOTAS)
    assert found.shares == {("age", "16-25"): first, ("age", "26+"): 1 - first}
    assert [one.code for one in found.assumed][-1] == "population-absent"


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["feature", "value", "population"],
        ["sex", "F", 51],
        ["sex", "M", 49],
    ]
    found = read_shares(write_workbook(tmp_path / "p.xlsx", rows), QUOTAS)
    assert found.shares["sex", "f"] == Fraction(51, 100)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("age,number\n16-25,5\n", ["population-header"]),
        ("feature,value,population\nage,16-25,many\nage,26+,5\n", ["population-not-people"]),
        ("feature,value,population\nage,16-25,1.5\nage,26+,5\n", ["population-not-people"]),
        ("feature,value,share\nage,16-25,x\nage,26+,5\n", ["population-not-share"]),
        ("feature,value,population\nage,16-25,5\n", ["population-value-absent"]),
        (
            "feature,value,population\nage,16-25,5\nage,26-40,5\n",
            ["population-value-absent", "population-value-unknown"],
        ),
        (
            "feature,value,population\nage,16-25,5\nage,26+,5\nage,16–25,6\n",
            ["population-duplicate"],
        ),
        ("feature,value,population\nage,16-25,0\nage,26+,0\n", ["population-total"]),
        ("feature,value,share\nage,16-25,20\nage,26+,30\n", ["population-total"]),
    ],
)
def test_faults(tmp_path: Path, text: str, codes: list[str]) -> None:
    path = write(tmp_path / "p.csv", text)
    assert [fault.code for fault in faults_of(lambda: read_shares(path, QUOTAS))] == codes


def test_the_column_of_a_quota_file(tmp_path: Path) -> None:
    head = "feature,value,min,max,population,share,note\n"
    path = write(
        tmp_path / "q.csv", head + "sex,f,1,1,510,51%,\nsex,m,1,1,490,49%,x\n# by us,,,,,,\n"
    )
    found = shares_in_quotas(read_table(path), QUOTAS)
    assert found is not None
    assert found.shares["sex", "f"] == Fraction(51, 100)
    said = {one.code: one for one in found.assumed}
    assert set(said) == {"population-in-quotas", "quota-columns-not-used", "population-absent"}
    assert said["population-in-quotas"].column == "population"
    assert said["quota-columns-not-used"].facts == {"columns": "“share”, “note”"}


def test_quotas_without_such_a_column(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", "feature,value,share\nsex,f,51\nsex,m,49\n")
    assert shares_in_quotas(read_table(path), QUOTAS) is None


def test_a_value_without_a_figure_is_left_out_and_said(tmp_path: Path) -> None:
    text = "feature,value,population\nage,16-25,10\nage,26+,30\nsex,f,\nsex,m,\n"
    found = read_shares(write(tmp_path / "p.csv", text), QUOTAS)
    assert found.shares == {("age", "16-25"): Fraction(1, 4), ("age", "26+"): Fraction(3, 4)}
    (said,) = found.assumed
    assert (said.code, said.facts) == ("population-blank", {"values": "“sex: f”, “sex: m”"})
