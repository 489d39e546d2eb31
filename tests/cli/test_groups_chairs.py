"""Tables by the chairs that they have, from the command line."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.running import Outcome, faults_said, sortition
from tests.tables.making import write

pytestmark = pytest.mark.usefixtures("short_searches")
PEOPLE = "id,sex,photo\n" + "".join(
    f"{n:02},{'fm'[n % 2]},{'no' if n % 3 == 0 else 'yes'}\n" for n in range(18)
)
RULES = "group,rule,who\nno photos,together,photo=no\n"


def _seat(folder: Path, *options: str) -> Outcome:
    write(folder / "people.csv", PEOPLE)
    write(folder / "rules.csv", RULES)
    given = ("--sessions", "2", "--mix", "sex", "--out", "plan", "--overwrite")
    return sortition("groups", "people.csv", *given, *options, cwd=folder)


def test_tables_of_four_six_and_eight(tmp_path: Path) -> None:
    done = _seat(tmp_path, "--chairs", "4,6,8", "--language", "da")
    assert done.code == 0, done.stderr
    with (tmp_path / "plan" / "seating.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    for session in range(1, len(header)):
        assert Counter(row[session] for row in rows) == {"1": 4, "2": 6, "3": 8}
    document = json.loads((tmp_path / "plan" / "seating.json").read_bytes())
    assert (document["chairs"], document["options"]["chairs"]) == ([4, 6, 8], "4,6,8")


def test_people_at_a_table_make_the_number_of_tables(tmp_path: Path) -> None:
    done = _seat(tmp_path, "--chairs", "7")
    assert done.stdout.startswith("18 people are seated at 3 tables in 2 sessions.")


def test_a_group_larger_than_a_table_is_told(tmp_path: Path) -> None:
    done = _seat(tmp_path, "--chairs", "5", "--rules", "rules.csv")
    assert "“no photos” seats 6 people together in session 1" in done.stdout
    assert "tables of their own: 5 + 1 people" in done.stdout


@pytest.mark.parametrize("options", [(), ("--tables", "3", "--chairs", "6")])
def test_either_tables_or_chairs_are_given(tmp_path: Path, options: tuple[str, ...]) -> None:
    (fault,) = faults_said(_seat(tmp_path, *options))
    assert "--tables" in fault and "--chairs" in fault
