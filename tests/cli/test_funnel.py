"""The funnel on the command line: what is told, what is left out, and who reads it on."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sortition.model import Language
from sortition.pages.wording import wording
from tests.cli.running import SAMPLES, contents, faults_said, rows_of, sortition
from tests.pages.reading import LANGUAGES, Page

QUOTAS = "feature,value,min,max\nage,young,2,6\nage,old,2,6\nsex,f,2,6\nsex,m,2,6\n"
BY = ("--by", "sex,age")


def people(**groups: int) -> list[tuple[str, str]]:
    """Sex and age of people, from counts such as ``f_young=3``."""
    return [tuple(group.split("_")) for group, n in groups.items() for _ in range(n)]  # type: ignore[misc]


def write(path: Path, rows: list[tuple[str, str]], *, ids: str = "", first: int = 1) -> None:
    lines = [f"{ids},sex,age" if ids else "sex,age"]
    for number, (sex, age) in enumerate(rows, start=first):
        lines.append(f"{ids[0]}{number:04},{sex},{age}" if ids else f"{sex},{age}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """200 people; 100 are asked, and the old and the women answer more often."""
    write(tmp_path / "registry.csv", people(f_young=50, f_old=50, m_young=50, m_old=50))
    write(tmp_path / "invited.csv", people(f_young=25, f_old=25, m_young=25, m_old=25))
    pool = people(f_young=6, f_old=12, m_young=5, m_old=10)
    write(tmp_path / "pool.csv", pool, ids="pool_id")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    return tmp_path


def stages(*names: str) -> list[str]:
    return [word for name in names for word in (f"--{name}", f"{name}.csv")]


def figures(folder: Path, *arguments: str) -> Any:
    done = sortition("funnel", *arguments, "--out", "out", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    return json.loads((folder / "out/funnel.json").read_text(encoding="utf-8"))


def test_one_map_reads_all_lists(tmp_path: Path) -> None:
    registry = [f"0101{n + 10}-100{n % 8};{'0101' if n % 3 else '0147'}" for n in range(80)]
    (tmp_path / "registry.csv").write_text("\n".join(["cpr;kommunekode", *registry]))
    invited = [f"{n};{'mand' if n % 2 else 'kvinde'};0101;18-116" for n in range(30)]
    (tmp_path / "invited.csv").write_text("\n".join(["id;køn;kommunekode;alder", *invited]))
    (tmp_path / "map.toml").write_text(
        '[columns]\nkommunekode = "kommune"\n[values.kommune]\n"0101" = "Kbh"\n"0147" = "Frb"\n'
        '[values."køn"]\nmand = "m"\nkvinde = "k"\n'
        '[bands.alder]\ncolumn = "alder"\nranges = ["18-116"]\n'
    )
    lists = stages("registry", "invited")
    cpr = ("--map", "map.toml", "--from-cpr", "køn,alder", "--age-on", "2026-12-01")
    options = (*cpr, "--by", "køn,kommune,alder", "--smallest", "1")
    found = figures(tmp_path, *lists, *options)
    counts = {
        (table["feature"], group["value"]): group["counts"]
        for table in found["features"]
        for group in table["groups"]
    }
    assert counts == {
        ("køn", "k"): [40, 15],
        ("køn", "m"): [40, 15],
        ("alder", "18-116"): [80, 30],
        ("kommune", "Frb"): [27, 0],
        ("kommune", "Kbh"): [53, 30],
    }
    text = (tmp_path / "map.toml").read_text()
    (tmp_path / "map.toml").write_text(text.replace("kommunekode", "komunekode"))
    done = sortition("funnel", *lists, *options, "--out", "no", cwd=tmp_path)
    assert (done.code, "map.toml" in done.stderr) == (2, True)


def test_counts_by_group(folder: Path) -> None:
    found = figures(folder, *stages("registry", "invited", "pool"), *BY)
    assert [(one["stage"], one["people"]) for one in found["stages"]] == [
        ("registry", 200),
        ("invited", 100),
        ("pool", 33),
    ]
    sex, age = found["features"]
    assert {g["value"]: g["counts"] for g in sex["groups"]} == {
        "f": [100, 50, 18],
        "m": [100, 50, 15],
    }
    assert {g["value"]: g["counts"] for g in age["groups"]} == {
        "old": [100, 50, 22],
        "young": [100, 50, 11],
    }
    assert [(g["value"], g["stage"]) for g in found["not_reached"]] == [("young", "pool")]
    assert found["not_reached"][0]["representation"] == pytest.approx((11 / 33) / 0.5)
    assert set(contents(folder / "out")) == {
        *("funnel.html", "funnel.json", "funnel.csv"),
        *("office/response_rates.csv", "office/participation.csv"),
    }


def test_small_numbers_are_in_no_public_file(folder: Path) -> None:
    write(folder / "selected.csv", people(f_young=3, f_old=9, m_young=1, m_old=11))
    found = figures(folder, *stages("registry", "selected"), *BY)
    sex, age = found["features"]
    assert [g["counts"][1] for g in sex["groups"]] == [12, 12]
    # young are 4, so that the old cannot be told either
    assert [g["counts"][1] for g in age["groups"]] == [None, None]
    assert [g["shares"][1] for g in age["groups"]] == [None, None]
    rows = list(csv.DictReader((folder / "out/funnel.csv").read_text("utf-8").splitlines()))
    assert [row["people"] for row in rows if row["feature"] == "age"] == ["100", "", "100", ""]
    words = Page((folder / "out/funnel.html").read_text("utf-8")).words
    assert "young 100 50.0% –" in words
    told = figures(folder, *stages("registry", "selected"), *BY, "--smallest", "3", "--overwrite")
    assert [g["counts"][1] for g in told["features"][1]["groups"]] == [20, 4]


def test_people_are_found_again_by_their_ids(folder: Path) -> None:
    write(folder / "registry.csv", people(f_young=50, f_old=50), ids="person_id")
    rows = (f"p{number:04},{'letter' if number % 2 else 'digital'}" for number in range(31, 71))
    (folder / "invited.csv").write_text("\n".join(["person_id,channel", *rows]), encoding="utf-8")
    rows = (f"p{number:04}" for number in range(41, 65))
    (folder / "pool.csv").write_text(
        "\n".join(["person_id;note", *(f"{id};x" for id in rows)]), encoding="utf-8"
    )
    call = (*stages("registry", "invited", "pool"), "--by", "age,channel", "--strata", "age")
    found = figures(folder, *call)
    age, channel = found["features"]
    assert {g["value"]: g["counts"] for g in age["groups"]} == {
        "old": [50, 20, 14],
        "young": [50, 20, 10],
    }
    assert channel["stages"] == ["invited", "pool"]
    assert [g["counts"] for g in channel["groups"]] == [[20, 12], [20, 12]]
    assert any("found again in invited.csv" in line for line in found["assumed"])
    assert any("not counted by “channel”" in line for line in found["assumed"])


def test_a_plan_reads_the_rates(folder: Path) -> None:
    figures(folder, *stages("registry", "invited", "pool"), *BY)
    rates = (folder / "out/office/response_rates.csv").read_text("utf-8")
    assert rates.splitlines() == [
        "sex,age,population,invited,answered",
        "f,old,50,25,12",
        "f,young,50,25,6",
        "m,old,50,25,10",
        "m,young,50,25,5",
    ]
    call = ("plan", "quotas.csv", "--size", "6", "--rates", "out/office/response_rates.csv")
    done = sortition(*call, "--json", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    planned = json.loads(done.stdout)["strata"]
    assert [(one["population"], one["learnt"]) for one in planned] == [(50, True)] * 4


def test_a_selection_toward_the_population_reads_the_rates_and_evens_the_chances(
    folder: Path,
) -> None:
    three = (*stages("registry", "invited", "pool"), *BY)
    figures(folder, *three)
    rates = ("--toward", "population", "--rates", "out/office/participation.csv")
    spread = {}
    for name, more in (("leximin", ()), ("population", rates)):
        call = ("select", "pool.csv", "quotas.csv", "--size", "8", "--seed", "1", *more)
        done = sortition(*call, "--out", name, cwd=folder)
        assert (done.code, done.stderr) == (0, "")
        assert sortition("verify", name, cwd=folder).code == 0
        found = figures(folder, *three, "--report", f"{name}/report.json", "--overwrite")
        totals = [group["total"] for group in found["chances"]["groups"]]
        spread[name] = max(totals) / min(totals)
        assert found["chances"]["equal"] == pytest.approx(8 / 200)
        assert found["chances"]["everybody"]["total"] == pytest.approx(8 / 200, rel=0.01)
    # twice as many old as young volunteer, in pairs that the model fits exactly
    assert spread["leximin"] == pytest.approx(2, rel=0.02)
    assert spread["population"] == pytest.approx(1, rel=1e-6)
    manifest = json.loads((folder / "population/manifest.json").read_text("utf-8"))
    assert manifest["inputs"]["rates"]["file"] == "participation.csv"
    assert manifest["options"]["objective"] == "population"


def test_a_forged_aim_is_found(folder: Path) -> None:
    figures(folder, *stages("registry", "invited", "pool"), *BY)
    rates = ("--toward", "population", "--rates", "out/office/participation.csv")
    sortition("select", "pool.csv", "quotas.csv", "--size", "8", *rates, "--out", "p", cwd=folder)
    path = folder / "p/certificate.json"
    document = json.loads(path.read_text("utf-8"))
    document["aims"][0] //= 2
    path.write_text(json.dumps(document, sort_keys=True, separators=(",", ":")), "utf-8")
    done = sortition("verify", "p", cwd=folder)
    assert done.code == 1
    assert "WRONG  The lottery reaches what its proofs say" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*stages("pool"), *BY), "A funnel needs two stages at least."),
        ((*stages("registry", "pool"), "--by", "sex,town"), "need a column “town”"),
        ((*stages("registry", "pool"), "--by", "sex,Sex"), "“Sex” cannot be counted by"),
        (
            (*stages("registry", "pool"), "--by", "sex", "--strata", "age"),
            "“age” is not counted by",
        ),
        ((*stages("registry", "pool"), *BY, "--smallest", "0"), "cannot be 0"),
        ((*stages("registry", "invited"), *BY, "--report", "quotas.csv"), "of use only with"),
        ((*stages("registry", "pool"), *BY, "--report", "quotas.csv"), "no report of a selection"),
        (("--registry", "pool.csv", "--pool", "registry.csv", *BY), "has more people here (50)"),
        (("--registry", "none.csv", "--pool", "pool.csv", *BY), "There is no file"),
        ((*stages("registry", "pool"), *BY, "--from-cpr", "alder"), "No column holds CPR numbers"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    faults = faults_said(sortition("funnel", *arguments, "--out", "out", cwd=folder))
    assert any(said in fault for fault in faults), faults
    assert not (folder / "out").exists()


def test_values_that_no_earlier_list_has_are_faults(folder: Path) -> None:
    write(folder / "pool.csv", [("f", "young"), ("f", "Old "), ("f", "ancient")])
    (fault,) = faults_said(sortition("funnel", *stages("registry", "pool"), *BY, cwd=folder))
    assert fault.startswith("pool.csv, row 4, column age: No list of an earlier stage has")


def test_a_report_of_another_pool_is_refused(folder: Path) -> None:
    call = ("select", "pool.csv", "quotas.csv", "--size", "8", "--out", "s")
    assert sortition(*call, cwd=folder).code == 0
    write(folder / "pool.csv", people(f_young=6, f_old=12), ids="pool_id", first=30)
    other = ("funnel", *stages("registry", "pool"), *BY, "--report", "s/report.json")
    (fault,) = faults_said(sortition(*other, cwd=folder))
    assert "are not those of pool.csv" in fault


def test_rates_of_a_former_run_do_not_stay(folder: Path) -> None:
    figures(folder, *stages("registry", "invited", "pool"), *BY)
    before = contents(folder / "out")
    call = ("funnel", *stages("registry", "invited"), *BY, "--out", "out")
    assert "already" in sortition(*call, cwd=folder).stderr
    (fault,) = faults_said(sortition(*call, "--overwrite", cwd=folder))
    assert "rates of a former run" in fault
    assert contents(folder / "out") == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_is_on_the_page(folder: Path, language: Language) -> None:
    for name in ("answered", "selected", "confirmed", "attended"):
        (folder / f"{name}.csv").write_bytes((folder / "pool.csv").read_bytes())
    call = ("select", "pool.csv", "quotas.csv", "--size", "8", "--out", "s")
    assert sortition(*call, cwd=folder).code == 0
    every = ("registry", "invited", "answered", "pool", "selected", "confirmed", "attended")
    figures(folder, *stages(*every), *BY, "--report", "s/report.json", "--language", language)
    page = Page((folder / "out/funnel.html").read_text("utf-8"))
    assert not page.open
    texts = wording(language, "steps/funnel").texts
    for name in every:
        assert texts[f"stages.{name}"] in page.words
    assert texts["funnel.chances_heading"] in page.words


def test_the_sample_is_a_funnel(tmp_path: Path) -> None:
    asked = rows_of((SAMPLES / "invited.csv").read_bytes())
    ids = [row["person_id"] for row in asked]
    assert ids == sorted(set(ids))
    assert {row["kanal"] for row in asked} == {"Digital Post", "Brev"}
    call = ("--registry", SAMPLES / "registry.csv", "--invited", SAMPLES / "invited.csv")
    done = sortition("funnel", *call, "--by", "digital_post", "--out", "out", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    found = json.loads((tmp_path / "out/funnel.json").read_text("utf-8"))
    letters = sum(row["kanal"] == "Brev" for row in asked)
    groups = {g["value"]: g["counts"][1] for g in found["features"][0]["groups"]}
    assert groups == {"Ja": len(asked) - letters, "Nej": letters}


def test_call_lists_and_attendance_count_those_who_confirmed_and_came(folder: Path) -> None:
    write(folder / "pool.csv", people(f_young=20, f_old=20), ids="pool_id")
    ids = [f"p{number:04}" for number in range(1, 31)]
    rows = [f"{id},{'confirmed' if n < 20 else 'declined'},1" for n, id in enumerate(ids)]
    (folder / "confirmed.csv").write_text("\n".join(["pool_id,status,attempts", *rows]), "utf-8")
    rows = [
        f"{id},{'yes' if n < 5 else 'no'},{'yes' if n < 8 else 'no'}" for n, id in enumerate(ids)
    ]
    header = "pool_id,session 1,session 2"
    (folder / "attended.csv").write_text("\n".join([header, *rows]), "utf-8")
    found = figures(folder, *stages("pool", "confirmed", "attended"), "--by", "age")
    assert [one["people"] for one in found["stages"]] == [40, 20, 8]


def test_those_who_came_from_elsewhere_make_no_rate_above_one(folder: Path) -> None:
    (folder / "now").mkdir()
    write(folder / "pool.csv", people(f_young=40, f_old=40), ids="pool_id")
    write(folder / "panel.csv", people(f_young=20), ids="pool_id")
    write(folder / "now/panel.csv", people(f_young=25, f_old=6), ids="pool_id", first=16)
    call = ("--pool", "pool.csv", "--selected", "panel.csv", "--confirmed", "now/panel.csv")
    found = figures(folder, *call, "--by", "age")
    # 5 of the 20 stayed, and 26 came from elsewhere
    assert found["stages"][2]["rate"] == pytest.approx(5 / 20)
    assert [g["rates"][2] for g in found["features"][0]["groups"]] == [None, None]
    assert any("Came from elsewhere: 26" in line for line in found["assumed"])
    assert any("panel.csv (--confirmed)" in line for line in found["assumed"])


def test_those_who_were_tried_at_doors_count_with_the_letters(tmp_path: Path) -> None:
    """Two waves and a list in the order of the draw that was not gone down to its end."""
    registry = people(f_young=40, f_old=40, m_young=40, m_old=40)
    write(tmp_path / "registry.csv", registry, ids="person_id")
    common = ("invite", "registry.csv", "--by", "sex", "--quiet")
    first = (*common, "--size", "40", "--seed", "1", "--out", "wave1")
    second = (*common, "--size", "20", "--seed", "2", "--only", "age=young", "--doors")
    again = ("--not-again", "wave1/invited.csv", "--series", "D", "--out", "doors")
    for command in (first, (*second, *again)):
        done = sortition(*command, cwd=tmp_path)
        assert (done.code, done.stderr) == (0, "")
    book = load_workbook(tmp_path / "doors" / "doors.xlsx")
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert (header[0], header[-1]) == ("code", "tried")
    order = [(str(row[header.index("sex")]), row[header.index("invited_ticket")]) for row in rows]
    assert order == sorted(order)
    assert {str(row[0])[0] for row in rows} == {"D"}
    for number in (2, 3, 12):
        book.worksheets[0].cell(number, len(header)).value = "not at home"
    book.save(tmp_path / "tried.xlsx")
    lists = ("--invited", "wave1/invited.csv", "--invited", "tried.xlsx")
    told = figures(
        tmp_path, "--registry", "registry.csv", *lists, *lists[:2], *BY, "--smallest", "1"
    )
    assert [stage["people"] for stage in told["stages"]] == [160, 43]


def test_one_frame_of_several_has_chances_of_its_own(folder: Path) -> None:
    """Four people whom a shelter named are drawn with the others and told apart."""
    pool = people(f_young=6, f_old=12, m_young=5, m_old=10)
    write(folder / "both.csv", [*pool, *people(m_young=4)], ids="pool_id")
    write(folder / "named.csv", people(m_young=8))
    write(folder / "frame-2.csv", people(m_young=4), ids="pool_id", first=34)
    call = ("select", "both.csv", "quotas.csv", "--size", "8", "--seed", "1", "--out", "s")
    assert sortition(*call, cwd=folder).code == 0
    drawn = ("--selected", "s/panel.csv", "--report", "s/report.json", "--one-frame")
    own = ("--registry", "named.csv", "--invited", "named.csv", "--pool", "frame-2.csv")
    named = figures(folder, *own, *drawn, "--by", "age", "--smallest", "1")
    register = figures(folder, *stages("registry", "invited", "pool"), *drawn, *BY, "--overwrite")
    chances = {
        person["id"]: person["probability"]
        for person in json.loads((folder / "s/report.json").read_text("utf-8"))["people"]
    }
    seats = sum(chances[f"p{number:04}"] for number in range(34, 38))
    assert named["chances"]["everybody"]["total"] == pytest.approx(seats / 8)
    assert register["chances"]["equal"] == pytest.approx((8 - seats) / 200)
    people_drawn = [one["stages"][-1]["people"] for one in (named, register)]
    assert sum(people_drawn) == 8
    assert any(f"gives this list {seats:.2f} of 8 seats" in line for line in named["assumed"])
    faults = faults_said(sortition("funnel", *own, "--one-frame", "--by", "age", cwd=folder))
    assert any("Who was asked by another list cannot be told" in fault for fault in faults)
