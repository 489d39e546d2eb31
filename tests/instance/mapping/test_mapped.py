"""A pool as its map reads it: what the quotas see, what stays as it came, and what is said."""

from __future__ import annotations

import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.reading import Reading, read_instance
from sortition.model import Pool, PoolMember
from sortition.texts import describe
from tests.tables.making import codes, faults_of, write, write_workbook

POOL = """\
Løbenr;Navn;Køn;Alder
01;Anna;Kvinde;16
02;Bo;Mand;29
03;Carl;mand;30
04;Dora;KVINDE;59
05;Eva;Kvinde;60
06;Finn;Mand;15
"""
QUOTAS = """\
feature,value,min,max
gender,female,1,2
gender,male,1,2
age,16-29,0,2
age,30-59,0,2
age,60+,0,2
"""
MAP = """\
[columns]
"Løbenr" = "id"
"Køn" = "gender"

[values.gender]
"Kvinde" = "female"
"Mand" = "male"

[bands.age]
column = "Alder"
ranges = ["16-29", "30-59", "60+"]

[[drop]]
column = "Alder"
below = 16
reason = "too young"
"""


def read(
    tmp_path: Path,
    mapping: str = MAP,
    *,
    pool: str = POOL,
    quotas: str = QUOTAS,
    id_column: str | None = None,
    panel_size: int = 2,
) -> Reading:
    return read_instance(
        write(tmp_path / "pool.csv", pool),
        write(tmp_path / "quotas.csv", quotas),
        panel_size=panel_size,
        id_column=id_column,
        mapping=write(tmp_path / "map.toml", mapping),
    )


def faults(tmp_path: Path, mapping: str = MAP, **files: str) -> list[tuple[str, int | None, str]]:
    found = faults_of(lambda: read(tmp_path, mapping, pool=files.get("pool", POOL)))
    return [(fault.code, fault.row, fault.value) for fault in found]


def test_the_edges_of_ranges_and_who_is_left(tmp_path: Path) -> None:
    assert read(tmp_path).instance.pool == Pool(
        features=("age", "gender"),
        members=(
            PoolMember(id="01", values=("16-29", "female")),
            PoolMember(id="02", values=("16-29", "male")),
            PoolMember(id="03", values=("30-59", "male")),
            PoolMember(id="04", values=("30-59", "female")),
            PoolMember(id="05", values=("60+", "female")),
        ),
    )


def test_the_roster_stays_as_it_came(tmp_path: Path) -> None:
    roster = read(tmp_path).roster
    assert roster.id_column == "Løbenr"
    assert roster.ids == ("01", "02", "03", "04", "05")
    assert roster.table.header == ("Løbenr", "Navn", "Køn", "Alder")
    assert roster.table.rows[2:4] == (("03", "Carl", "mand", "30"), ("04", "Dora", "KVINDE", "59"))
    assert len(roster.table.rows) == 5


def test_the_column_of_ids_goes_by_its_new_name(tmp_path: Path) -> None:
    assert read(tmp_path, id_column="id").roster.id_column == "Løbenr"
    assert read(tmp_path, MAP.replace('= "id"', '= "member"'), id_column="member").roster.ids == (
        *("01", "02", "03", "04", "05"),
    )
    old = faults_of(lambda: read(tmp_path, id_column="Løbenr"))
    assert [(fault.code, fault.column) for fault in old] == [("id-column-unknown", "Løbenr")]


def test_what_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path)
    digest = sha256(MAP.encode()).hexdigest()
    assert reading.map_digest == digest
    assert [describe(found) for found in reading.assumed] == [
        "pool.csv: The columns are taken to be separated by this sign: semicolon.",
        f"map.toml: The pool was read by this map (SHA-256 {digest}).",
        "pool.csv, column Løbenr: This column was read as “id”.",
        "pool.csv, column Køn: This column was read as “gender”.",
        "pool.csv: Rows dropped because of “too young”: 1 (rows 7).",
        "pool.csv, column gender: “Kvinde” was read as “female” (rows: 3).",
        "pool.csv, column gender: “Mand” was read as “male” (rows: 2).",
        "pool.csv, column Alder: Numbers were put into ranges of “age”: “16-29” (rows: 2), "
        "“30-59” (rows: 2), “60+” (rows: 1).",
        "pool.csv, column id: This column was taken to tell people apart.",
    ]


def test_without_a_map_nothing_is_said_of_one(tmp_path: Path) -> None:
    pool = "id,gender,age\n1,female,60+\n2,male,60+\n"
    reading = read_instance(
        write(tmp_path / "pool.csv", pool), write(tmp_path / "q.csv", QUOTAS), panel_size=2
    )
    assert reading.map_digest is None
    assert codes(reading.assumed) == ["id-column-assumed"]


def test_years_of_birth(tmp_path: Path) -> None:
    ages = {"16": 2010, "29": 1997, "30": 1996, "59": 1967, "60": 1966, "15": 2011}
    pool = POOL
    for age, year in ages.items():
        pool = pool.replace(f";{age}\n", f";{year}\n")
    mapping = MAP.replace("ranges", "in = 2026\nranges").replace("below = 16", "above = 2010")
    by_year = read(tmp_path, mapping, pool=pool)
    assert by_year.instance.pool == read(tmp_path).instance.pool
    assert "by the age reached in 2026" in describe(by_year.assumed[7])
    # without the year all of them would be over 60; with it, ages are no years
    no_year = MAP.replace("below = 16", "above = 2010")
    assert faults(tmp_path, no_year, pool=pool) == [("map-perhaps-years", None, "")]
    with_year = MAP.replace("ranges", "in = 2026\nranges")
    (together,) = faults_of(lambda: read(tmp_path, with_year))
    assert (together.code, together.row, together.value) == ("map-age-impossible", 2, "16")
    assert "So it is with 4 more cells of this column, rows 3-6." in describe(together)


def test_a_feature_may_have_the_name_of_its_numbers(tmp_path: Path) -> None:
    mapping = MAP.replace("[bands.age]", "[bands.Alder]")
    reading = read(tmp_path, mapping, quotas=QUOTAS.replace("age,", "Alder,"))
    assert [member.values[0] for member in reading.instance.pool.members] == [
        *("16-29", "16-29", "30-59", "30-59", "60+")
    ]
    assert reading.roster.table.column("Alder") == ("16", "29", "30", "59", "60")


def test_rules_are_tried_in_turn(tmp_path: Path) -> None:
    rules = """
[[drop]]
column = "gender"
equals = "mand"
reason = "a man"

[[drop]]
column = "Alder"
above = 59
reason = "over 59"

[[drop]]
column = "Navn"
one_of = ["Anna", "Zoe"]
reason = "withdrew"

[[drop]]
column = "Navn"
blank = true
reason = "no name"
"""
    reading = read(
        tmp_path,
        MAP.partition("[[drop]]")[0] + rules,
        panel_size=1,
        quotas="feature,value,min,max\ngender,female,0,1\nage,30-59,0,1\n",
    )
    assert reading.roster.ids == ("04",)
    said = [
        describe(found)
        for found in reading.assumed
        if "drop" in found.code or "absent" in found.code
    ]
    assert said == [
        "pool.csv: Rows dropped because of “a man”: 3 (rows 3-4, 7).",
        "pool.csv: Rows dropped because of “over 59”: 1 (rows 6).",
        "map.toml, row 24: “Zoe” stands nowhere in the column “Navn”, so nothing was done about "
        "it. Check the spelling.",
        "pool.csv: Rows dropped because of “withdrew”: 1 (rows 2).",
        "map.toml, row 29: No row was dropped because of “no name”.",
        "map.toml, row 7: “Mand” stands nowhere in the column “gender”, so nothing was done about "
        "it. Check the spelling.",
    ]


def test_a_blank_number_is_not_below_a_limit(tmp_path: Path) -> None:
    pool = POOL.replace(";16\n", ";\n")
    found = faults_of(lambda: read(tmp_path, pool=pool))
    assert [(fault.code, fault.row, fault.column) for fault in found] == [("value-blank", 2, "age")]
    mapping = MAP + '[[drop]]\ncolumn = "Alder"\nblank = true\nreason = "no age"\n'
    reading = read(tmp_path, mapping, pool=pool)
    assert reading.roster.ids == ("02", "03", "04", "05")
    assert codes(reading.assumed).count("map-blank-kept") == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('"Køn" =', '"Kon" =', [("map-column-unknown", 3, "Kon")]),
        ('= "gender"', '= "Navn"', [("map-name-taken", 3, "Navn")]),
        ('= "gender"', '= "id"', [("map-name-taken", 2, "id"), ("map-name-taken", 3, "id")]),
        ("values.gender", 'values."Køn"', [("map-column-unknown", 5, "Køn")]),
        ('"Alder"\nbelow', '"Ålder"\nbelow', [("map-column-unknown", 14, "Ålder")]),
        ("[bands.age]", "[bands.Navn]", [("map-name-taken", 9, "Navn")]),
        ('column = "Alder"\nranges', 'column = "Navn"\nranges', [("map-not-a-number", 2, "Anna")]),
        ('"16-29"', '"17-29"', [("map-number-outside", 2, "16")]),
        ("below = 16", "above = 1", [("map-drops-everybody", None, "")]),
        ('"30-59"', '"31-59"', [("map-number-outside", 4, "30")]),
    ],
)  # fmt: skip
def test_faults(
    tmp_path: Path, before: str, after: str, expected: list[tuple[str, int | None, str]]
) -> None:
    assert MAP.count(before) == 1
    assert faults(tmp_path, MAP.replace(before, after)) == expected


def test_a_renamed_column_is_named_in_the_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(lambda: read(tmp_path, MAP.replace("values.gender", 'values."Køn"')))
    assert "The map calls it “gender”" in describe(fault)


def test_an_ambiguous_number_is_not_guessed_at(tmp_path: Path) -> None:
    assert faults(tmp_path, pool=POOL.replace(";30\n", ";1.030\n")) == [
        ("map-not-a-number", 4, "1.030")
    ]


def test_faults_of_all_three_files_are_told_together(tmp_path: Path) -> None:
    found = faults_of(
        lambda: read(
            tmp_path,
            MAP.replace('= "female"', "= 1"),
            pool=POOL.replace("02;Bo;Mand;29", "02;Bo;Mand;29;extra"),
            quotas=QUOTAS.replace("gender,female,1", "gender,female,x"),
        )
    )
    assert [(fault.file, fault.row) for fault in found] == [
        ("pool.csv", 3),
        ("map.toml", 6),
        ("quotas.csv", 2),
    ]


def test_a_map_may_not_change_the_ids(tmp_path: Path) -> None:
    mapping = MAP + '[values.id]\n"01" = "1"\n'
    assert faults_of(lambda: read(tmp_path, mapping)) == (
        Finding(code="map-changes-ids", file="pool.csv", column="id"),
    )


def test_a_gap_between_ranges_is_told(tmp_path: Path) -> None:
    mapping = MAP.replace('"60+"', '"70+"').replace("below = 16", "one_of = ['15', '60']")
    reading = read(tmp_path, mapping, quotas=QUOTAS.replace("60+", "70+"))
    assert [describe(found) for found in reading.assumed if found.code == "map-ranges-gap"] == [
        "map.toml, row 11: Between “30-59” and “70+” there are numbers that no range of “age” has. "
        "Nobody in the pool has one."
    ]


def test_an_empty_map_is_told(tmp_path: Path) -> None:
    pool = "id,gender,age\n1,female,60+\n2,male,60+\n"
    assert codes(read(tmp_path, "# nothing yet\n", pool=pool).assumed) == [
        *("map-used", "map-empty", "id-column-assumed")
    ]


def test_rows_are_numbered_before_any_is_dropped(tmp_path: Path) -> None:
    mapping = MAP.replace('"Løbenr" = "id"\n', "").replace("below = 16", "below = 17")
    pool = POOL.replace("Løbenr;Navn", "Rute;Gade")
    assert read(tmp_path, mapping, pool=pool).roster.ids == ("2", "3", "4", "5")


def test_many_dropped_rows_are_counted_and_the_first_ones_named(tmp_path: Path) -> None:
    people = [f"{row};x;Kvinde;{15 if row % 3 else 20}\n" for row in range(2, 200)]
    reading = read(
        tmp_path,
        pool="Løbenr;Navn;Køn;Alder\n" + "".join(people),
        quotas="feature,value,min,max\ngender,female,1,2\n",
    )
    (said,) = [describe(found) for found in reading.assumed if found.code == "map-dropped"]
    assert said.startswith("pool.csv: Rows dropped because of “too young”: 132 (rows 2, 4-5, 7-8, ")
    # 79 of them stand in the first 40 runs, of which the first has one row and the others two
    assert said.endswith(", 118-119 and 53 more).")


BIRTHS = """id,gender,Fødselsdato
1,female,24-11-2008
2,female,1997-11-22
3,male,22.11.1996
4,male,23/11/1966
5,female,1966-11-22
"""
BY_DAY = """[bands.age]
column = "Fødselsdato"
on = 2026-11-22
ranges = ["16-29", "30-59", "60+"]
"""


def test_ages_on_a_day_from_dates_of_birth(tmp_path: Path) -> None:
    reading = read(tmp_path, BY_DAY, pool=BIRTHS)
    assert [member.values[0] for member in reading.instance.pool.members] == [
        "16-29",
        "16-29",
        "30-59",
        "30-59",
        "60+",
    ]
    assert any("by the age on 22 November 2026" in describe(found) for found in reading.assumed)


def test_dates_of_birth_in_a_workbook(tmp_path: Path) -> None:
    born = [datetime.date(1997, 11, 22), datetime.date(1966, 11, 23), datetime.date(1950, 1, 31)]
    rows = [(str(row), "female", day) for row, day in enumerate(born)]
    pool = write_workbook(tmp_path / "pool.xlsx", [("id", "gender", "Fødselsdato"), *rows])
    quotas = write(tmp_path / "quotas.csv", QUOTAS)
    mapping = write(tmp_path / "map.toml", BY_DAY)
    reading = read_instance(pool, quotas, panel_size=3, mapping=mapping)
    held = [member.values[0] for member in reading.instance.pool.members]
    assert held == ["16-29", "30-59", "60+"]
    assert "cells-as-text" not in codes(reading.assumed)  # which says that they decide nothing


def test_rows_are_dropped_by_a_date(tmp_path: Path) -> None:
    drop = '[[drop]]\ncolumn = "Fødselsdato"\nabove = 1997-11-21\nreason = "under 29"\n'
    reading = read(tmp_path, BY_DAY + drop, pool=BIRTHS)
    assert [member.id for member in reading.instance.pool.members] == ["3", "4", "5"]


def test_what_is_no_date_of_birth_is_a_fault_with_its_row(tmp_path: Path) -> None:
    pool = BIRTHS.replace("24-11-2008", "24-11-08").replace("1997-11-22", "31-11-1997")
    assert faults(tmp_path, BY_DAY, pool=pool) == [
        ("map-not-a-date", 2, "24-11-08"),
        ("map-not-a-date", 3, "31-11-1997"),
    ]
    unborn = BIRTHS.replace("24-11-2008", "24-11-2026").replace("1997-11-22", "1897-11-22")
    assert faults(tmp_path, BY_DAY, pool=unborn) == [
        ("map-age-impossible", 2, "24-11-2026"),
        ("map-age-impossible", 3, "1897-11-22"),
    ]
    without_day = BY_DAY.replace("on = 2026-11-22\n", "")
    assert faults(tmp_path, without_day, pool=BIRTHS) == [("map-perhaps-dates", None, "")]


@pytest.mark.parametrize("strange", ["1958", "121", "-3"])
def test_no_open_range_takes_an_age_that_nobody_has(tmp_path: Path, strange: str) -> None:
    mapping = MAP.replace("below = 16", "below = -9")
    pool = POOL.replace(";60\n", f";{strange}\n")
    assert ("map-age-impossible", 6, strange) in faults(tmp_path, mapping, pool=pool)


def test_faults_of_the_map_and_columns_that_are_not_there_at_once(tmp_path: Path) -> None:
    mapping = MAP.replace("below = 16", "unde = 16").replace('"Løbenr"', '"Løbe"')
    assert {code for code, _, _ in faults(tmp_path, mapping)} == {
        "setting-unknown",
        "map-rule-conditions",
        "map-column-unknown",
    }
