"""Who of a registry may be invited: age, address protection, lists, and what a map leaves out."""

from __future__ import annotations

import csv
import datetime
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sortition.registry.admitted import LeftOut, Read, admit
from sortition.registry.cells import Source, cells_of
from sortition.registry.duck import database
from sortition.registry.engines import engine
from sortition.registry.source import open_registry
from sortition.steps.invite.protection import is_about_protection, is_protected
from sortition.tables.dates import whole_years
from tests.cli.running import SEED, Outcome, faults_said, sortition
from tests.registry.making import People, write_csv, write_parquet

DAY = datetime.date(2026, 12, 1)
ON = ("--age-on", "2026-12-01")
SURNAMES = ("Jensen", "Ærø", "Holm", "Dahl", "Lund")
FLAGS = ("", "0", "nej", "", "ja", "1", "J", "01-03-2020")  # the last four are protected
MAP = """
[columns]
kommunekode = "kommune"
[values.kommune]
"0101" = "København"
[bands.aldersgruppe]
column = "født"
on = 2026-12-01
ranges = ["0-39", "40+"]
[[drop]]
column = "kommune"
equals = "9999"
reason = "abroad"
"""


def registry(count: int = 400) -> People:
    rows = []
    for n in range(count):
        born = datetime.date(1930 + n * 37 % 95, n * 7 % 12 + 1, n * 11 % 28 + 1)
        rows.append(
            {
                "id": f"P{n:04d}",
                "fornavn": ("Anne", "Bo", "Cille")[n % 3],
                "efternavn": f"{SURNAMES[n % 5]}{'abcdefghijklmnopqrstuvwxyz'[n % 26]}",
                "født": f"{born:%d-%m-%Y}",
                "kommunekode": ("0101", "0147", "0101", "9999")[n * n % 11 % 4],
                "adresse": f"Vej {n // 3}",
                "adressebeskyttelse": FLAGS[n * 5 % 17 % 8],
            }
        )
    return rows


def years(row: dict[str, str]) -> int:
    day, month, year = map(int, row["født"].split("-"))
    return whole_years(datetime.date(year, month, day), DAY)


def may(row: dict[str, str], staff: set[str]) -> bool:
    protected = row["adressebeskyttelse"] in FLAGS[4:]
    return (
        years(row) >= 18
        and not protected
        and row["kommunekode"] != "9999"
        and row["id"] not in staff
    )


def invite(folder: Path, *options: str | Path) -> Outcome:
    return sortition("invite", *options, "--seed", SEED, cwd=folder)


def invited(folder: Path) -> list[dict[str, str]]:
    text = (folder / "invited.csv").read_bytes().decode("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


def report(folder: Path) -> Any:
    return json.loads((folder / "report.json").read_bytes())


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        *(
            (cell, True)
            for cell in ("1", "ja", "J", "X", "true", "Beskyttet", "Adressebeskyttelse")
        ),
        *((cell, True) for cell in ("2020-01-01", "01-03-2020", "20200101", "202001011200")),
        *((cell, True) for cell in ("Navne- og adressebeskyttelse", "skyddade uppgifter")),
        *((cell, False) for cell in ("", "0", "N", "nej", "Ingen", "ikke beskyttet", "-")),
        *((cell, False) for cell in ("000000000000", "ubeskyttet", "Not protected")),
        *((cell, None) for cell in ("2", "måske", "se note", "31", "K")),
    ],
)
def test_who_has_address_protection(cell: str, told: bool | None) -> None:
    assert is_protected(cell) is told


@pytest.mark.parametrize(
    ("column", "told"),
    [
        *((name, True) for name in ("Adressebeskyttelse", "Navne- og adressebeskyttelse", "NAB")),
        *((name, True) for name in ("adr_besk", "Adr.beskyttelse", "beskyttet adresse")),
        *((name, True) for name in ("Navne- og adr.beskyttelse", "address protection")),
        *((name, True) for name in ("hemmelig adresse", "skyddade personuppgifter")),
        *((name, False) for name in ("adresse", "beskæftigelse", "navn", "postadresse", "by")),
        *((name, False) for name in ("adresselinje 2", "beskyttet bolig", "fortrolighed")),
    ],
)
def test_which_column_says_so(column: str, told: bool) -> None:
    assert is_about_protection(column) is told


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everybody who may be invited, from a CSV file and from Parquet."""
    folder = tmp_path_factory.mktemp("admission")
    rows = registry()
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    staff = [f"{row['fornavn']} {row['efternavn']};{row['født']}" for row in rows[40:60]]
    (folder / "staff.csv").write_text(
        "\n".join(["Navn;Fødselsdato", *staff, "Ulla Ukendt;01-01-1970"]), encoding="utf-8"
    )
    write_csv(folder / "people.csv", rows)
    write_parquet(folder / "people", rows, parts=3, group=50)
    size = sum(may(row, {f"P{n:04d}" for n in range(40, 60)}) for row in rows)
    for source in ("people.csv", "people"):
        done = invite(
            folder,
            *(source, "--size", str(size), "--by", "kommune,aldersgruppe", "--map", "map.toml"),
            *("--min-age", "18", *ON, "--exclude", "staff.csv", "--out", f"out-{source}"),
        )
        assert (done.code, done.stderr) == (0, "")
    return folder


@pytest.mark.parametrize("source", ["people.csv", "people"])
def test_nobody_else_is_invited_and_nobody_is_forgotten(drawn: Path, source: str) -> None:
    rows = registry()
    staff = {f"P{n:04d}" for n in range(40, 60)}
    wanted = [row["id"] for row in rows if may(row, staff)]
    assert [row["id"] for row in invited(drawn / f"out-{source}")] == wanted
    read = report(drawn / f"out-{source}")
    strata = Counter(
        (
            "København" if row["kommunekode"] == "0101" else row["kommunekode"],
            "0-39" if years(row) < 40 else "40+",
        )
        for row in rows
        if row["id"] in wanted
    )
    assert {tuple(one["values"]): one["population"] for one in read["strata"]["rows"]} == strata
    assert read["strata"]["columns"] == ["kommune", "aldersgruppe"]
    left_out = [(one["reason"], one["people"]) for one in read["registry"]["left_out"]]
    kept = [row for row in rows if row["kommunekode"] != "9999"]
    adults = [row for row in kept if years(row) >= 18]
    open_ = [row for row in adults if row["adressebeskyttelse"] not in FLAGS[4:]]
    assert left_out == [
        ("abroad", len(rows) - len(kept)),
        ("young", len(kept) - len(adults)),
        ("protected", len(adults) - len(open_)),
        ("excluded", len(open_) - len(wanted)),
    ]
    assert read["registry"]["people"] == len(rows)
    assert any("Of the 21 people on this list, 20 were found" in line for line in read["assumed"])


def test_the_lists_have_the_cells_as_they_came(drawn: Path) -> None:
    rows = {row["id"]: row for row in registry()}
    for row in invited(drawn / "out-people.csv"):
        assert {name: row[name] for name in rows[row["id"]]} == rows[row["id"]]


def test_csv_and_parquet_give_the_same_people_tickets_and_chances(drawn: Path) -> None:
    assert invited(drawn / "out-people.csv") == invited(drawn / "out-people")


def test_a_chance_counts_those_at_home_who_may_be_invited(tmp_path: Path) -> None:
    rows = registry(150)
    write_csv(tmp_path / "people.csv", rows)
    options = ("--household", "adresse", "--min-age", "18", *ON, "--out", "out")
    done = invite(tmp_path, "people.csv", "--size", "20", *options)
    assert (done.code, done.stderr) == (0, "")
    able = [row for row in rows if years(row) >= 18 and row["adressebeskyttelse"] not in FLAGS[4:]]
    homes = Counter(row["adresse"] for row in able)
    for row in invited(tmp_path / "out"):
        chance = Fraction(20, len(homes)) / homes[row["adresse"]]
        assert row["invited_probability"] == f"{float(chance):.8g}"


def test_the_young_are_asked_about_and_kept_by_choice(tmp_path: Path) -> None:
    rows = [{**row, "adressebeskyttelse": ""} for row in registry(60)]
    write_csv(tmp_path / "people.csv", rows)
    done = invite(tmp_path, "people.csv", "--size", "60", "--out", "out")
    young = sum(years(row) < 18 for row in rows)
    assert done.code == 2
    (fault,) = faults_said(done)
    assert f"{young} people in the registry are younger than 18" in fault
    done = invite(tmp_path, "people.csv", "--size", "60", "--min-age", "0", "--out", "out")
    assert done.code == 0
    assert len(invited(tmp_path / "out")) == 60
    done = invite(tmp_path, "people.csv", "--size", "9", "--min-age", "18", "--out", "other")
    assert (done.code, "Give the day with --age-on" in done.stderr) == (2, True)


def test_protected_people_are_invited_if_it_is_said(tmp_path: Path) -> None:
    rows = [{"id": str(n), "nab": FLAGS[n % 8]} for n in range(40)]
    write_csv(tmp_path / "people.csv", rows)
    done = invite(tmp_path, "people.csv", "--size", "40", "--keep-protected", "--out", "out")
    assert len(invited(tmp_path / "out")) == 40
    assert "20 in the registry" in done.stdout
    rows[3]["nab"] = "se note"
    write_csv(tmp_path / "people.csv", rows)
    done = invite(tmp_path, "people.csv", "--size", "9", "--out", "other")
    assert done.code == 2
    assert "people.csv, row 5, column nab: “se note” does not say" in done.stderr


def test_a_name_alone_leaves_nobody_out(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "navn": f"Bo Holm{'abcdefgh'[n]}", "adresse": f"Vej {n}"} for n in range(8)
    ]
    write_csv(tmp_path / "people.csv", rows)
    (tmp_path / "list.csv").write_text("navn;adresse\nBo Holmc;\nBo Holmd;Vej 3\n")
    done = invite(tmp_path, "people.csv", "--size", "7", "--exclude", "list.csv", "--out", "out")
    assert done.code == 0
    assert [row["id"] for row in invited(tmp_path / "out")] == list("0124567")
    assert "1 people in the registry have a name that stands on this list" in done.stdout
    (tmp_path / "other.csv").write_text("tjenestenr;afdeling\n17;Teknik\n")
    done = invite(tmp_path, "people.csv", "--size", "7", "--exclude", "other.csv", "--out", "no")
    assert (done.code, "Nothing on this list tells" in done.stderr) == (2, True)


def test_the_next_households_to_try_in_a_thin_group(tmp_path: Path) -> None:
    rows = [
        {"id": f"P{n:03}", "alder": ("16-29 år", "30+ år")[n % 3 > 0], "vej": f"Vej {n // 2}"}
        for n in range(120)
    ]
    write_csv(tmp_path / "people.csv", rows)
    first = invite(tmp_path, "people.csv", "--size", "30", "--household", "vej", "--out", "one")
    assert first.code == 0
    options = ("--household", "vej", "--not-again", "one/invited.csv", "--only", "alder=16-29")
    done = invite(tmp_path, "people.csv", "--size", "8", *options, "--out", "two")
    assert (done.code, done.stderr) == (0, "")
    asked = {row["vej"] for row in invited(tmp_path / "one")}
    young = [row for row in rows if row["alder"] == "16-29 år"]
    left = [row for row in young if row["vej"] not in asked]
    homes = Counter(row["vej"] for row in left)
    again = invited(tmp_path / "two")
    assert len({row["vej"] for row in again}) == len(again) == 8
    for row in again:
        assert row["vej"] in homes
        chance = Fraction(8, len(homes)) / homes[row["vej"]]
        assert row["invited_probability"] == f"{float(chance):.8g}"
    told = report(tmp_path / "two")["registry"]
    old = [row for row in invited(tmp_path / "one") if row["alder"] == "30+ år"]
    assert told["left_out"] == [
        {"reason": "elsewhere", "file": "alder=16-29", "people": 80 - len(old)}
    ]
    assert told["population"] == len(homes)
    for group, words in (("alder=99", "Nobody in the registry has"), ("alder", "names no group")):
        done = invite(tmp_path, "people.csv", "--size", "8", "--only", group, "--out", "no")
        assert (done.code, words in done.stderr) == (2, True)


def test_ids_and_cpr_numbers_are_found_however_they_are_written(tmp_path: Path) -> None:
    rows = [{"CPR-nr": f"{n + 1:02d}0180-100{n}", "navn": f"N{n}"} for n in range(9)]
    write_csv(tmp_path / "people.csv", rows)
    (tmp_path / "list.csv").write_text("cpr\n101801000\n0301801002\n")
    (tmp_path / "key").write_text("0123456789abcdef" * 2)
    options = ("--key", "key", "--keep-cpr", "--exclude", "list.csv", "--out", "out")
    done = invite(tmp_path, "people.csv", "--size", "7", *options)
    assert (done.code, done.stderr) == (0, "")
    assert {row["navn"] for row in invited(tmp_path / "out")} == {f"N{n}" for n in range(9)} - {
        "N0",
        "N2",
    }


def test_what_cpr_numbers_say_makes_strata(tmp_path: Path) -> None:
    rows = [{"id": str(n), "cpr": f"0101{50 + n:02d}-100{n % 10}"} for n in range(40)]
    write_csv(tmp_path / "people.csv", rows)
    (tmp_path / "map.toml").write_text(
        '[bands.band]\ncolumn = "alder"\nranges = ["18-59", "60+"]\n'
    )
    options = ("--from-cpr", "alder,køn", *ON, "--map", "map.toml", "--by", "køn,band")
    done = invite(tmp_path, "people.csv", "--size", "20", *options, "--min-age", "18", "--out", "o")
    assert (done.code, done.stderr) == (0, "")
    read = {
        tuple(one["values"]): one["population"] for one in report(tmp_path / "o")["strata"]["rows"]
    }
    wanted = Counter(
        ("mand" if n % 2 else "kvinde", "60+" if 2026 - (1950 + n) >= 60 else "18-59")
        for n in range(40)
    )
    assert read == wanted
    for row in invited(tmp_path / "o"):
        assert row["alder"] == str(2026 - 1950 - int(row["id"]))
        assert "cpr" not in row


def test_what_no_cpr_numbers_say_is_the_only_fault(tmp_path: Path) -> None:
    write_csv(tmp_path / "people.csv", [{"id": str(n), "alder": "40"} for n in range(9)])
    asked = ("--from-cpr", "age,sex", *ON, "--only", "age=30-50", "--min-age", "18", "--by", "sex")
    done = invite(tmp_path, "people.csv", "--size", "2", *asked, "--out", "out")
    (fault,) = faults_said(done)
    assert fault.startswith("people.csv: No column holds CPR numbers")


def test_a_key_is_made_kept_and_used_again(tmp_path: Path) -> None:
    write_csv(tmp_path / "people.csv", [{"id": str(n)} for n in range(30)])
    draw = ("people.csv", "--size", "10", "--key", "key")
    assert "make it first with --counts-only" in invite(tmp_path, *draw, "--out", "one").stdout
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert "make it first" not in invite(tmp_path, *draw, "--out", "two").stdout
    for name in ("letters.csv", "invited.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again = ("--not-again", "one/invited.csv", "--key", "kye", "--out", "three")
    done = invite(tmp_path, "people.csv", "--size", "10", *again)
    assert (done.code, "a former draw was made with one" in done.stderr) == (2, True)
    assert not (tmp_path / "kye").exists()


def test_faults_of_cells_ids_and_design_are_told_in_one_go(tmp_path: Path) -> None:
    rows = [{"id": str(n), "sted": "A" if n else "B", "født": "01-01-1980"} for n in range(30)]
    rows[4]["id"] = rows[9]["id"]
    write_csv(tmp_path / "people.csv", rows)
    done = invite(tmp_path, "people.csv", "--size", "31", "--by", "sted", "--out", "out")
    said = " ".join(faults_said(done))
    assert "31 letters for 30" in said
    assert "also in people.csv, row 6" in said
    rows[7]["født"] = "engang"
    write_csv(tmp_path / "people.csv", rows)
    options = ("--by", "stedet", "--min-age", "18", *ON, "--exclude", "none.csv", "--out", "out")
    said = " ".join(faults_said(invite(tmp_path, "people.csv", "--size", "0", *options)))
    for part in (
        "There cannot be 0 letters",
        "no column “stedet”",
        "row 9, column født",
        "none.csv",
    ):
        assert part in said


@pytest.mark.parametrize("form", ["read whole", "streamed", "parquet"])
def test_every_form_of_a_registry_is_admitted_alike(tmp_path: Path, form: str) -> None:
    rows = registry(90)
    if form == "parquet":
        opened = open_registry(write_parquet(tmp_path / "people", rows, parts=4, group=7))
    else:
        path = write_csv(tmp_path / "people.csv", rows)
        opened = open_registry(path, read_whole=10**9 if form == "read whole" else 0)
    flag, code = Source(column="adressebeskyttelse"), Source(column="kommunekode")
    with engine() as here:
        (counts,) = cells_of(here, opened.partitions, [flag], threads=1)
        assert counts == Counter(row["adressebeskyttelse"] for row in rows)
        read, left_out = admit(
            here,
            opened,
            {"kommune": Read(source=code, meanings={"0101": "Kbh"})},
            [
                LeftOut(reason="a", source=flag, cells=frozenset({"ja", "1"})),
                LeftOut(reason="b", source=code, cells=frozenset({"9999"})),
            ],
            threads=1,
        )
    kept = [row for row in rows if row["adressebeskyttelse"] not in {"ja", "1"}]
    wanted = [row for row in kept if row["kommunekode"] != "9999"]
    assert left_out == (len(rows) - len(kept), len(kept) - len(wanted))
    found = []
    for part in read.partitions:
        with database(1) as db:
            cells = db.execute(part.select(db, ["id", "kommune", "kommunekode"], placed=True))
            found += [(part.first_row + row[-1], *row[:-1]) for row in cells.fetchall()]
    assert sum(part.rows for part in read.partitions) == len(wanted)
    assert sorted(row[1:] for row in found) == [
        (row["id"], {"0101": "Kbh"}.get(row["kommunekode"], row["kommunekode"]), row["kommunekode"])
        for row in wanted
    ]
    if form == "read whole":  # the row of a file, as people count it
        assert {row: id for row, id, *_ in found} == {
            n: row["id"] for n, row in enumerate(rows, start=2) if row in wanted
        }


@pytest.mark.parametrize("by", ["cpr", "født"])
def test_no_range_has_to_hold_those_below_the_least_age(tmp_path: Path, by: str) -> None:
    rows, grown = [], 0
    for n in range(300):
        born = datetime.date(1937 + n * 7 % 88, n % 12 + 1, n % 28 + 1)
        century = "0" if born.year < 2000 else "4"
        rows.append({"id": f"P{n:03d}", "cpr": f"{born:%d%m%y}-{century}{n:03d}"})
        rows[-1]["født"] = f"{born:%d-%m-%Y}"
        if by == "født":
            del rows[-1]["cpr"]
        grown += whole_years(born, DAY) >= 18
    write_csv(tmp_path / "r.csv", rows)
    column, day = ("alder", "") if by == "cpr" else ("født", "on = 2026-12-01\n")
    ranges = 'ranges = ["18-39", "40+"]\n'
    (tmp_path / "map.toml").write_text(f'[bands.band]\ncolumn = "{column}"\n{day}{ranges}')
    options = ("--from-cpr", "alder") if by == "cpr" else ()
    call = ("r.csv", "--size", "50", "--by", "band", "--map", "map.toml", *options, *ON)
    done = invite(tmp_path, *call, "--min-age", "18", "--out", "o")
    assert (done.code, done.stderr) == (0, "")
    counted = report(tmp_path / "o")
    assert counted["registry"]["population"] == grown
    assert [one["values"] for one in counted["strata"]["rows"]] == [["18-39"], ["40+"]]
    told = [line for line in done.stdout.splitlines() if "younger than 18" in line]
    assert len(told) == 1
    assert told[0].endswith(f": {300 - grown}.")
    anybody = invite(tmp_path, *call, "--min-age", "0", "--out", "p")
    assert "is in no range" in faults_said(anybody)[0]
