"""A drawn panel is found again, whichever command drew it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sortition.audit.canonical import digest
from sortition.audit.log.events import read_log
from sortition.errors import InputErrors
from sortition.folders.change import changing
from sortition.model import COMBINATION
from sortition.steps.members.drawn_folder import DrawnFolder, logged
from sortition.steps.members.drawn_reading import read_drawn_folder
from sortition.tables.written.results import write_files, write_into
from tests.audit.forging import QUOTAS as PLAIN
from tests.cli.running import sortition, write_inputs
from tests.steps.publish.published import BY_NUMBERS, NAMED, SEED

# Two couples and three who share a house. On no panel can be 012, who is from the moon, and 006,
# who would need two old women, of whom all but one live with him.
POOL = """\
id,gender,age,from,street,mail
001,f,young,here,A,one@example.org
002,m,old,here,A,
003,f,young,here,B,
004,m,old,here,B,
005,f,old,here,C,
006,m,young,here,C,
007,f,old,here,C,
Ærø-8,m,old,here,,
=9,f,young,here,,
-10,m,young,here,,
011,f,old,here,,
012,m,old,moon,,
013,m,old,here,,
"""
QUOTAS = f"{PLAIN}combination,gender=f & age=young,0,1\n"
OPTIONS = ("--size", "4", "--household", "street", "--tickets", "1000", "--language", "da")


@pytest.fixture(scope="module")
def selected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("selected")
    inputs = write_inputs(home, POOL, QUOTAS)
    done = sortition("select", *inputs, *OPTIONS, "--seed", "1", "--out", "run", cwd=home)
    assert done.code == 0, done.stderr
    return home / "run"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("drawn")
    inputs = write_inputs(home, POOL, QUOTAS)
    done = sortition("lottery", *inputs, *OPTIONS, *NAMED, *BY_NUMBERS, "--out", "run", cwd=home)
    assert done.code == 0, done.stderr
    done = sortition("draw", "run", "--seed", SEED, cwd=home)
    assert done.code == 0, done.stderr
    return home / "run"


def test_few_tickets_are_no_reason_to_refuse_what_comes_later(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    few = (*OPTIONS[:4], "--tickets", "100")
    done = sortition("select", *inputs, *few, "--seed", "1", "--out", "run", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert len(read_drawn_folder(tmp_path / "run").panel) == 4
    assert sortition("alternates", "run", "--count", "2", cwd=tmp_path).code == 0
    assert "Wrong: 0. Could not be checked: 1." in sortition("verify", "run", cwd=tmp_path).stdout


def listed(path: Path) -> dict[str, list[str]]:
    _, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    # cells that look like formulas are written after an apostrophe
    return {row[0].removeprefix("'"): row for row in rows}


def check(folder: DrawnFolder, directory: Path) -> None:
    panel, others = listed(directory / "panel.csv"), listed(directory / "not_selected.csv")
    assert folder.panel == tuple(sorted(panel))
    assert {member.id for member in folder.instance.pool.members} == {*panel, *others}
    people = {
        member.id: dict(zip(folder.instance.pool.features, member.values, strict=True))
        for member in folder.instance.pool.members
    }
    for id, row in {**panel, **others}.items():
        assert [people[id][name] for name in ("gender", "age", "from")] == row[1:4]
    homes = {member.id: member.household for member in folder.instance.pool.members}
    assert homes["001"] == homes["002"] != homes["003"] == homes["004"] is not None
    assert homes["005"] == homes["007"] is not None
    assert homes["013"] is None
    assert folder.excluded == ("006", "012")
    assert folder.instance.panel_size == 4
    (both,) = (q for q in folder.instance.quotas.rows if q.feature == COMBINATION)
    young_women = [id for id in people if both.counts(people[id])]
    assert sorted(young_women) == ["001", "003", "=9"]
    assert folder.language == "da"
    rows = dict(zip(folder.roster.ids, folder.roster.table.rows, strict=True))
    assert rows["=9"][0] == "=9"
    assert rows["001"][5] == "one@example.org"
    assert "one@example.org" not in repr(folder)


def test_what_select_wrote(selected: Path) -> None:
    folder = read_drawn_folder(selected)
    check(folder, selected)
    assert folder.seed == "1"
    assert folder.digest == digest((selected / "lottery.json").read_bytes())
    assert folder.ticket == json.loads((selected / "manifest.json").read_bytes())["ticket"]
    assert folder.tokens == {id: id for id in folder.tokens}
    assert folder.events == ()
    assert folder.reserve == ()


def test_what_lottery_and_draw_wrote(drawn: Path) -> None:
    folder = read_drawn_folder(drawn)
    check(folder, drawn)
    assert folder.seed == SEED
    record = json.loads((drawn / "public" / "draw.json").read_bytes())
    assert sorted(folder.tokens[id] for id in folder.panel) == record["panel"]
    assert folder.ticket == record["ticket"]
    assert [event.name for event in folder.events] == ["prepared", "published", "drawn"]


def test_the_first_event_stands_for_the_selection(selected: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(selected, tmp_path / "run")
    folder = read_drawn_folder(copy)
    files = logged(folder, "noted", {"about": "all"}, {"note.txt": b"well"})
    with changing(copy) as change:
        write_into(change, files, overwrite=False, growing={folder.log})
    first, second = read_log((copy / "events.jsonl").read_bytes(), "events.jsonl")
    assert (first.name, second.name) == ("selected", "noted")
    assert first.files["panel.csv"] == digest((copy / "panel.csv").read_bytes())
    assert second.files == {"note.txt": digest(b"well")}
    again = read_drawn_folder(copy)
    assert [event.name for event in again.events] == ["selected", "noted"]
    assert len(logged(again, "noted", {}, {})["events.jsonl"].splitlines()) == 3


def test_later_events_keep_a_published_lottery_whole(drawn: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(drawn, tmp_path / "run")
    folder = read_drawn_folder(copy)
    files = logged(folder, "noted", {}, {"note.txt": b"well"})
    with changing(copy) as change:
        write_into(change, files, overwrite=False, growing={folder.log})
    assert sortition("verify", "run", cwd=tmp_path).code == 0
    (copy / "note.txt").write_bytes(b"ill")
    done = sortition("verify", "run", cwd=tmp_path)
    assert done.code == 1
    assert "note.txt" in done.stdout


def remove(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def alter(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b" ")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (remove("manifest.json"), "folder-not-drawn"),
        (remove("certificate.json"), "verify-missing"),
        (alter("panel.csv"), "verify-digest"),
        (alter("lottery.json"), "verify-digest"),
    ],
)
def test_a_folder_that_does_not_hold_is_refused(
    selected: Path, tmp_path: Path, damage: Callable[[Path], object], code: str
) -> None:
    copy = shutil.copytree(selected, tmp_path / "run")
    damage(copy)
    with pytest.raises(InputErrors) as raised:
        read_drawn_folder(copy)
    assert code in {fault.code for fault in raised.value.faults}


def test_a_log_of_another_run_is_refused(selected: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(selected, tmp_path / "run")
    files = logged(read_drawn_folder(copy), "noted", {}, {})
    write_files(copy, files, overwrite=False)
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    again = (*OPTIONS, "--seed", "2", "--out", "run", "--overwrite")
    assert sortition("select", *inputs, *again, cwd=tmp_path).code == 0
    with pytest.raises(InputErrors) as raised:
        read_drawn_folder(copy)
    assert [fault.code for fault in raised.value.faults] == ["log-of-former-run"]


def test_a_broken_log_is_refused(selected: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(selected, tmp_path / "run")
    (copy / "events.jsonl").write_bytes(b"{}\n")
    with pytest.raises(InputErrors) as raised:
        read_drawn_folder(copy)
    assert [fault.code for fault in raised.value.faults] == ["verify-event-form"]


def test_a_lottery_that_was_not_drawn_is_none(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    assert sortition("lottery", *inputs, *OPTIONS, *NAMED, "--out", "run", cwd=tmp_path).code == 0
    with pytest.raises(InputErrors) as raised:
        read_drawn_folder(tmp_path / "run")
    assert [fault.code for fault in raised.value.faults] == ["folder-not-drawn"]


def test_everybody_can_be_on_the_panel(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, "id,a\n1,x\n2,y\n", "feature,value,min,max\na,x,1,1\na,y,1,1\n")
    options = ("--size", "2", "--seed", "1", "--out", "run")
    assert sortition("select", *inputs, *options, cwd=tmp_path).code == 0
    assert read_drawn_folder(tmp_path / "run").panel == ("1", "2")
