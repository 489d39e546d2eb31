from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.tables.reading import read_table
from sortition.tables.values import read_free_values, read_values
from tests.tables.making import faults_of, places, write, write_workbook

AGES = ("16-25 år", "26-59 år", "60+ år")


def test_values_get_the_labels_of_the_quotas(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "age\n60+\n16–25\n16–25\n26-59 år\n16 - 25\n"))
    values, assumed = read_values(table, "age", AGES)
    assert values == ("60+ år", "16-25 år", "16-25 år", "26-59 år", "16-25 år")
    assert [(found.value, dict(found.facts)) for found in assumed] == [
        ("16 - 25", {"label": "16-25 år", "count": 1}),
        ("16–25", {"label": "16-25 år", "count": 2}),
        ("60+", {"label": "60+ år", "count": 1}),
    ]
    assert {(found.code, found.column, found.row) for found in assumed} == {
        ("value-matched", "age", None)
    }


def test_every_cell_without_a_quota_is_a_fault(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "age,x\n60+,\n,1\n25,\n05-okt,\n25,\n"))
    assert places(faults_of(lambda: read_values(table, "age", AGES))) == [
        ("value-blank", 3, "age", ""),
        ("unknown-value", 4, "age", "25"),
        ("date-cell", 5, "age", "05-okt"),
        ("unknown-value", 6, "age", "25"),
    ]


@pytest.mark.parametrize(
    ("cell", "labels", "closest"),
    [
        ("femle", ("female", "male"), "female"),
        ("Kvinder", ("Kvinde", "Mand"), "Kvinde"),
        ("16-26", ("16-25", "26+"), None),
        ("16to25", ("16-25", "26+"), "16-25"),
        ("x", ("female", "male"), None),
    ],
)
def test_the_closest_label_is_suggested(
    tmp_path: Path, cell: str, labels: tuple[str, ...], closest: str | None
) -> None:
    table = read_table(write(tmp_path / "p.csv", f"a\n{cell}\n"))
    facts = {"known": ", ".join(f"“{label}”" for label in labels)}
    if closest:
        facts["closest"] = closest
    assert faults_of(lambda: read_values(table, "a", labels)) == (
        Finding(code="unknown-value", file="p.csv", row=2, column="a", value=cell, facts=facts),
    )


def test_a_date_of_a_workbook_is_one_fault_even_if_its_text_has_a_quota(tmp_path: Path) -> None:
    rows: list[list[object]] = [["age"], [datetime.date(2025, 10, 5)], ["16-25"]]
    table = read_table(write_workbook(tmp_path / "p.xlsx", rows))
    assert places(faults_of(lambda: read_values(table, "age", ("2025-10-05", "16-25")))) == [
        ("date-cell", 2, "age", "2025-10-05")
    ]


def test_without_quotas_any_value_will_do(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "area\nnord\nNord\nSyd\n  syd\nNord\nVest\n"))
    values, assumed = read_free_values(table, "area", {"nord", "Øst"})
    assert values == ("Nord", "Nord", "Syd", "Syd", "Nord", "Vest")
    assert assumed == (
        Finding(
            code="value-matched",
            file="p.csv",
            column="area",
            value="Nord",
            facts={"label": "nord", "count": 2},
        ),
        Finding(code="combination-value-absent", file="p.csv", column="area", value="Øst"),
    )


def test_blank_and_doubtful_cells_are_faults_without_quotas_too(tmp_path: Path) -> None:
    day = datetime.date(2025, 10, 5)
    rows: list[list[object]] = [["id", "age"], [1, "5-10"], [2, day], [3, None], [4, "5-okt"]]
    table = read_table(write_workbook(tmp_path / "p.xlsx", rows))
    assert places(faults_of(lambda: read_free_values(table, "age", {"5-10"}))) == [
        ("date-cell", 3, "age", "2025-10-05"),
        ("value-blank", 4, "age", ""),
        ("date-cell", 5, "age", "5-okt"),
    ]


def test_what_looks_like_a_date_may_be_asked_for(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "id,joined\n1,2025-05-10\n"))
    assert read_free_values(table, "joined", {"2025-05-10"}) == (("2025-05-10",), ())
