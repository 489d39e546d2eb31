"""Drafts of maps: what is matched, what is left open, and what is never shown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sortition.instance.mapping.draft import Draft, draft_map
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.instance.reading import read_instance
from sortition.tables.reading import read_table
from tests.tables.making import write

DANISH = """\
Løbenummer;Navn;Køn;Alder;Bopæl
1;Anna Hansen;Kvinde;16;Odense
2;Bo Olsen;Mand;44;Aarhus
3;Carl Juhl;mand;45;ODENSE
4;Dora Lund;Kvinde;90;Aarhus
"""
ENGLISH = """\
feature,value,min,max
gender,female,1,2
gender,male,1,2
age,16-44,0,2
age,45+,0,2
municipality,Odense,0,2
municipality,Aarhus,0,2
"""


def draft(tmp_path: Path, pool: str, quotas: str) -> Draft:
    table = read_table(write(tmp_path / "pool.csv", pool))
    sheet = read_quota_sheet(write(tmp_path / "quotas.csv", quotas), 1)
    return draft_map(table, sheet.quotas, quotas_file="quotas.csv")


def settings(made: Draft) -> Any:
    return tomllib.loads(made.text)


def test_danish_words_for_english_quotas(tmp_path: Path) -> None:
    made = draft(tmp_path, DANISH, ENGLISH)
    assert made.open == 0
    assert settings(made) == {
        "columns": {"Bopæl": "municipality", "Køn": "gender"},
        "values": {"gender": {"Kvinde": "female", "Mand": "male"}},
        "bands": {"age": {"column": "Alder", "ranges": ["16-44", "45+"]}},
    }
    assert '"Kvinde" = "female"  # 2 rows' in made.text


def test_the_draft_reads_the_pool(tmp_path: Path) -> None:
    made = draft(tmp_path, DANISH, ENGLISH)
    reading = read_instance(
        tmp_path / "pool.csv",
        tmp_path / "quotas.csv",
        panel_size=2,
        mapping=write(tmp_path / "map.toml", made.text),
    )
    assert [member.values for member in reading.instance.pool.members] == [
        ("16-44", "female", "Odense"),
        ("16-44", "male", "Aarhus"),
        ("45+", "male", "Odense"),
        ("45+", "female", "Aarhus"),
    ]


def test_words_of_swedish_and_norwegian(tmp_path: Path) -> None:
    swedish = draft(tmp_path, "id,Kön\n1,Kvinna\n2,Man\n", ENGLISH.partition("age")[0])
    assert settings(swedish)["values"]["gender"] == {"Kvinna": "female", "Man": "male"}
    norwegian = draft(
        tmp_path, "id,Kjønn\n1,Kvinne\n2,Mann\n", "feature,value,min,max\nsex,F,0,1\nsex,M,0,1\n"
    )
    assert settings(norwegian) == {
        "columns": {"Kjønn": "sex"},
        "values": {"sex": {"Kvinne": "F", "Mann": "M"}},
    }


def test_what_needs_no_map_is_not_mapped(tmp_path: Path) -> None:
    pool = "id,Gender,age\n1,Female,16–44 år\n2,MALE,45+\n"
    made = draft(tmp_path, pool, ENGLISH.partition("municipality")[0])
    assert (made.open, settings(made)) == (0, {})


def test_what_could_not_be_matched_is_left_open(tmp_path: Path) -> None:
    pool = (
        DANISH.replace("Bopæl", "Gade").replace("Mand;44", "Mænd?;15").replace("Kvinde;90", ";90")
    )
    made = draft(tmp_path, pool, ENGLISH)
    assert [line for line in made.text.splitlines() if line.startswith("#")][2:] == [
        "# TO DO: below 16: 1 row. Correct them, or drop them:",
        "# [[drop]]",
        '# column = "Alder"',
        "# below = 16",
        '# reason = ""',
        '# TO DO: what does "Mænd?" mean (1 row)? One of "female", "male".',
        '# "Mænd?" = ""',
        "# TO DO: blank: 1 row. Fill them in, or drop them:",
        "# [[drop]]",
        '# column = "gender"',
        "# blank = true",
        '# reason = ""',
    ]
    # Gade is known by what stands in it
    assert settings(made)["columns"] == {"Gade": "municipality", "Køn": "gender"}
    assert made.open == 3


def test_a_column_that_nobody_can_tell(tmp_path: Path) -> None:
    pool = DANISH.replace("Bopæl", "Gade").replace("Aarhus", "Ribe")
    made = draft(tmp_path, pool, ENGLISH)
    assert made.open == 1
    assert '# TO DO: which column is "municipality"? There are "Løbenummer", "Navn", ' in made.text
    assert '# "" = "municipality"' in made.text
    assert "Ribe" not in made.text


def test_years_of_birth_wait_for_a_year(tmp_path: Path) -> None:
    pool = "id,Fødselsår\n1,1990\n2,1950\n"
    made = draft(tmp_path, pool, "feature,value,min,max\nage,16-44,0,2\nage,45+,0,2\n")
    assert (made.open, settings(made)) == (1, {})
    mended = made.text.replace("# [", "[").replace("# col", "col").replace("# ran", "ran")
    mended = mended.replace("# in = ", "in = 2026")
    assert tomllib.loads(mended)["bands"]["age"] == {
        "column": "Fødselsår",
        "ranges": ["16-44", "45+"],
        "in": 2026,
    }


def test_nobody_is_named(tmp_path: Path) -> None:
    made = draft(tmp_path, DANISH, ENGLISH)
    assert not [name for name in ("Anna", "Hansen", "Bo Olsen", "Dora") if name in made.text]


def test_a_column_of_many_values_shows_none(tmp_path: Path) -> None:
    quotas = "feature,value,min,max\nmunicipality,Odense,0,2\n"
    rows = [f"{number},Sted {number}\n" for number in range(40)]
    many = draft(tmp_path, "id,Kommune\n" + "".join(rows) + "99,Odense\n", quotas)
    assert "Sted" not in many.text
    assert "41 different values, too many to list here; 40 of them have no quota." in many.text
    few = draft(tmp_path, "id,Kommune\n" + "".join(rows[1:]) + "99,Odense\n", quotas)
    assert few.text.count('what does "Sted ') == 39


def test_one_column_does_not_get_two_names(tmp_path: Path) -> None:
    quotas = "feature,value,min,max\ngender,f,0,1\nsex,f,0,1\n"
    made = draft(tmp_path, "id,Køn\n1,f\n2,f\n", quotas)
    assert settings(made) == {"columns": {"Køn": "gender"}}
    assert made.open == 1


def test_any_text_is_quoted(tmp_path: Path) -> None:
    pool = 'id,Køn\n1,"K ""x"" \\ \x7f # ="\n2,f\n'
    made = draft(tmp_path, pool, "feature,value,min,max\nsex,f,0,1\n")
    assert settings(made) == {"columns": {"Køn": "sex"}, "values": {"sex": {}}}
    line = next(line for line in made.text.splitlines() if line.startswith('# "'))
    assert list(tomllib.loads(line.removeprefix("# "))) == ['K "x" \\ \x7f # =']


def test_narrower_ranges_are_within_wider_ones(tmp_path: Path) -> None:
    pool = "id,age\n1,16-24\n2,25-44 år\n3,60 og derover\n4,40-50\n"
    made = draft(tmp_path, pool, "feature,value,min,max\nage,16-44,0,2\nage,45+,0,2\n")
    assert settings(made)["values"]["age"] == {
        "16-24": "16-44",
        "25-44 år": "16-44",
        "60 og derover": "45+",
    }
    assert made.open == 1


def test_a_feature_of_a_combination_alone_is_free(tmp_path: Path) -> None:
    quotas = "feature,value,min,max\nsex,f,0,2\ncombination,sex=f & kommune=Odense,0,1\n"
    made = draft(tmp_path, "id,sex,Bopæl\n1,f,Odense\n2,f,Ribe\n", quotas)
    assert (made.open, settings(made)) == (0, {"columns": {"Bopæl": "kommune"}})
