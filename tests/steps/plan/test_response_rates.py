"""Tables of response rates: what they may look like, and every fault of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sortition.errors import InputErrors
from sortition.steps.plan.populations import read_population
from sortition.steps.plan.response import Response
from sortition.steps.plan.response_rates import Known, read_response_rates
from sortition.tables.reading import read_table

LABELS = {
    "age": Known(values=("16-29", "30+"), others=False),
    "district": Known(values=(), others=True),
}


def table(folder: Path, text: str) -> Path:
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def codes(folder: Path, text: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputErrors) as caught:
        read_response_rates(table(folder, text), LABELS)
    return [(fault.code, fault.row, fault.column) for fault in caught.value.faults]


def test_rates_and_waves_side_by_side(tmp_path: Path) -> None:
    sheet = read_response_rates(
        table(
            tmp_path,
            "Age;District;population;rate;invited;answered;remark\n"
            "16–29 år;North;200;2,5 %;;;check\n"
            "30+;North;300;;100;4;\n"
            "30+;South;;0,03;50;1;\n",
        ),
        LABELS,
    )
    assert sheet.responses.features == ("age", "district")
    assert sheet.responses.strata == (
        Response(values=("16-29", "North"), population=200, rate=Fraction(1, 40)),
        Response(values=("30+", "North"), population=300, invited=100, answered=4),
        Response(values=("30+", "South"), rate=Fraction(3, 100), invited=50, answered=1),
    )
    assert [finding.code for finding in sheet.assumed] == [
        "delimiter-assumed",
        "rates-columns-not-used",
        "column-matched",
        "column-matched",
        "value-matched",
    ]


def test_danish_headers(tmp_path: Path) -> None:
    path = table(tmp_path, "age,befolkning,inviteret,svaret\n16-29,9,5,0\n30+,9,5,1\n")
    sheet = read_response_rates(path, LABELS)
    assert [(s.population, s.invited, s.answered) for s in sheet.responses.strata] == [
        (9, 5, 0),
        (9, 5, 1),
    ]


def test_all_faults_of_cells_at_once(tmp_path: Path) -> None:
    text = """\
age,rate,invited,answered,population
16-29,0,,,1.000
30+,1.5,,,
40+,,,,10
30+,,10,,10
30+,,5,6,-3
30+,x,,,
"""
    assert codes(tmp_path, text) == [
        ("unknown-value", 4, "age"),
        ("rates-count-unclear", 2, "population"),
        ("rate-not-positive", 2, "rate"),
        ("rate-above-one", 3, "rate"),
        ("rate-missing", 4, "rate"),
        ("rates-half-blank", 5, "answered"),
        ("rates-count-unclear", 6, "population"),
        ("rates-more-answered", 6, "answered"),
        ("rate-unclear", 7, "rate"),
    ]


def test_the_same_stratum_twice_is_told_with_the_rest(tmp_path: Path) -> None:
    assert codes(tmp_path, "age,rate\n16-29,0\n30+,0.1\n16–29 år,0.1\n") == [
        ("rate-not-positive", 2, "rate"),
        ("stratum-duplicate", 4, ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shoe,rate\n43,0.1\n", [("rates-without-features", None, "")]),
        ("age,people\n30+,4\n", [("rates-header-unknown", None, "")]),
        ("age,invited\n30+,4\n", [("rates-half-a-wave", None, "invited")]),
        ("age,invited,answered\n30+,4,0\n", [("rates-nobody-answered", None, "answered")]),
        ("age,invited,answered\n30+,,\n", [("rate-missing", 2, "")]),
    ],
)
def test_faults_of_the_whole(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None, str]]
) -> None:
    found = codes(tmp_path, text)
    assert found[: len(expected)] == expected


def test_people_are_counted_and_counts_are_added(tmp_path: Path) -> None:
    people = read_population(
        read_table(table(tmp_path, "id,age,district\n1,16-29 år,N\n2,30+,S\n3,16-29,N\n")), LABELS
    )
    assert people.groups == {("16-29", "N"): 2, ("30+", "S"): 1}
    counts = read_population(
        read_table(table(tmp_path, "age,district,population\n16-29,N,2\n30+,S,0\n16-29,N,40\n")),
        LABELS,
    )
    assert counts.groups == {("16-29", "N"): 42}


def test_all_faults_of_a_registry_at_once(tmp_path: Path) -> None:
    path = table(tmp_path, "age,population\n16-29,2\n31,x\n,4\n")
    with pytest.raises(InputErrors) as caught:
        read_population(read_table(path), LABELS)
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [
        ("unknown-value", 3),
        ("value-blank", 4),
        ("plan-registry-without-column", None),
        ("rates-count-unclear", 3),
    ]
