"""Who is seated: people whose CPR numbers nobody sees, panels mixed as their quotas counted."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.panels import OPTIONS as PANEL_OPTIONS
from tests.cli.panels import POOL, dropping, make_panel, members
from tests.cli.running import Outcome, contents, faults_said, sortition
from tests.steps.publish.published import draw, publish
from tests.tables.making import write

pytestmark = pytest.mark.usefixtures("short_searches")
NUMBERS = [f"{day:02}0170-12{day:02}" for day in range(1, 17)]  # even for women
PEOPLE = "CPR-nummer,navn,note\n" + "".join(
    f"{number},Person {n},{'hendes mand er 130270-1235' if n == 3 else ''}\n"
    for n, number in enumerate(NUMBERS)
)
TABLES = ("--tables", "4", "--sessions", "2")
FROM_CPR = ("--from-cpr", "køn", "--mix", "køn")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "people.csv", PEOPLE)
    write(tmp_path / "key", "a key of more than sixteen bytes")
    return tmp_path


def seat(folder: Path, *options: str, people: str = "people.csv") -> Outcome:
    return sortition("groups", people, *TABLES, *options, cwd=folder)


def texts(folder: Path) -> str:
    """All that stands in the files of a plan, those within workbooks too."""
    found = []
    for name, content in contents(folder).items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(content)) as book:
                found += [book.read(sheet).decode() for sheet in book.namelist()]
        else:
            found.append(content.decode())
    return "\n".join(found)


def plan_in(folder: Path) -> list[dict[str, str]]:
    text = (folder / "seating.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def figures_in(folder: Path) -> Any:
    return json.loads((folder / "seating.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("options", [(), ("--id", "CPR-nummer"), ("--names", "navn,note")])
def test_no_cpr_number_is_on_a_card_or_list(folder: Path, options: tuple[str, ...]) -> None:
    done = seat(folder, *options, *FROM_CPR, "--out", "plan")
    assert done.code == 0, done.stderr
    written = texts(folder / "plan")
    for number in (*NUMBERS, "130270-1235"):
        for spelled in (number, number.replace("-", "")):
            assert spelled not in written + done.stdout
    assert "column CPR-nummer: This column holds CPR numbers" in done.stdout
    assert {len(row["pseudonym"]) for row in plan_in(folder / "plan")} == {16}
    # women and men in turn: of the sixteen eight each, two and two at each table
    assert figures_in(folder / "plan")["mix"] | {"tables": []} == {
        "features": ["køn"],
        "uneven": 0,
        "tables": [],
    }


def test_columns_of_cpr_numbers_cannot_be_shown(folder: Path) -> None:
    before = contents(folder)
    done = seat(folder, "--names", "navn,CPR-nummer", "--mix", "cpr-nummer", "--out", "plan")
    said = faults_said(done)
    assert len(said) == 2
    assert all("stand on no card and no list" in line for line in said)
    assert contents(folder) == before


def test_a_key_makes_the_same_plan_again_and_goes_on_from_it(folder: Path) -> None:
    keyed = ("--cpr-key", "key", "--names", "navn", *FROM_CPR)
    assert seat(folder, *keyed, "--out", "1").code == seat(folder, *keyed, "--out", "2").code == 0
    assert contents(folder / "1") == contents(folder / "2")
    away = f"CPR-nummer,session 2\n{NUMBERS[0]},nej\n"
    write(folder / "away.csv", away)
    keep = ("--keep", "1/seating.xlsx", "--from-session", "2", "--attendance", "away.csv")
    done = seat(folder, *keyed, *keep, "--out", "3")
    assert done.code == 0, done.stderr
    absent = [row["navn"] for row in plan_in(folder / "3") if not row["session 2"]]
    assert absent == ["Person 0"]


def test_lists_that_name_people_by_their_cpr_numbers(folder: Path) -> None:
    one, two = NUMBERS[4], NUMBERS[5].replace("-", "")
    write(folder / "rules.csv", f"group,rule,who\nA,together,{one}\nA,together,{two}\n")
    write(folder / "away.csv", f"cpr,session 1\n{NUMBERS[0]},no\n{NUMBERS[1]},yes\n")
    lists = ("--rules", "rules.csv", "--attendance", "away.csv")
    done = seat(folder, *lists, *FROM_CPR, "--names", "navn", "--out", "plan")
    assert done.code == 0, done.stderr
    plan = {row["navn"]: row for row in plan_in(folder / "plan")}
    for session in ("session 1", "session 2"):
        assert plan["Person 4"][session] == plan["Person 5"][session]
    assert [name for name, row in plan.items() if not row["session 1"]] == ["Person 0"]


def test_a_fault_shows_no_cpr_number(folder: Path) -> None:
    write(folder / "rules.csv", "group,rule,who\nA,together,140270-1234\nA,apart,1402701236\n")
    write(folder / "away.csv", "cpr,session 1\n140270-1234,no\n")
    done = seat(folder, "--rules", "rules.csv", "--attendance", "away.csv")
    assert len(faults_said(done)) == 3
    assert "140270" not in done.stderr


# --- panels ---

MAPPED_POOL = POOL.replace("id,name,gender,age,street", "id,name,Køn,Alder,street")
AGES = {"young": "25", "old": "65"}
MAP = """\
[columns]
"Køn" = "gender"

[values.gender]
"f" = "women"
"m" = "men"

[bands.age]
column = "Alder"
ranges = ["18-40", "41-99"]
"""
MAPPED_QUOTAS = """\
feature,value,min,max
gender,women,4,4
gender,men,2,2
age,41-99,3,3
age,18-40,3,3
"""


def mapped_panel(folder: Path) -> Path:
    text = MAPPED_POOL
    for word, age in AGES.items():
        text = text.replace(word, age)
    write(folder / "pool.csv", text)
    write(folder / "quotas.csv", MAPPED_QUOTAS)
    write(folder / "map.toml", MAP)
    done = sortition(
        *("select", "pool.csv", "quotas.csv", *PANEL_OPTIONS, "--map", "map.toml", "--out", "run"),
        cwd=folder,
    )
    assert done.code == 0, done.stderr
    return folder / "run"


def counted(lottery: Path, plan: list[dict[str, str]]) -> dict[tuple[str, str], set[int]]:
    """For each quota: how many of those who count for it sit at a table, in any session."""
    quotas = json.loads(lottery.read_text(encoding="utf-8"))["quotas"]
    return {
        (quota["category"], quota["value"]): {
            Counter(row[session] for row in plan if row["id"] in quota["members"])[table]
            for session in ("session 1", "session 2")
            for table in ("1", "2")
        }
        for quota in quotas
    }


def test_a_mapped_panel_is_mixed_on_what_its_quotas_counted(tmp_path: Path) -> None:
    run = mapped_panel(tmp_path)
    done = sortition("groups", "run", *("--tables", "2", "--sessions", "2"), cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "Mix       on age, gender" in done.stdout
    assert counted(run / "lottery.json", plan_in(run / "seating")) == {
        ("age", "41-99"): {1, 2},
        ("age", "18-40"): {1, 2},
        ("gender", "men"): {1},
        ("gender", "women"): {2},
    }


def test_a_panel_can_be_mixed_on_features_and_on_columns(tmp_path: Path) -> None:
    mapped_panel(tmp_path)
    options = ("--tables", "2", "--sessions", "1", "--mix", "gender,Alder,name", "--names", "name")
    done = sortition("groups", "run", *options, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "Mix       on gender, Alder, name" in done.stdout
    assert "panel.csv, column name: This column has 6 different values" in done.stdout
    assert "column Alder: This column has" not in done.stdout


def test_a_published_panel_is_mixed_on_what_its_quotas_counted(tmp_path: Path) -> None:
    lottery = publish(tmp_path)
    assert draw(lottery, "--drawn", "187").code == 0
    options = ("--tables", "2", "--sessions", "2")
    done = sortition("groups", "lottery", *options, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "4 people are seated at 2 tables" in done.stdout
    assert "Mix       on age, from, gender" in done.stdout
    plan = plan_in(lottery / "seating")
    panel = (lottery / "panel.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row["id"] for row in plan] == [row.split(",")[0] for row in panel]
    people = json.loads((lottery / "sealed" / "pool.json").read_text(encoding="utf-8"))["people"]
    tokens = {person["id"]: person["token"] for person in people}
    seen = counted(
        lottery / "sealed" / "lottery.json",
        [row | {"id": tokens[row["id"].removeprefix("'")]} for row in plan],
    )
    assert {quota: max(own) - min(own) for quota, own in seen.items()} == {
        ("age", "old"): 1,
        ("age", "young"): 1,
        ("from", "here"): 0,
        ("from", "moon"): 0,
        ("gender", "f"): 0,
        ("gender", "m"): 0,
    }
    assert sortition("verify", "lottery", cwd=tmp_path).code == 0


def test_a_lottery_that_is_not_drawn_has_no_panel(tmp_path: Path) -> None:
    publish(tmp_path)
    (fault,) = faults_said(sortition("groups", "lottery", *TABLES, cwd=tmp_path))
    assert "holds no panel that was drawn" in fault


def test_those_are_seated_who_sit_on_the_panel_now(tmp_path: Path) -> None:
    panel = make_panel(tmp_path)
    gone = members(panel)[0]
    assert dropping(panel, gone).code == 0
    now = members(panel, after=1)
    done = sortition("groups", "run", "--tables", "2", "--sessions", "1", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert [row["id"] for row in plan_in(panel / "seating")] == now
    assert gone not in now
    assert "as it is after the replacements (rounds: 1)" in done.stdout
