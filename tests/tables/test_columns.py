from __future__ import annotations

from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.tables.columns import choose_id_column, codes, match_column, matched, unheeded
from sortition.tables.ids import read_ids
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from tests.tables.making import faults_of, write


def _table(tmp_path: Path, header: str, *rows: str) -> Table:
    return read_table(write(tmp_path / "pool.csv", "\n".join((header, *rows)) + "\n"))


def test_the_exact_name_wins(tmp_path: Path) -> None:
    table = _table(tmp_path, "Age,age,AGE", "1,2,3")
    assert match_column(table, "age", unknown="feature-without-column") == "age"


def test_a_name_that_folds_to_the_same_is_reported(tmp_path: Path) -> None:
    table = _table(tmp_path, "id,KØN ", "1,x")
    assert match_column(table, "køn", unknown="feature-without-column") == "KØN"
    assert matched(table, "køn", "KØN") == (
        Finding(code="column-matched", file="pool.csv", column="KØN", value="køn"),
    )


def test_a_twin_of_a_column_is_mentioned(tmp_path: Path) -> None:
    table = _table(tmp_path, "Age,age,AGE", "1,2,3")
    assert matched(table, "age", "age") == (
        Finding(
            code="column-twin", file="pool.csv", column="age", facts={"columns": "“Age”, “AGE”"}
        ),
    )


def test_columns_that_say_who_is_out_are_mentioned(tmp_path: Path) -> None:
    rows = ("1,true,POOL,x", "2,false,WITHDRAWN,no", "3,no,pool,", "4,,Selected,")
    table = _table(tmp_path, "id,can_attend,Selection Status,note", *rows)
    assert [(one.code, one.column, one.facts) for one in unheeded(table, ())] == [
        ("column-unheeded", "can_attend", {"count": 2, "rows": "3-4"}),
        ("column-unheeded", "Selection Status", {"count": 2, "rows": "3, 5"}),
    ]
    assert list(unheeded(table, {"can_attend", "Selection Status"})) == []


def test_no_name_and_no_address_tells_people_apart(tmp_path: Path) -> None:
    header = "Navn,E-mail,Telefon,Personal data 1,born"
    rows = ["Bo 1,b1@x.dk,10000001,X1,1.1.1970", "Ib 2,i2@x.dk,10000002,X2,2.1.1970"]
    table = _table(tmp_path, header, *rows)
    assert choose_id_column(table, taken=()) is None
    assert codes(table, taken=()) == ["Personal data 1"]
    told = read_ids(table, None, taken=()).assumed
    assert [(one.code, one.facts["columns"]) for one in told] == [
        ("rows-numbered", "“Personal data 1”")
    ]


def test_a_unique_identifier_is_one(tmp_path: Path) -> None:
    table = _table(tmp_path, "Personal data 1 (unique identifier),name", "X1,Bo", "X2,Ib")
    assert choose_id_column(table, taken=()) == "Personal data 1 (unique identifier)"


@pytest.mark.parametrize(
    ("wanted", "code", "columns"),
    [
        ("sex", "feature-without-column", "“id”, “Age”, “AGE”"),
        ("age", "column-ambiguous", "“Age”, “AGE”"),
    ],
)
def test_no_column_or_several(tmp_path: Path, wanted: str, code: str, columns: str) -> None:
    table = _table(tmp_path, "id,Age,AGE", "1,2,3")
    assert faults_of(lambda: match_column(table, wanted, unknown="feature-without-column")) == (
        Finding(code=code, file="pool.csv", column=wanted, facts={"columns": columns}),
    )


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "ID",
        "Unique ID",
        "person_id",
        "Member-Id",
        "respondent_id",
        "nationbuilder_id",
        "volunteer_id",
        "DeltagerID",
        "Løbenummer",
        "lobenummer",
        "anything_id",
        "deltager-id",
        "Deltaker-ID",
        "Löpnummer",
        "Løpenr.",
        "participant id",
        "Nummer",
        "nr.",
    ],
)
def test_names_of_id_columns(tmp_path: Path, name: str) -> None:
    assert choose_id_column(_table(tmp_path, f"{name},age", "1,2", "2,2"), taken=()) == name


@pytest.mark.parametrize(
    ("header", "code", "columns"),
    [
        ("id,person_id,age", "id-column-ambiguous", "“id”, “person_id”"),
        ("full name,CPR-nr.,note", "id-column-unclear", "“CPR-nr.”"),
        ("Navn,x,ref", "id-column-unclear", "“ref”"),
        ("Postnummer,x,id-nr", "id-column-unclear", "“Postnummer”, “id-nr”"),
        (
            "key,access code,phone number",
            "id-column-unclear",
            "“key”, “access code”",
        ),
    ],
)
def test_several_columns_or_an_unclear_one(
    tmp_path: Path, header: str, code: str, columns: str
) -> None:
    table = _table(tmp_path, header, "1,2,3", "4,5,6")
    assert faults_of(lambda: choose_id_column(table, taken=())) == (
        Finding(code=code, file="pool.csv", facts={"columns": columns}),
    )


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("age,gender", ["1,2", "3,4"]),
        ("nr,video", ["1,2", "1,4"]),
        ("name,age", ["A,1", "A,2"]),
        ("name,age", ["A,1", ",2"]),
    ],
)
def test_columns_that_could_not_be_meant(tmp_path: Path, header: str, rows: list[str]) -> None:
    assert choose_id_column(_table(tmp_path, header, *rows), taken=()) is None


def test_columns_in_use_are_not_meant(tmp_path: Path) -> None:
    table = _table(tmp_path, "id,region_id,postcode", "1,2,3", "4,5,6")
    assert choose_id_column(table, taken={"region_id"}) == "id"
    assert choose_id_column(table, taken={"id", "region_id", "postcode"}) is None


@pytest.mark.parametrize(
    "name",
    ["Deltagernr", "Deltager nr.", "Deltagernummer", "Løbenr.", "Respondent-id", "Tilmeldingsnr"],
)
def test_numbers_of_people_are_ids(tmp_path: Path, name: str) -> None:
    table = read_table(write(tmp_path / "p.csv", f"{name},Køn\n0001,m\n0002,k\n"))
    assert choose_id_column(table, taken=()) == name


@pytest.mark.parametrize(
    "name", ["Navn", "full name", "phone number", "Telefonnummer", "Mailadresse"]
)
def test_what_names_somebody_is_never_proposed_as_an_id(tmp_path: Path, name: str) -> None:
    """Ids are published with the lottery."""
    assert choose_id_column(_table(tmp_path, f"{name},age", "a,2", "b,2"), taken=()) is None
