from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from sortition.instance.reading import Reading, read_instance
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.reading import read_table
from sortition.tables.written.lists import csv_bytes, xlsx_bytes
from sortition.texts import describe
from tests.tables.making import codes, faults_of, places, write, write_workbook

NEW_YEAR = datetime.date(2026, 1, 31)
ROWS = [
    ("cpr", "navn", "note"),
    ("010170-1235", "Åse", "bor med 0101801234"),
    ("0101801234", "Bo", "se 020202-4321"),
    ("101901235", "Cille", ""),
    ("610150-0006", "Dan", "1234567890"),
]
POOL = "".join(";".join(row) + "\n" for row in ROWS)
QUOTAS = "feature,value,min,max\nkøn,Kvinde,0,2\nkøn,Mand,0,2\n"
NUMBERS = ("0101701235", "0101801234", "0101901235", "6101500006", "0202024321")
KEY = bytes(range(32))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return write(tmp_path / "key", KEY)


def _read(tmp_path: Path, rules: CprRules, pool: str = POOL) -> Reading:
    quotas = write(tmp_path / "quotas.csv", QUOTAS)
    return read_instance(write(tmp_path / "pool.csv", pool), quotas, panel_size=2, cpr=rules)


def _numbers_in(data: bytes) -> list[str]:
    text = re.sub(r"(?<=\d)-(?=\d)", "", data.decode("utf-8", "replace"))
    return [number for number in NUMBERS if number.lstrip("0") in text]


def test_ids_become_pseudonyms_and_nothing_holds_a_number(tmp_path: Path, key: Path) -> None:
    read = _read(tmp_path, CprRules(derive=("køn", "alder"), age_on=NEW_YEAR, key=key))
    people, roster = read.instance.pool.members, read.roster
    assert all(re.fullmatch("[0-9a-f]{16}", member.id) for member in people)
    assert roster.id_column == "pseudonym"
    assert roster.table.header == ("pseudonym", "navn", "note", "køn", "alder")
    assert [row[1:2] + row[3:] for row in roster.table.rows] == [
        ("Åse", "mand", "56"),
        ("Bo", "kvinde", "46"),
        ("Cille", "mand", "36"),
        ("Dan", "kvinde", "76"),
    ]
    assert roster.table.rows[0][2] == f"bor med {roster.ids[1]}"
    assert re.fullmatch("se [0-9a-f]{16}", roster.table.rows[1][2])
    assert roster.table.rows[3][2] == "1234567890"
    assert not _numbers_in(csv_bytes(roster, roster.ids))
    assert not _numbers_in(xlsx_bytes(roster, roster.ids, title="panel"))
    assert not _numbers_in(repr((read, read.instance, roster)).encode())
    assert codes(read.assumed)[1:7] == [
        "cpr-replaced",
        "cpr-zero-restored",
        "cpr-derived",
        "cpr-derived",
        "cpr-in-text",
        "value-matched",
    ]


def test_the_same_key_makes_the_same_pseudonyms(tmp_path: Path, key: Path) -> None:
    ids = [_read(tmp_path, CprRules(derive=("køn",), key=key)).roster.ids for _ in range(2)]
    assert ids[0] == ids[1]
    without = [_read(tmp_path, CprRules(derive=("køn",))) for _ in range(2)]
    assert without[0].roster.ids != without[1].roster.ids
    assert "cpr-key-made" in codes(without[0].assumed)


def test_every_way_to_write_a_number_has_one_pseudonym(tmp_path: Path, key: Path) -> None:
    pool = "cpr,køn\n010170-1234,Mand\n0101701234,Mand\n101701234,Mand\n"
    faults = faults_of(lambda: _read(tmp_path, CprRules(key=key), pool))
    assert [fault.code for fault in faults] == ["id-duplicate", "id-duplicate"]
    assert not _numbers_in(repr(faults).encode())


def test_another_id_leaves_the_numbers_out(tmp_path: Path) -> None:
    pool = "id,cpr,køn\n1,010170-1234,Mand\n2,,Kvinde\n3,x,Kvinde\n"
    read = _read(tmp_path, CprRules(), pool)
    assert read.roster.table.header == ("id", "køn")
    assert places(read.assumed)[0] == ("cpr-left-out", None, "cpr", "")
    assert "cpr-key-made" not in codes(read.assumed)


def test_a_column_of_another_name_is_told_by_its_cells(tmp_path: Path) -> None:
    cells = ["010170-1234", "0101801234", "101901235", "610150-0006", "010170-123"]
    rows = "".join(f"{number},{cell},Mand\n" for number, cell in enumerate(cells))
    table = read_table(write(tmp_path / "p.csv", f"id,nr.,køn\n{rows}"))
    assert protect(table, CprRules(), None).table.header == ("id", "køn")


def test_numbers_that_are_no_cpr_numbers_stay(tmp_path: Path) -> None:
    text = "id,telefon,kode\n1,4512345678,100000001\n2,+45 12 34 56 78,100000002\n"
    table = read_table(write(tmp_path / "p.csv", text))
    assert protect(table, CprRules(), None).table is table


def test_numbers_are_kept_if_somebody_asks_for_it(tmp_path: Path, key: Path) -> None:
    read = _read(tmp_path, CprRules(derive=("køn",), key=key, keep=True))
    assert read.roster.table.header == ("pseudonym", "cpr", "navn", "note", "køn")
    assert read.roster.table.column("cpr") == (
        "010170-1235",
        "0101801234",
        "0101901235",
        "610150-0006",
    )
    assert read.roster.table.column("note")[1] == "se 020202-4321"
    assert not _numbers_in(" ".join(member.id for member in read.instance.pool.members).encode())
    assert "cpr-kept" in codes(read.assumed)


def test_a_workbook_whose_numbers_are_numbers(tmp_path: Path, key: Path) -> None:
    rows: list[list[object]] = [["CPR-nr."], [101701235], [3112991234], ["010180-1234"]]
    table = read_table(write_workbook(tmp_path / "p.xlsx", rows))
    rules = CprRules(derive=("sex", "age"), age_on=NEW_YEAR, key=key)
    assert [row[1:] for row in protect(table, rules, None).table.rows] == [
        ("male", "56"),
        ("female", "26"),
        ("female", "46"),
    ]


def test_ids_that_were_named(tmp_path: Path, key: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "id,CPR\n1,010170-1234\n2,010180-1234\n"))
    named = protect(table, CprRules(key=key), "cpr")
    assert (named.id_column, named.table.header) == ("pseudonym", ("id", "pseudonym"))
    other = protect(table, CprRules(key=key), "id")
    assert (other.id_column, other.table.header) == ("id", ("id",))


def test_cells_without_a_number_are_faults_where_it_is_needed(tmp_path: Path, key: Path) -> None:
    pool = "cpr,køn\n010170-1234,Mand\n,Mand\n991370-1234,Mand\n010199-4000,Mand\n"
    faults = faults_of(lambda: _read(tmp_path, CprRules(key=key), pool))
    assert places(faults) == [("cpr-unreadable", 3, "cpr", ""), ("cpr-unreadable", 4, "cpr", "")]


@pytest.mark.parametrize(
    ("pool", "rules", "expected"),
    [
        ("id,køn\n1,Mand\n", CprRules(derive=("alder",)), ["cpr-absent", "cpr-age-without-day"]),
        ("cpr\n010170-1234\n", CprRules(derive=("navn",)), ["cpr-cannot-tell"]),
        ("cpr\n010170-1234\n", CprRules(derive=("",)), ["cpr-cannot-tell"]),
        ("cpr,sex\n010170-1234,m\n", CprRules(derive=("sex",)), ["cpr-column-taken"]),
        ("cpr,Pseudonym\n010170-1234,m\n", CprRules(), ["cpr-column-taken"]),
        ("cpr\n010170-1234\n", CprRules(derive=("age",)), ["cpr-age-without-day"]),
        (
            "cpr\n010126-4000\n020226-4000\n",
            CprRules(derive=("age",), age_on=NEW_YEAR),
            ["cpr-unborn"],
        ),
        (
            "id,a,b\n1,010170-1234,010180-1234\n",
            CprRules(derive=("sex",)),
            ["cpr-several"],
        ),
        ("a,b\n010170-1234,010180-1234\n", CprRules(), ["id-column-ambiguous"]),
        ("Åse,010170-1234\nBo,010180-1234\n", CprRules(), ["cpr-in-header"]),
    ],
)
def test_faults(tmp_path: Path, pool: str, rules: CprRules, expected: list[str]) -> None:
    table = read_table(write(tmp_path / "p.csv", pool))
    assert codes(faults_of(lambda: protect(table, rules, None))) == expected


def test_a_key_that_can_be_guessed(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "cpr\n010170-1234\n"))
    short = CprRules(key=write(tmp_path / "key", "secret\n"))
    assert codes(faults_of(lambda: protect(table, short, None))) == ["cpr-key-short"]
    even = CprRules(key=write(tmp_path / "even", "a" * 39))
    assert codes(faults_of(lambda: protect(table, even, None))) == ["key-repetitive"]
    missing = CprRules(key=tmp_path / "no-such-key")
    assert codes(faults_of(lambda: protect(table, missing, None))) == ["file-missing"]


WRITTEN = [
    "Min mands CPR er 0303901234",
    "cpr: 0303901234",
    "Datter 030390 1234 vil med",
    "0303901234",
    "cpr0303901234",
    "03 03 90 1234",
    "03 03 90 12 34",
    "030390_1234",
    "(030390–1234)",
    "03.03.90-1234",
    "3.3.90-1234",
    "03-03-1990-1234",
    "030319901234",
    "19900303-1234",
    "1990-03-03-1234",
    "30390-1234",
    "303901234",
    "03\u00a003\u00a090\u00a01234",
    "20304050/030390-1234",
    "6303901234",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_numbers_in_any_cell_are_masked_however_they_are_written(tmp_path: Path, text: str) -> None:
    pool = f"id,køn,telefon,note\n1,Mand,20304050,\n2,Mand,{text},{text}\n3,Mand,1,x\n"
    read = _read(tmp_path, CprRules(), pool)
    digits = re.sub("[^0-9]", "", csv_bytes(read.roster, read.roster.ids).decode())
    assert "1234" not in re.sub("[0-9a-f]{16}", "", str(read.roster.table.rows))
    assert "03901234" not in digits
    assert places(read.assumed)[:2] == [
        ("cpr-in-text", None, "telefon", ""),
        ("cpr-in-text", None, "note", ""),
    ]
    assert [found.facts["count"] for found in read.assumed[:2]] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "+45 20 30 40 50",
        "4520304050",
        "004520304050",
        "20304050",
        "20-11-2026 14:05",
        "20.11.2026 14.05",
        "2026-05-01 12:30:15",
        "2012-11-24 10:00:00",
        "01-01-1970",
        "Nygade 12, 1. 2, 6900 Skjern",
        "1234567890",
        "sag 303901234 af",  # nine digits among words, without a dash
        "12345678901234",
    ],
)
def test_telephone_numbers_times_and_addresses_stay(tmp_path: Path, text: str) -> None:
    table = read_table(write(tmp_path / "p.csv", f'id,note\n1,"{text}"\n2,x\n'))
    assert protect(table, CprRules(), None).table is table


def test_ids_that_only_may_be_numbers_stay(tmp_path: Path) -> None:
    text = "id,note\n0101701234,x\n9901701234,x\n9901701235,x\n"
    table = read_table(write(tmp_path / "p.csv", text))
    assert protect(table, CprRules(), None).table.column("id") == table.column("id")
    dashed = read_table(write(tmp_path / "p.csv", text.replace("0101701234", "010170-1234")))
    assert re.fullmatch("[0-9a-f]{16}", protect(dashed, CprRules(), None).table.column("id")[0])


def test_the_column_called_cpr_is_that_of_the_people(tmp_path: Path) -> None:
    text = "Deltagernr,CPR-nr,ægtefælle\n1,010170-1235,020280-1234\n2,010180-1234,020290-1235\n"
    table = read_table(write(tmp_path / "p.csv", text))
    done = protect(table, CprRules(derive=("sex",)), None)
    assert done.id_column is None
    assert done.table.header == ("Deltagernr", "sex")
    assert done.table.column("sex") == ("male", "female")


def test_the_other_language_avoids_a_name_that_is_taken(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "p.csv", "cpr,Køn\n010170-1234,Mand\n"))
    (fault,) = faults_of(lambda: protect(table, CprRules(derive=("køn",)), None))
    assert "Or ask for “sex”" in describe(fault)


def test_notes_below_the_table_are_nobodys_number(tmp_path: Path) -> None:
    text = "cpr,køn\n010170-1234,Mand\n,\nKilde: SurveyXact,\nKontakt Lis,\n"
    table = read_table(write(tmp_path / "p.csv", text))
    done = protect(table, CprRules(derive=("sex",)), None).table
    assert len(done.rows) == 1
    assert ("notes-passed-over", 4, "", "") in places(done.assumed)
