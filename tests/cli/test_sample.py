"""An invented pool fits its quotas, or misses them by one person."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.running import QUOTAS, SAMPLES, Outcome, faults_said, sortition

COMBINED = """\
feature,value,min,max
gender,female,4,6
gender,male,4,6
age,young,3,4
age,old,6,7
combination,gender=female & age=young,2,2
combination,gender=male & town=north,3,3
"""


def sample(folder: Path, *options: str, quotas: str = QUOTAS) -> Outcome:
    (folder / "quotas.csv").write_text(quotas)
    return sortition("sample", "quotas.csv", *options, cwd=folder)


def check(folder: Path, size: int, *options: str) -> int:
    return sortition(
        "check", "sample-pool.csv", "quotas.csv", "--size", str(size), *options, cwd=folder
    ).code


@pytest.mark.parametrize("quotas", [QUOTAS, COMBINED], ids=["single", "combined"])
def test_it_fits_and_is_as_large_as_asked(quotas: str, tmp_path: Path) -> None:
    size = 3 if quotas == QUOTAS else 10
    done = sample(tmp_path, "--size", "25", "--panel", str(size), quotas=quotas)
    assert done.code == 0, done.stderr
    people = list(csv.DictReader((tmp_path / "sample-pool.csv").read_text().splitlines()))
    assert len(people) == 25
    assert len({person["id"] for person in people}) == 25
    assert all(person["name"].startswith("Invented ") for person in people)
    assert all(person["email"].endswith("@example.org") for person in people)
    assert check(tmp_path, size, "--household", "street,zip") == 0


@pytest.mark.parametrize("quotas", [QUOTAS, COMBINED], ids=["single", "combined"])
def test_one_person_is_missing_and_no_more(quotas: str, tmp_path: Path) -> None:
    size = 3 if quotas == QUOTAS else 10
    options = ("--size", "40", "--panel", str(size), "--misses")
    done = sample(tmp_path, *options, quotas=quotas)
    assert done.code == 0, done.stderr
    assert check(tmp_path, size) == 1
    missing = "female" if quotas == QUOTAS else "young"
    assert f"“{missing}”" in done.stdout
    pool = tmp_path / "sample-pool.csv"
    with pool.open(newline="") as file:
        rows = list(csv.DictReader(file))
    feature = "gender" if quotas == QUOTAS else "age"
    needed = 1 if quotas == QUOTAS else 3
    assert Counter(row[feature] for row in rows)[missing] == needed - 1
    repaired = False
    for row in rows:  # there is somebody who, with the value that is missing, makes a panel
        former, row[feature] = row[feature], missing
        with pool.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerows(rows)
        repaired = repaired or check(tmp_path, size) == 0
        row[feature] = former
        if repaired:
            break
    assert repaired


def test_the_samples_as_an_officer_would(tmp_path: Path) -> None:
    quotas = str(SAMPLES / "quotas.csv")
    done = sortition("sample", quotas, "--size", "120", "--language", "da", cwd=tmp_path)
    assert "Et panel på 36, der opfylder kvoterne, kan udtrækkes af den." in done.stdout
    again = sortition(
        "sample", quotas, "--size", "120", "--language", "da", "--out", "b.csv", cwd=tmp_path
    )
    assert again.code == 0
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "sample-pool.csv").read_bytes()
    household = ("--household", "adresse,postnummer")
    drawn = sortition(
        "select", "b.csv", quotas, "--size", "36", *household, "--rehearsal", cwd=tmp_path
    )
    assert drawn.code == 0, drawn.stderr


def test_what_cannot_be_invented(tmp_path: Path) -> None:
    small = sample(tmp_path, "--size", "2", "--panel", "3")
    assert faults_said(small) == ["A pool of 2 people holds no panel of 3. Invent 3 or more."]
    large = sample(tmp_path, "--size", "20", "--panel", "9")
    assert "9" in faults_said(large)[0]
    free = "feature,value,min,max\ngender,female,0,2\ngender,male,0,2\n"
    assert (
        "no quota to miss"
        in faults_said(sample(tmp_path, "--size", "20", "--misses", quotas=free))[0]
    )
    former = sample(tmp_path, "--size", "20")
    assert former.code == 0
    assert "sample-pool.csv" in faults_said(sample(tmp_path, "--size", "20"))[0]
