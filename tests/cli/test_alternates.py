"""`sortition alternates` and `select --alternates`, as processes on real files."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import indented
from tests.cli.running import (
    SAMPLE_OPTIONS,
    SAMPLES,
    contents,
    faults_said,
    rows_of,
    sortition,
    write_inputs,
)
from tests.steps.publish.published import BY_NUMBERS, NAMED, SEED

WRITTEN = {"alternates.csv", "alternates.xlsx", "alternates.json", "alternates.html"}
SECOND = {"alternates_lottery.json", "alternates_certificate.json"}

PEOPLE = [
    ("f" if number % 2 else "m", "young" if number % 3 else "old", f"street {number // 2}")
    for number in range(36)
]
POOL = "id,sex,age,address\n" + "".join(
    f"{number:02},{sex},{age},{street}\n" for number, (sex, age, street) in enumerate(PEOPLE)
)
QUOTAS = """\
feature,value,min,max
sex,f,3,3
sex,m,3,3
age,young,4,4
age,old,2,2
"""
OPTIONS = ("--size", "6", "--household", "address", "--seed", "5", "--tickets", "1000")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alternates")
    inputs = write_inputs(folder, POOL, QUOTAS)
    for name, more in (("plain", ()), ("reserved", ("--alternates", "3"))):
        done = sortition("select", *inputs, *OPTIONS, *more, "--out", name, cwd=folder)
        assert done.code == 0, done.stderr
    return folder


@pytest.fixture
def plain(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home / "plain", tmp_path / "run")


@pytest.fixture
def reserved(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home / "reserved", tmp_path / "run")


def people(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_reserve_is_chosen_and_written(plain: Path) -> None:
    before = contents(plain)
    done = sortition("alternates", "run", "--count", "3", cwd=plain.parent)
    assert done.code == 0, done.stderr
    after = contents(plain)
    assert after.keys() - before.keys() == WRITTEN | {"events.jsonl"}
    assert before.items() <= after.items()
    panel, chosen = people(plain / "panel.csv"), people(plain / "alternates.csv")
    assert [row["order"] for row in chosen] == ["1", "2", "3"]
    assert not {row["id"] for row in panel} & {row["id"] for row in chosen}
    addresses = Counter(row["address"] for row in (*panel, *chosen))
    assert set(addresses.values()) == {1}
    document = json.loads(after["alternates.json"])
    assert document["alternates"] == [row["id"] for row in chosen]
    figures = {row["rule"]: row["mean"] for row in document["expected_deviation"]}
    assert figures["chosen"] == min(figures.values())
    assert figures["chosen"] < figures["none"]
    left = [row["mean"] for row in document["expected_deviation_with_the_first"]]
    assert left == sorted(left, reverse=True)
    assert [left[0], left[-1]] == [figures["none"], figures["chosen"]]
    assert "10.3%" in done.stdout
    assert sortition("verify", "run", cwd=plain.parent).code == 0


def test_the_same_folder_gives_the_same_people(plain: Path, tmp_path: Path) -> None:
    other = shutil.copytree(plain, tmp_path / "other")
    here = sortition("alternates", plain.name, "--count", "4", cwd=tmp_path)
    there = sortition("alternates", "other", "--count", "4", cwd=tmp_path, PYTHONHASHSEED="2")
    assert (here.code, there.code) == (0, 0)
    for name in WRITTEN:
        assert (plain / name).read_bytes() == (other / name).read_bytes()


def test_a_former_reserve_is_replaced_with_leave_alone(plain: Path) -> None:
    again = ("alternates", "run", "--count", "2")
    assert sortition(*again, cwd=plain.parent).code == 0
    (fault,) = faults_said(sortition(*again, cwd=plain.parent))
    assert "alternates.csv" in fault
    assert sortition(*again, "--overwrite", cwd=plain.parent).code == 0
    log = (plain / "events.jsonl").read_text(encoding="utf-8")
    names = [json.loads(line)["event"] for line in log.splitlines()]
    assert names == ["selected", "alternates", "alternates"]


def test_rates_of_values_are_taken_to_heart(plain: Path, tmp_path: Path) -> None:
    rates = "feature,value,rate\nage,old,50 %\nage,young,0\n"
    (tmp_path / "rates.csv").write_text(rates)
    call = ("alternates", "run", "--count", "2", "--dropout-rates", "rates.csv")
    done = sortition(*call, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert {row["age"] for row in people(plain / "alternates.csv")} == {"old"}
    dropout = json.loads((plain / "alternates.json").read_bytes())["dropout"]
    assert (dropout["lowest"], dropout["highest"]) == (0.0, 0.5)
    assert dropout["expected"] == 1.0


def test_rates_are_learnt_from_counts(plain: Path, tmp_path: Path) -> None:
    counts = "feature,value,selected,attended\nage,old,100,40\nage,young,100,95\n"
    (tmp_path / "counts.csv").write_text(counts)
    call = ("alternates", "run", "--count", "2", "--dropout-rates", "counts.csv")
    done = sortition(*call, "--language", "da", cwd=tmp_path)
    assert done.code == 0, done.stderr
    dropout = json.loads((plain / "alternates.json").read_bytes())["dropout"]
    assert dropout["learnt"] is True
    assert 0.05 < dropout["lowest"] < 0.1 < 0.5 < dropout["highest"] < 0.6
    assert "Suppleanter" in (plain / "alternates.html").read_text(encoding="utf-8")


def test_nobody_need_drop_out(plain: Path) -> None:
    done = sortition("alternates", "run", "--count", "2", "--dropout", "0 %", cwd=plain.parent)
    assert done.code == 0, done.stderr
    document = json.loads((plain / "alternates.json").read_bytes())
    assert document["dropout"]["expected"] == 0
    assert {row["mean"] for row in document["expected_deviation"]} == {0.0}


def test_values_without_a_row_are_named(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("feature,value,rate\nage,old,0.3\n")
    call = ("alternates", "run", "--count", "2", "--dropout", "0.2", "--dropout-rates", "rates.csv")
    done = sortition(*call, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "20.0%: “age: young”" in done.stdout
    dropout = json.loads((plain / "alternates.json").read_bytes())["dropout"]
    assert (dropout["lowest"], dropout["highest"]) == (pytest.approx(0.2), pytest.approx(0.3))


def test_the_table_of_rates_is_never_replaced(plain: Path) -> None:
    (plain / "alternates.csv").write_text("feature,value,rate\nage,old,0.3\n")
    call = ("alternates", "run", "--count", "2", "--dropout-rates", "run/alternates.csv")
    (fault,) = faults_said(sortition(*call, "--overwrite", cwd=plain.parent))
    assert "alternates.csv" in fault


def test_all_faults_at_once_and_nothing_written(plain: Path, tmp_path: Path) -> None:
    rates = "feature,value,rate\nage,odl,0.1\nagee,old,0.1\nsex,f,1.5\nsex,m,-2%\nsex,m,x\n"
    (tmp_path / "rates.csv").write_text(rates)
    before = contents(plain)
    call = ("alternates", "run", "--count", "99", "--dropout", "1", "--seed", "")
    said = faults_said(sortition(*call, "--dropout-rates", "rates.csv", cwd=tmp_path))
    text = "\n".join(said)
    for part in ("“1”", "30 people", "“odl”", "“old”", "“agee”", "“1.5”", "“-2%”", "row 5", "seed"):
        assert part in text, part
    assert contents(plain) == before


@pytest.mark.parametrize(
    "table",
    [
        "feature,value\nage,old\n",
        "value,rate\nold,0.1\n",
        "feature,value,rate,selected,attended\nage,old,0.1,5,4\n",
        "feature,value,selected,attended\nage,old,4,5\n",
        "feature,value,selected,attended\nage,old,four,3\n",
    ],
)
def test_a_table_that_makes_no_sense_is_refused(plain: Path, tmp_path: Path, table: str) -> None:
    (tmp_path / "rates.csv").write_text(table)
    call = ("alternates", "run", "--count", "1", "--dropout-rates", "rates.csv")
    (fault,) = faults_said(sortition(*call, cwd=tmp_path))
    assert fault.startswith("rates.csv")


@pytest.mark.parametrize("options", [(), ("--count", "2", "--second-panel")])
def test_either_a_reserve_or_a_panel(plain: Path, options: tuple[str, ...]) -> None:
    (fault,) = faults_said(sortition("alternates", "run", *options, cwd=plain.parent))
    assert "--second-panel" in fault


def test_a_folder_without_a_panel(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (fault,) = faults_said(sortition("alternates", "empty", "--count", "2", cwd=tmp_path))
    assert "holds no panel" in fault


def test_a_second_panel_meets_the_same_quotas(plain: Path) -> None:
    done = sortition("alternates", "run", "--second-panel", cwd=plain.parent)
    assert done.code == 0, done.stderr
    panel, second = people(plain / "panel.csv"), people(plain / "alternates.csv")
    assert Counter(row["sex"] for row in second) == {"f": 3, "m": 3}
    assert Counter(row["age"] for row in second) == {"young": 4, "old": 2}
    addresses = Counter(row["address"] for row in (*panel, *second))
    assert set(addresses.values()) == {1}
    assert contents(plain).keys() >= WRITTEN | SECOND
    lottery = json.loads((plain / "alternates_lottery.json").read_bytes())
    assert [row["id"] for row in second] in [part["members"] for part in lottery["panels"]]
    assert sortition("verify", "run", cwd=plain.parent).code == 0


def test_a_second_panel_does_not_depend_on_dropouts(plain: Path) -> None:
    call = ("alternates", "run", "--second-panel", "--dropout", "0.2")
    (fault,) = faults_said(sortition(*call, cwd=plain.parent))
    assert "--dropout" in fault


def test_a_second_panel_that_is_not_there(tmp_path: Path) -> None:
    pool = "id,sex\n1,f\n2,f\n3,m\n4,f\n"
    inputs = write_inputs(tmp_path, pool, "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n")
    done = sortition("select", *inputs, "--size", "2", "--seed", "1", "--out", "run", cwd=tmp_path)
    assert done.code == 0
    done = sortition("alternates", "run", "--second-panel", cwd=tmp_path)
    assert done.code == 1
    assert not (tmp_path / "run" / "alternates.csv").exists()


def test_a_published_lottery_names_alternates_by_token(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    make = ("lottery", *inputs, *OPTIONS[:4], *NAMED, "--out", "run")
    assert sortition(*make, cwd=tmp_path).code == 0
    assert sortition("draw", "run", "--drawn", "007", cwd=tmp_path).code == 0
    (fault,) = faults_said(sortition("alternates", "run", "--count", "2", cwd=tmp_path))
    assert "--seed" in fault
    call = ("alternates", "run", "--count", "2", "--seed", "dice 4 4 1")
    assert sortition(*call, cwd=tmp_path).code == 0
    known = json.loads((tmp_path / "run" / "sealed" / "pool.json").read_bytes())["people"]
    token = {person["id"]: person["token"] for person in known}
    chosen = [row["id"] for row in people(tmp_path / "run" / "alternates.csv")]
    log = (tmp_path / "run" / "public" / "events.jsonl").read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[-1])["facts"]["alternates"] == [token[id] for id in chosen]
    assert sortition("verify", "run", cwd=tmp_path).code == 0


def drawn(folder: Path, kind: str) -> Path:
    inputs = write_inputs(folder, POOL, QUOTAS)
    if kind == "select":
        assert sortition("select", *inputs, *OPTIONS, "--out", "run", cwd=folder).code == 0
        return folder / "run"
    make = ("lottery", *inputs, *OPTIONS[:4], *NAMED, *BY_NUMBERS)
    done = sortition(*make, "--out", "run", cwd=folder)
    assert done.code == 0, done.stderr
    done = sortition("draw", "run", "--seed", SEED, cwd=folder)
    assert done.code == 0, done.stderr
    return folder / "run"


def replaced(folder: Path, kind: str, gone: str, *options: str) -> None:
    """A round; after a published lottery it is announced before it is drawn."""
    first = ("--promise", "drawn") if kind == "lottery" else ()
    call = ("replace", "run", "--dropouts", gone, *options, *first)
    done = sortition(*call, cwd=folder)
    assert done.code == 0, done.stderr
    if first:
        assert sortition("replace", "run", "--drawn", "123", cwd=folder).code == 0


@pytest.mark.parametrize("kind", ["select", "lottery"])
@pytest.mark.parametrize("asked", [("--count", "6"), ("--second-panel",)])
def test_alternates_are_beside_the_panel_as_it_is_now(
    tmp_path: Path, kind: str, asked: tuple[str, ...]
) -> None:
    run = drawn(tmp_path, kind)
    first = {row["id"] for row in people(run / "panel.csv")}
    # a published lottery draws another panel each time; whoever sits, six more can be found
    young = {f"{number:02}" for number, (_, age, _) in enumerate(PEOPLE) if age == "young"}
    gone = min(first & young)
    mates = {f"{int(id) ^ 1:02}" for id in first}
    absent = min(young - first - mates)
    for name, id in (("gone", gone), ("absent", absent)):
        (tmp_path / f"{name}.csv").write_text(f"id\n{id}\n", encoding="utf-8")
    replaced(tmp_path, kind, "gone.csv", "--unavailable", "absent.csv")
    now = {row["id"] for row in people(run / "replacement-1" / "panel.csv")}
    assert gone not in now != first
    done = sortition("alternates", "run", *asked, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "after the replacements (rounds: 1)" in done.stdout
    chosen = [row["id"] for row in people(run / "alternates.csv")]
    assert not {*chosen} & {*now, gone, absent}
    homes = Counter(PEOPLE[int(id)][2] for id in (*now, *chosen))
    assert set(homes.values()) == {1}
    assert all(id in done.stdout for id in chosen)
    assert sortition("verify", "run", cwd=tmp_path).code == 0
    # the next round calls from them
    (tmp_path / "next.csv").write_text(f"id\n{min(now & young)}\n", encoding="utf-8")
    replaced(tmp_path, kind if "--second-panel" in asked else "select", "next.csv")
    assert sortition("verify", "run", cwd=tmp_path).code == 0


def test_every_ticket_draws_its_own_reserve(reserved: Path) -> None:
    lottery = json.loads((reserved / "lottery.json").read_bytes())
    assert lottery["schema"] == "sortition-lottery/4"
    street = {f"{number:02}": row[2] for number, row in enumerate(PEOPLE)}
    for panel in lottery["panels"]:
        together = [*panel["members"], *panel["alternates"]]
        assert len(panel["alternates"]) == 3
        assert len({street[id] for id in together}) == len(together)
    members = [row["id"] for row in people(reserved / "panel.csv")]
    (drawn,) = [panel for panel in lottery["panels"] if panel["members"] == members]
    assert [row["id"] for row in people(reserved / "alternates.csv")] == drawn["alternates"]
    assert sortition("verify", "run", cwd=reserved.parent).code == 0
    (fault,) = faults_said(
        sortition("alternates", "run", "--count", "2", "--overwrite", cwd=reserved.parent)
    )
    assert "drew alternates" in fault


def test_without_alternates_the_lottery_is_as_it_was(home: Path) -> None:
    lottery = json.loads((home / "plain" / "lottery.json").read_bytes())
    assert lottery["schema"] == "sortition-lottery/3"
    assert {tuple(panel) for panel in lottery["panels"]} == {("members", "weight")}
    with_reserve = json.loads((home / "reserved" / "lottery.json").read_bytes())
    assert [panel["members"] for panel in with_reserve["panels"]] == [
        panel["members"] for panel in lottery["panels"]
    ]


def swap(lottery: Any) -> None:
    panel = lottery["panels"][0]
    panel["alternates"][0] = panel["members"][0]


def stranger(lottery: Any) -> None:
    lottery["panels"][0]["alternates"][0] = "nobody"


def twice(lottery: Any) -> None:
    alternates = lottery["panels"][0]["alternates"]
    alternates[0] = alternates[1]


def fewer(lottery: Any) -> None:
    lottery["panels"][0]["alternates"].pop()


def mate(lottery: Any) -> None:
    """Somebody who lives with a member of the panel."""
    panel = lottery["panels"][0]
    mates = [f"{int(id) ^ 1:02}" for id in panel["members"]]
    panel["alternates"][0] = next(id for id in mates if id not in panel["alternates"])


@pytest.mark.parametrize(
    ("change", "claim"),
    [
        (swap, "Every panel has as many alternates"),
        (stranger, "Every panel has as many alternates"),
        (twice, "Every panel has as many alternates"),
        (fewer, "Every panel has as many alternates"),
        (mate, "Panel and alternates together"),
    ],
)
def test_a_forged_reserve_is_found(
    reserved: Path, change: Callable[[Any], None], claim: str
) -> None:
    lottery = json.loads((reserved / "lottery.json").read_bytes())
    change(lottery)
    forged = canonical_json(lottery)
    (reserved / "lottery.json").write_bytes(forged)
    manifest = json.loads((reserved / "manifest.json").read_bytes())
    manifest["outputs"]["lottery.json"] = digest(forged)
    (reserved / "manifest.json").write_bytes(indented(manifest))
    done = sortition("verify", "run", cwd=reserved.parent)
    assert done.code == 1
    assert f"WRONG  {claim}" in done.stdout


def test_a_list_of_other_alternates_is_found(reserved: Path) -> None:
    path = reserved / "alternates.csv"
    header, first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, second, first, *rest, ""]), encoding="utf-8")
    manifest = json.loads((reserved / "manifest.json").read_bytes())
    manifest["outputs"]["alternates.csv"] = digest(path.read_bytes())
    (reserved / "manifest.json").write_bytes(indented(manifest))
    done = sortition("verify", "run", cwd=reserved.parent)
    assert done.code == 1
    assert "WRONG  The list of alternates" in done.stdout
    (reserved / "alternates.xlsx").unlink()
    assert (
        "alternates.xlsx: This file is missing"
        in sortition("verify", "run", cwd=reserved.parent).stdout
    )


@pytest.mark.parametrize(
    ("count", "said"), [("0", "0 alternates"), ("19", "people could be called")]
)
def test_tickets_cannot_draw_whom_there_is_not(tmp_path: Path, count: str, said: str) -> None:
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    call = ("select", *inputs, *OPTIONS, "--alternates", count, "--out", "run")
    (fault,) = faults_said(sortition(*call, cwd=tmp_path))
    assert said in fault
    assert not (tmp_path / "run").exists()


def test_the_sample_data(tmp_path: Path) -> None:
    pool, quotas = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
    call = ("select", pool, quotas, *SAMPLE_OPTIONS, "--tickets", "20", "--alternates", "6")
    assert sortition(*call, "--out", "run", cwd=tmp_path).code == 0
    chosen = rows_of((tmp_path / "run" / "alternates.csv").read_bytes())
    assert [row["order"] for row in chosen] == list("123456")
    assert all(row["deltager_id"] and row["telefon"].startswith("+45") for row in chosen)
