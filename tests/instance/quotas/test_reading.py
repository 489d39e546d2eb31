from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quota
from tests.tables.making import QUOTAS, codes, faults_of, places, write, write_workbook

HEAD = "feature,value,min,max\n"


def _quota(feature: str, value: str, lower: int, upper: int) -> Quota:
    return Quota(feature=feature, value=value, lower=lower, upper=upper)


def test_quotas_and_their_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", QUOTAS)
    assert read_quota_sheet(path).quotas.rows == (
        _quota("age", "16-25", 0, 3),
        _quota("age", "26+", 0, 3),
        _quota("gender", "female", 1, 2),
        _quota("gender", "male", 1, 2),
    )
    sheet = read_quota_sheet(path)
    assert sheet.rows == {
        ("gender", "female"): 2,
        ("gender", "male"): 3,
        ("age", "16-25"): 4,
        ("age", "26+"): 5,
    }
    assert sheet.assumed == ()


def test_in_one_family_feature_is_the_value(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", "category,feature,min,max\nage,16-25,1,2\n")
    assert read_quota_sheet(path).quotas.rows == (_quota("age", "16-25", 1, 2),)


def test_an_amount_is_both_bounds(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", "kriterium;værdi;antal\nAlder;60+ år;3\n".encode("cp1252"))
    assert read_quota_sheet(path).quotas.rows == (_quota("Alder", "60+ år", 3, 3),)


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Quotas"],
        ["feature", "value", "min", "max"],
        ["age", "16-25", 1, 2.0],
        [None] * 4,
    ]
    path = write_workbook(tmp_path / "q.xlsx", rows)
    assert read_quota_sheet(path).quotas.rows == (_quota("age", "16-25", 1, 2),)


def test_a_date_in_a_workbook_is_one_fault(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["feature", "value", "min", "max"],
        ["age", datetime.date(2025, 10, 5), 1, 2],
    ]
    path = write_workbook(tmp_path / "q.xlsx", rows)
    assert faults_of(lambda: read_quota_sheet(path)) == (
        Finding(
            code="date-cell", file="q.xlsx", sheet="S1", row=2, column="value", value="2025-10-05"
        ),
    )


@pytest.mark.parametrize("text", ["3", "3.0", "3,0", "3,00", "03"])
def test_whole_numbers(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "q.csv", f'{HEAD}age,16-25,1,"{text}"\n')
    assert read_quota_sheet(path).quotas.rows == (_quota("age", "16-25", 1, 3),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "quota-bound-blank"),
        ("-1", "quota-negative"),
        ("−1", "quota-negative"),
        ("3,5", "quota-not-whole"),
        ("3.000", "quota-not-whole"),
        ("three", "quota-not-whole"),
        ("1e2", "quota-not-whole"),
        ("nan", "quota-not-whole"),
        ("٣", "quota-not-whole"),
        ("1-2", "quota-not-whole"),
        ("12 %", "quota-percentage"),
    ],
)
def test_what_is_no_number_of_people(tmp_path: Path, text: str, code: str) -> None:
    path = write(tmp_path / "q.csv", f'{HEAD}age,16-25,0,"{text}"\n')
    assert places(faults_of(lambda: read_quota_sheet(path))) == [(code, 2, "max", text)]


def test_all_faults_are_found_at_once_in_the_order_of_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.csv",
        HEAD + "gender,female,3,1\n,male,x,1\nage,,1,2\nage,5-okt,1,2\nage,16-25,1,2\n"
        "Age,16–25 år,1,2\n",
    )
    assert places(faults_of(lambda: read_quota_sheet(path))) == [
        ("quota-crossed", 2, "", ""),
        ("quota-label-blank", 3, "feature", ""),
        ("quota-not-whole", 3, "min", "x"),
        ("quota-label-blank", 4, "value", ""),
        ("date-cell", 5, "value", "5-okt"),
        ("quota-duplicate", 7, "", "16–25 år"),
    ]


def test_a_grouped_feature_is_not_guessed(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", HEAD + "gender,female,1,2\n,male,1,2\n")
    assert codes(faults_of(lambda: read_quota_sheet(path))) == ["quota-label-blank"]


def test_a_duplicate_names_the_row_it_repeats(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", HEAD + "age,16-25,1,2\nage,26+,0,2\nage,16-25,0,9\n")
    assert faults_of(lambda: read_quota_sheet(path)) == (
        Finding(
            code="quota-duplicate",
            file="q.csv",
            row=4,
            value="16-25",
            facts={"feature": "age", "first": 2},
        ),
    )


def test_what_is_passed_over_is_reported(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.csv",
        "feature,value,min,max,wish,goal,note\n"
        "Age,16-25,1,2,0,3,few\nage,26+,1,2,0,3,\n,,,,,,\n# agreed in May,,,,,,\n",
    )
    sheet = read_quota_sheet(path)
    assert sheet.quotas.rows == (_quota("Age", "16-25", 1, 2), _quota("Age", "26+", 1, 2))
    assert sheet.assumed == (
        Finding(code="blank-rows-dropped", file="q.csv", facts={"count": 1}),
        Finding(
            code="quota-columns-not-used",
            file="q.csv",
            facts={"columns": "“wish”, “goal”, “note”"},
        ),
        Finding(code="comment-passed-over", file="q.csv", row=5, value="# agreed in May"),
        Finding(
            code="quota-spellings-joined", file="q.csv", row=3, value="age", facts={"used": "Age"}
        ),
    )


def test_a_comment_with_further_cells_is_no_comment(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", QUOTAS + "# note,x,,\n")
    assert codes(faults_of(lambda: read_quota_sheet(path))) == ["quota-bound-blank"] * 2


@pytest.mark.parametrize("rows", ["", ",,,\n", "# nothing yet,,,\n"])
def test_a_header_alone_is_refused(tmp_path: Path, rows: str) -> None:
    path = write(tmp_path / "q.csv", HEAD + rows)
    assert codes(faults_of(lambda: read_quota_sheet(path))) == ["header-only"]


def test_size_faults_stand_at_the_first_row_of_the_feature(tmp_path: Path) -> None:
    sheet = read_quota_sheet(write(tmp_path / "q.csv", QUOTAS))
    assert sheet.size_faults(5) == [
        Finding(
            code="quota-maximums-below-size",
            file="q.csv",
            row=2,
            column="gender",
            facts={"total": 4, "size": 5},
        )
    ]


@pytest.mark.parametrize(
    ("cell", "penalty"), [("", None), ("1", 1), ("10", 10), ("3,0", 3), ("2.00", 2)]
)
def test_a_penalty_makes_a_quota_soft(tmp_path: Path, cell: str, penalty: int | None) -> None:
    head = "kriterium;værdi;mindst;højst;Straf\n"
    path = write(tmp_path / "q.csv", f"{head}Alder;16-25;1;2;{cell}\nAlder;26+;0;2;\n")
    sheet = read_quota_sheet(path)
    assert [row.penalty for row in sheet.quotas.rows] == [penalty, None]
    assert codes(sheet.assumed) == ["delimiter-assumed"]


@pytest.mark.parametrize("cell", ["0", "-1", "1.5", "soft", "10 %", "1e2", "0,0", "٣"])
def test_what_is_no_penalty(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "q.csv", f'feature,value,amount,penalty\na,t,x,1\na,u,1,"{cell}"\n')
    assert places(faults_of(lambda: read_quota_sheet(path))) == [
        ("quota-not-whole", 2, "amount", "x"),
        ("quota-penalty-unclear", 3, "penalty", cell),
    ]


def test_soft_quotas_need_not_add_up_to_the_panel(tmp_path: Path) -> None:
    rows = "feature,value,min,max,penalty\na,t,1,1,2\na,u,1,1,\n"
    sheet = read_quota_sheet(write(tmp_path / "q.csv", rows))
    assert sheet.size_faults(1) == []
    assert sheet.size_faults(5) == []


FLEX = "feature,value,min,max,min_flex,max_flex\n"


def test_flex_bounds_are_read_where_they_are_given(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", FLEX + "age,16-25,1,2,0,4\nage,26+,1,2,,\n")
    first, second = read_quota_sheet(path).quotas.rows
    assert (first.min_flex, first.max_flex) == (0, 4)
    assert (second.min_flex, second.max_flex) == (None, None)


def test_flex_bounds_that_are_no_wider_or_no_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", FLEX + "age,16-25,1,2,2,1\nage,26+,1,2,0,2\n")
    faults = faults_of(lambda: read_quota_sheet(path))
    assert [(fault.code, fault.column, fault.row) for fault in faults] == [
        ("quota-min-flex-inside", "min_flex", 2),
        ("quota-max-flex-inside", "max_flex", 2),
    ]
    path = write(tmp_path / "q.csv", FLEX + "age,16-25,1,2,-1,some\nage,26+,1,2,0,2\n")
    assert [fault.code for fault in faults_of(lambda: read_quota_sheet(path))] == [
        "quota-negative",
        "quota-not-whole",
    ]


def test_flex_bounds_need_both_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", "feature,value,min,max,min_flex\nage,16-25,1,2,0\n")
    (fault,) = faults_of(lambda: read_quota_sheet(path))
    assert fault.code == "quota-flex-unpaired"


@pytest.mark.parametrize(
    "lines",
    [
        "feature,value,max\ngender,f,2\ngender,m,3\n",
        "feature,value,min,max\ngender,f,,2\ngender,m,,3\n",
    ],
)
def test_maximums_alone_have_a_minimum_of_nobody(tmp_path: Path, lines: str) -> None:
    read = read_quota_sheet(write(tmp_path / "quotas.csv", lines))
    assert [(row.lower, row.upper) for row in read.quotas.rows] == [(0, 2), (0, 3)]
    (said,) = (one for one in read.assumed if one.code == "quota-maximums-alone")
    assert said.facts == {"features": "“gender”"}


def test_one_blank_minimum_among_others_may_have_been_forgotten(tmp_path: Path) -> None:
    path = write(tmp_path / "quotas.csv", "feature,value,min,max\ng,f,1,2\ng,m,,3\na,1,,2\n")
    assert codes(faults_of(lambda: read_quota_sheet(path))) == ["quota-bound-blank"]
