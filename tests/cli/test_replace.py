from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from sortition.audit.verify import examine
from tests.budgets import in_large
from tests.cli.panels import (
    OPTIONS,
    POOL,
    QUOTAS,
    copied,
    declining,
    dropping,
    ids_in,
    make_panel,
    members,
    write_ids,
)
from tests.cli.running import (
    a_third_of_the_samples,
    contents,
    faults_said,
    sortition,
    write_inputs,
)
from tests.steps.publish.published import draw, publish

OFFICE = {
    "certificate.json",
    "lottery.json",
    "panel.csv",
    "panel.xlsx",
    "replacement.html",
    "replacement.json",
    "replacements.csv",
    "replacements.xlsx",
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("drawn"))


@pytest.fixture
def panel(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def counts(path: Path) -> Counter[str]:
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return Counter(row[name] for row in rows for name in ("gender", "age"))


def others(panel: Path) -> list[str]:
    return [f"{n:03}" for n in range(1, 21) if f"{n:03}" not in members(panel)]


def test_rounds_keep_the_quotas_and_those_who_stay(panel: Path) -> None:
    before = contents(panel)
    done = dropping(panel, *members(panel)[:2])
    assert (done.code, done.stderr) == (0, "")
    assert "Round 1: 2 people left, 2 came." in done.stdout
    assert "all 4 are met" in done.stdout
    assert {path.name for path in (panel / "replacement-1").iterdir()} == OFFICE
    now = members(panel, after=1)
    assert set(members(panel)[2:]) < set(now)
    assert counts(panel / "replacement-1" / "panel.csv") == {
        "f": 3,
        "m": 3,
        "young": 3,
        "old": 3,
    }
    assert ids_in(panel / "replacement-1" / "replacements.csv") == sorted(
        set(now) - set(members(panel))
    )
    second = dropping(panel, now[0], options=("--seed", "another"))
    assert second.code == 0
    assert "Seed      another" in second.stdout
    gone = {*members(panel)[:2], now[0]}
    assert not gone & set(members(panel, after=2))
    # nothing that was written before was changed
    assert {name: contents(panel)[name] for name in before} == before
    events = [json.loads(line) for line in (panel / "events.jsonl").read_bytes().splitlines()]
    assert [event["event"] for event in events] == ["selected", "replaced", "replaced"]
    assert events[1]["facts"]["gone"] == members(panel)[:2]
    verified = sortition("verify", panel, cwd=panel.parent)
    assert verified.code == 0
    assert "No lottery over those who could come is fairer." in verified.stdout


def test_the_same_round_gives_the_same_files(drawn: Path, tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        panel = copied(drawn, tmp_path / name)
        gone = members(panel)[:2] if name == "one" else members(panel)[1::-1]
        assert dropping(panel, *gone).code == 0
        files.append(contents(panel / "replacement-1"))
    assert files[0] == files[1]


def test_all_faults_at_once_and_nothing_is_written(panel: Path) -> None:
    first, second, *_ = members(panel)
    assert dropping(panel, first).code == 0
    before = contents(panel)
    stranger = others(panel)[0]
    while stranger in members(panel, after=1):
        stranger = others(panel)[1]
    done = dropping(panel, first, "999", second, second, stranger, options=("--drawn", "7"))
    said = faults_said(done)
    assert len(said) == 5
    assert "“7” is not the number of a ticket" in said[0]
    assert f"row 2: “{first}” left in an earlier round already" in said[1]
    assert "row 3: Nobody in the pool has the id “999”" in said[2]
    assert f"row 5: “{second}” is listed before, in row 4" in said[3]
    assert f"row 6: “{stranger}” is in the pool, but not on the panel" in said[4]
    assert contents(panel) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,town\nBo,Skovby\n", "Give the ids in a column of their own"),
        ("id,note\n,gone\n", "has no id"),
        ("", "There is nothing in it"),
    ],
)
def test_lists_that_cannot_be_read(panel: Path, content: str, words: str) -> None:
    path = panel.parent / "gone.csv"
    path.write_text(content, encoding="utf-8")
    done = sortition("replace", panel, "--dropouts", path, cwd=panel.parent)
    assert any(words in line for line in faults_said(done))


@pytest.mark.parametrize("form", ["{0}\n", "{0}\n{1}\n", "note,id\nill,{0}\nmoved,{1}\n"])
def test_lists_in_other_forms(panel: Path, form: str) -> None:
    path = panel.parent / "gone.csv"
    path.write_text(form.format(*members(panel)), encoding="utf-8")
    done = sortition("replace", panel, "--dropouts", path, cwd=panel.parent)
    assert done.code == 0, done.stderr
    assert f"{form.count('{')} p" in done.stdout


def test_who_cannot_come_is_not_drawn(panel: Path) -> None:
    first = members(panel)[0]
    absent = write_ids(panel.parent / "absent.csv", *others(panel)[1:])
    done = dropping(panel, first, options=("--unavailable", absent))
    assert done.code == 0
    assert ids_in(panel / "replacement-1" / "replacements.csv") == [others(panel)[0]]
    seated = write_ids(panel.parent / "seated.csv", members(panel)[1])
    again = dropping(panel, members(panel)[2], options=("--unavailable", seated))
    assert "is on the panel now" in faults_said(again)[0]


def test_the_nearest_possible_says_what_is_lost(panel: Path) -> None:
    """All other women cannot come, so that a man takes the place of one."""
    women = [id for id in others(panel) if id <= "010"]
    first = next(id for id in members(panel) if id <= "010")
    absent = write_ids(panel.parent / "absent.csv", *women)
    done = dropping(panel, first, options=("--unavailable", absent))
    assert done.code == 0
    assert "2 of 4 are met by the panel now; lost:" in done.stdout
    assert "gender, f: 2, 1 fewer than 3" in done.stdout
    assert "gender, m: 4, 1 more than 3" in done.stdout
    assert "no replacement keeps the quota gender, f: 1 to 1" in done.stdout
    page = (panel / "replacement-1" / "replacement.html").read_text(encoding="utf-8")
    assert "gender, f: 1 fewer than the 3 that the quota asks for" in page
    assert examine(panel).holds


def test_places_stay_open_when_nobody_is_left(panel: Path) -> None:
    absent = write_ids(panel.parent / "absent.csv", *others(panel))
    done = dropping(panel, members(panel)[0], options=("--unavailable", absent))
    assert done.code == 0
    assert "0 came" in done.stdout
    assert "Places that stay open because nobody else could be drawn: 1." in done.stdout
    assert examine(panel).holds
    status = sortition("status", panel, cwd=panel.parent)
    assert "5 of 6 places are filled" in status.stdout


def test_alternates_come_first_and_the_pool_on_demand(panel: Path) -> None:
    done = sortition("alternates", panel, "--count", "4", cwd=panel.parent)
    assert done.code == 0, done.stderr
    reserve = json.loads((panel / "events.jsonl").read_bytes().splitlines()[-1])["facts"][
        "alternates"
    ]
    gone = members(panel)[0]
    number = dropping(panel, gone, options=("--seed", "2"))
    assert "no number is drawn" in faults_said(number)[0]
    first = dropping(panel, gone)
    assert "From      the alternates (3 alternates are left)" in first.stdout
    came = ids_in(panel / "replacement-1" / "replacements.csv")
    assert set(came) <= set(reserve)
    second = dropping(panel, members(panel, after=1)[0], options=("--from", "pool"))
    assert "From      the pool" in second.stdout
    assert examine(panel).holds
    everybody = declining(panel, *members(panel, after=2)[1:], options=("--from", "alternates"))
    assert "No people of the reserve can fill the open places (5)" in faults_said(everybody)[0]
    passed = declining(panel, *members(panel, after=2)[1:])
    assert "so they were drawn from the pool" in passed.stdout
    assert examine(panel).holds


def test_a_second_panel_is_drawn_from(panel: Path) -> None:
    done = sortition("alternates", panel, "--second-panel", cwd=panel.parent)
    assert done.code == 0, done.stderr
    second = set(ids_in(panel / "alternates.csv"))
    done = dropping(panel, *members(panel)[:2])
    assert "From      the second panel" in done.stdout
    assert set(ids_in(panel / "replacement-1" / "replacements.csv")) <= second
    assert examine(panel).holds


def test_without_alternates_none_can_be_called(panel: Path) -> None:
    done = dropping(panel, members(panel)[0], options=("--from", "alternates"))
    assert "There are no alternates who are left." in faults_said(done)[0]


def test_after_a_published_lottery_the_list_is_announced_first(tmp_path: Path) -> None:
    lottery = publish(tmp_path, "--source", "drawn")
    assert draw(lottery, "--drawn", "123").code == 0
    first = members(lottery)[0]
    done = dropping(lottery, first)
    assert "the list is announced first" in faults_said(done)[0]
    assert dropping(lottery, first, options=("--promise", "drawn")).code == 0
    assert examine(lottery).holds
    done = sortition("replace", lottery, "--drawn", "042", cwd=tmp_path)
    assert done.code == 0, done.stderr
    public = json.loads((lottery / "public/replacement-1/replacement.json").read_bytes())
    assert public["draw"]["ticket"] == 42
    assert f'"{first}"' not in json.dumps(public)  # the digits alone stand in many a digest
    assert examine(lottery).holds


def test_no_former_round_is_overwritten(panel: Path) -> None:
    """A file in the way is a fault, and nothing else is written."""
    (panel / "replacement-1").mkdir()
    (panel / "replacement-1" / "notes.txt").write_text("mine", encoding="utf-8")
    assert dropping(panel, members(panel)[0]).code == 0
    assert (panel / "replacement-1" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_does_not_hold(panel: Path) -> None:
    path = panel / "panel.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Bo", "Ib"), encoding="utf-8")
    done = dropping(panel, members(panel)[0])
    assert "SHA-256" in faults_said(done)[0]


def test_no_name_reaches_log_page_or_record(panel: Path) -> None:
    assert dropping(panel, members(panel)[0], options=("--language", "da")).code == 0
    for name in ("events.jsonl", "replacement-1/replacement.html", "replacement-1/lottery.json"):
        text = (panel / name).read_text(encoding="utf-8")
        assert "Bo " not in text
        assert "Ane" not in text
    assert '<html lang="da">' in (panel / "replacement-1/replacement.html").read_text("utf-8")


def replaced_by(panel: Path, *lines: str) -> tuple[int, list[str]]:
    """The code and the faults of a round whose dropouts are a table of these lines."""
    (panel.parent / "own.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = sortition("replace", panel, "--dropouts", "own.csv", cwd=panel.parent)
    return done.code, faults_said(done) if done.code else []


@pytest.mark.parametrize("header", ["status", "Svar", "answer", "OPKALDSSTATUS", "call status"])
def test_only_those_who_declined_leave(panel: Path, header: str) -> None:
    one, two, *others = members(panel)
    rows = [f"{one};bekræftet", f"{two};afslået", *(f"{id};" for id in others)]
    assert replaced_by(panel, f"id;{header}", *rows) == (0, [])
    event = json.loads((panel / "events.jsonl").read_bytes().splitlines()[-1])
    assert event["facts"]["gone"] == [two]


def test_states_of_another_program_are_read(panel: Path) -> None:
    one, two, *others = members(panel)
    rows = [f"{one},CONFIRMED", f"{two},WITHDRAWN", *(f"{id},SELECTED" for id in others)]
    assert replaced_by(panel, "id,selection_status", *rows) == (0, [])
    event = json.loads((panel / "events.jsonl").read_bytes().splitlines()[-1])
    assert event["facts"]["gone"] == [two]


@pytest.mark.parametrize(
    ("header", "cell", "words"),
    [
        ("reply", "confirmed", "This column holds statuses of a call list, but is not called so"),
        ("reply", "Afslået", "This column holds statuses of a call list, but is not called so"),
        ("svarfrist", "2026-12-01", "but none of statuses, so it cannot be told who declined"),
        ("call note", "", "but none of statuses, so it cannot be told who declined"),
        ("status", "syg", "“syg” is no status"),
        ("status,svar", "declined,declined", "Several columns may hold the statuses"),
    ],
)
def test_a_list_of_answers_is_not_one_of_dropouts(
    panel: Path, header: str, cell: str, words: str
) -> None:
    before = contents(panel)
    code, said = replaced_by(panel, f"id,{header}", f"{members(panel)[0]},{cell}")
    assert code == 2
    assert words in said[0]
    assert contents(panel) == before


def test_a_list_of_most_of_the_panel_must_say_who_declined(panel: Path) -> None:
    before = contents(panel)
    done = dropping(panel, *members(panel)[:4])
    assert "This list names 4 of the 6 people on the panel, more than half" in faults_said(done)[0]
    assert contents(panel) == before
    assert dropping(panel, *members(panel)[:3]).code == 0
    assert declining(panel, *members(panel, after=1)[:4]).code == 0


def test_faults_of_statuses_and_ids_come_at_once(panel: Path) -> None:
    one, two, *_ = members(panel)
    rows = (f"{one},perhaps", f"{two},declined", f"{two},declined", "999,confirmed", ",declined")
    _, said = replaced_by(panel, "id,status", *rows)
    assert len(said) == 4
    assert "“perhaps” is no status" in said[0]
    assert "row 4" in said[1]
    assert "Nobody in the pool has the id “999”" in said[2]
    assert "row 6" in said[3]


@pytest.mark.parametrize(
    "objective",
    [
        "goldilocks",
        *(pytest.param(each, marks=in_large) for each in ("maximin", "nash", "minimax")),
    ],
)
def test_every_objective_draws_again(tmp_path: Path, objective: str) -> None:
    inputs = a_third_of_the_samples(tmp_path)
    drawn = sortition(
        *("select", *inputs, "--size", "12", "--seed", "1"),
        *("--household", "adresse,postnummer", "--tickets", "1000", "--objective", objective),
        *("--gamma", "2.5", "--out", "run") if objective == "goldilocks" else ("--out", "run"),
        cwd=tmp_path,
    )
    assert drawn.code == 0, drawn.stderr
    lines = (tmp_path / "run" / "panel.csv").read_text(encoding="utf-8-sig").splitlines()
    gone = [line[:4] for line in lines[1:4]]
    (tmp_path / "gone.csv").write_text("\n".join(["deltager_id", *gone]), encoding="utf-8")
    done = sortition("replace", "run", "--dropouts", "gone.csv", cwd=tmp_path)
    assert done.code == 0, done.stderr
    page = (tmp_path / "run/replacement-1/replacement.html").read_text(encoding="utf-8")
    assert ("gamma 2.5" in page) == (objective == "goldilocks")
    assert examine(tmp_path / "run").holds


def test_after_a_draw_toward_the_population_leximin_is_said(tmp_path: Path) -> None:
    write_inputs(tmp_path, POOL, QUOTAS)
    (tmp_path / "rates.csv").write_text("gender,rate\nf,0.02\nm,0.01\n", encoding="utf-8")
    options = (*OPTIONS, "--toward", "population", "--rates", "rates.csv", "--out", "run")
    drawn = sortition("select", "pool.csv", "quotas.csv", *options, cwd=tmp_path)
    assert drawn.code == 0, drawn.stderr
    panel = tmp_path / "run"
    done = dropping(panel, members(panel)[0])
    words = "by response rates that are not in this folder. This one is leximin instead"
    assert words in " ".join(done.stdout.split())
    assert words in (panel / "replacement-1/replacement.html").read_text(encoding="utf-8")
    assert examine(panel).holds


def test_an_id_that_lost_its_zeros_is_found_and_said(tmp_path: Path) -> None:
    pool = "id,age\n" + "".join(f"0{number},{'ab'[number % 2]}\n" for number in range(1, 9))
    write_inputs(tmp_path, pool, "feature,value,min,max\nage,a,2,2\nage,b,2,2\n")
    options = ("--size", "4", "--seed", "1", "--out", "out", "--quiet")
    assert sortition("select", "pool.csv", "quotas.csv", *options, cwd=tmp_path).code == 0
    gone = (tmp_path / "out" / "panel.csv").read_text().splitlines()[1].split(",")[0]
    (tmp_path / "gone.csv").write_text(
        f"Withdrawals June,,\n,,\nName,ID,note\nX,{gone.lstrip('0')},ill\n,,\nNote: call them,,\n"
    )
    done = sortition("replace", "out", "--dropouts", "gone.csv", "--seed", "7", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert f"“{gone.lstrip('0')}” was taken for the id “{gone}”" in " ".join(done.stdout.split())


def test_who_was_left_out_for_a_household_is_told(tmp_path: Path) -> None:
    pool = POOL.replace("003,Bo 3,f,young,", "003,Bo 3,f,young,B")
    pool = pool.replace("005,Bo 5,f,young,", "005,Bo 5,f,young,B")
    write_inputs(tmp_path, pool, QUOTAS)
    write_ids(tmp_path / "sits.csv", "003", "004")
    select = ("select", "pool.csv", "quotas.csv", *OPTIONS, "--seated", "sits.csv", "--out", "run")
    assert sortition(*select, cwd=tmp_path).code == 0
    gone = next(id for id in members(tmp_path / "run") if id not in {"003", "004"})
    done = dropping(tmp_path / "run", gone)
    assert "somebody of the household sits: 005" in done.stdout
    page = (tmp_path / "run" / "replacement-1" / "replacement.html").read_text(encoding="utf-8")
    assert "somebody of the household sits: 005" in page


def test_where_nobody_fits_those_left_out_by_a_list_are_told(panel: Path) -> None:
    leaves = members(panel)[0]
    women = [id for id in others(panel) if int(id) <= 10]
    write_ids(panel.parent / "away.csv", *women)
    done = dropping(panel, leaves, options=("--unavailable", panel.parent / "away.csv"))
    assert done.code == 0
    assert "left out by --unavailable, and might have: " + ", ".join(women) in done.stdout
