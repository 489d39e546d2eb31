from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from sortition.audit.verify import examine
from tests.cli.panels import copied, dropping, ids_in, make_panel, members, write_ids
from tests.cli.running import contents, faults_said, sortition
from tests.publication.published import draw, publish

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
    everybody = dropping(panel, *members(panel, after=2)[1:], options=("--from", "alternates"))
    assert "No people of the reserve can fill the open places (5)" in faults_said(everybody)[0]
    passed = dropping(panel, *members(panel, after=2)[1:])
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


def test_after_a_draw_by_hand_a_new_number_is_needed(tmp_path: Path) -> None:
    lottery = publish(tmp_path, "--source", "drawn")
    assert draw(lottery, "--drawn", "123").code == 0
    first = members(lottery)[0]
    done = dropping(lottery, first)
    assert "The first ticket was drawn by hand" in faults_said(done)[0]
    assert dropping(lottery, first, options=("--drawn", "042")).code == 0
    public = json.loads((lottery / "public/replacement-1/replacement.json").read_bytes())
    assert public["draw"]["ticket"] == 42
    assert first not in json.dumps(public)
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
