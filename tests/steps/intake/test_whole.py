"""Any pool, scattered over channels and answered twice with noise, comes back whole."""

from __future__ import annotations

import csv
import datetime
import tempfile
from io import StringIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.run import taken_in
from sortition.tables.content import Content
from tests.budgets import examples

DAY = datetime.date(2026, 11, 28)
QUOTAS = """\
feature,value,min,max
gender,female,0,9
gender,male,0,9
age,16-29,0,9
age,30-59,0,9
age,60+,0,9
education,Grundskole,0,9
education,Erhvervsuddannelse,0,9
education,Lang videregående,0,9
"""
SAID = {
    "female": ("female", "Kvinde", "k", "Woman"),
    "male": ("male", "Mand", "M", "man "),
    "Grundskole": ("Grundskole", "9. klasse", "folkeskole"),
    "Erhvervsuddannelse": ("EUD", "Faglært (tømrer)", "svend"),
    "Lang videregående": ("Kandidat", "cand.merc.", "LVU", "Ph.d."),
}
BORN = {"16-29": range(1998, 2009), "30-59": range(1968, 1996), "60+": range(1930, 1966)}
HEADERS = (
    (
        *("Hvad er dit fulde navn?", "E-mail", "Telefon", "Hvad er dit køn?"),
        *("Hvilket år er du født?", "Din uddannelse?"),
    ),
    ("name", "email", "phone", "gender", "date of birth", "education"),
    ("3. Dit navn", "Mailadresse", "Mobil", "Køn", "Fødselsdato", "G1. Uddannelse"),
)
NAMES = ("Anna", "Bo", "Carla", "Dan", "Elisabeth", "Frederik")


People = list[tuple[str, str, str]]
Rows = list[list[str]]


@st.composite
def scattered(draw: st.DrawFn) -> tuple[People, list[Rows]]:
    """The values of some people, and their answers in three files."""
    people, files = [], [[list(header)] for header in HEADERS]
    for number in range(draw(st.integers(1, 8))):
        gender = draw(st.sampled_from(["female", "male"]))
        band = draw(st.sampled_from(sorted(BORN)))
        education = draw(st.sampled_from(["Grundskole", "Erhvervsuddannelse", "Lang videregående"]))
        year = draw(st.sampled_from(BORN[band]))
        born = f"{draw(st.integers(1, 28)):02}-{draw(st.integers(1, 12)):02}-{year}"
        people.append((band, education, gender))
        name = f"{NAMES[number % 6]} {'xyzw'[number // 2]}{'abcdefgh'[number] * 4}sen"
        email, phone = f"p{number}@x.dk", f"2030405{number}"
        for _ in range(draw(st.integers(1, 3))):
            noisy = draw(
                st.sampled_from([name, name.upper(), f" {name}", name.replace("sen", "sn")])
            )
            keys = draw(
                st.sampled_from([(email, phone), (email.upper(), ""), ("", f"+45 {phone}")])
            )
            row = [
                noisy,
                *keys,
                draw(st.sampled_from(SAID[gender])),
                draw(st.sampled_from([born, born.replace("-", "/"), f"født {born}"])),
                draw(st.sampled_from(SAID[education])),
            ]
            draw(st.sampled_from(files)).append(row)
    for rows in files:
        rows[1:] = draw(st.permutations(rows[1:]))
    return people, [rows for rows in files if len(rows) > 1]


def content(name: str, rows: Rows) -> Content:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return Content(name=name, data=text.getvalue().encode())


@settings(max_examples=examples(20), deadline=None)
@given(scattered())
def test_any_pool_comes_back_whole(
    drawn: tuple[People, list[Rows]],
) -> None:
    people, files = drawn
    with tempfile.TemporaryDirectory() as home:
        intake = taken_in(
            IntakeOptions(
                answers=[content(f"{number}.csv", rows) for number, rows in enumerate(files)],
                quotas=Content(name="q.csv", data=QUOTAS.encode()),
                age_on=DAY,
                out=Path(home) / "pool",
            )
        )
    assert list(intake.asking.open.values()) == []
    features = ("age", "education", "gender")
    found = [
        tuple(intake.outcomes[person.id][name].value for name in features) for person in intake.pool
    ]
    assert sorted(found) == sorted(people)
    assert sum(len(person.all) for person in intake.pool) == sum(len(rows) - 1 for rows in files)
