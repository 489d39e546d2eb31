"""What need not be kept is destroyed, and what stays can be checked."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from sortition.audit.canonical import canonical_json
from sortition.audit.log.events import log_with
from sortition.audit.unfinished import WORKSHOP
from sortition.audit.verify import examine
from tests.audit.test_organiser import codes, logged_again
from tests.cli.panels import copied, dropping, ids_in, make_panel, members
from tests.cli.running import contents, sortition
from tests.steps.publish.published import draw, publish

KEEP = ("panel", "proof", "public")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published lottery that was drawn, with a round, a reserve, a call list and archives."""
    lottery = publish(tmp_path_factory.mktemp("drawn"))
    home = lottery.parent
    assert draw(lottery, "--drawn", "007").code == 0
    first = dropping(lottery, ids_in(lottery / "panel.csv")[0], options=("--promise", "drawn"))
    assert first.code == 0, first.stderr
    for command in (
        ("replace", lottery, "--drawn", "123"),
        ("alternates", lottery, "--count", "1", "--seed", "1"),
        ("confirm", lottery),
        ("confirm", lottery, "--read", lottery / "calls.xlsx"),
        ("pack", lottery),
    ):
        done = sortition(*command, cwd=home)
        assert done.code == 0, (command, done.stderr)
    return lottery


@pytest.fixture
def lottery(drawn: Path, tmp_path: Path) -> Path:
    return copied(drawn, tmp_path)


def purge(folder: Path, keep: str, *options: str) -> str:
    done = sortition("purge", folder, "--keep", keep, *options, cwd=folder.parent)
    assert (done.code, done.stderr) == (0, "")
    return done.stdout


def test_nothing_is_destroyed_before_somebody_is_sure(lottery: Path) -> None:
    before = contents(lottery)
    said = purge(lottery, "public")
    assert "Nothing was destroyed. Add --yes" in said
    assert contents(lottery) == before


@pytest.mark.parametrize("keep", KEEP)
def test_what_stays_can_be_checked(lottery: Path, keep: str) -> None:
    (lottery / "notes.txt").write_text("mine")
    before = set(contents(lottery))
    said = purge(lottery, keep, "--yes")
    gone = before - set(contents(lottery))
    assert "Left alone  notes.txt" in said
    assert {"roster.json", "not_selected.csv"} <= gone
    assert ("panel.csv" in gone) == ("calls-1.json" in gone) == (keep != "panel")
    assert ("replacement-1/panel.csv" in gone) == (keep != "panel")
    assert ("sealed/key.txt" in gone) == ("sealed.zip" in gone) == (keep == "public")
    assert not any(name.startswith("public") for name in gone)
    verification = examine(lottery)
    assert verification.holds
    assert "check-purged" in {check.name for check in verification.checks}
    assert sortition("verify", lottery, cwd=lottery.parent).stdout.count("were destroyed") == 1
    assert examine(lottery / "public").holds


def test_no_word_of_anybody_is_left_where_only_the_public_part_is_kept(lottery: Path) -> None:
    words = [row["id"] for row in json.loads((lottery / "sealed/pool.json").read_bytes())["people"]]
    purge(lottery, "public", "--yes")
    left = contents(lottery)
    assert all(name.startswith("public") for name in left)
    text = b" ".join(left.values())
    assert not [word for word in words if word.encode() in text and not word.isdigit()]


def test_step_by_step_and_twice(lottery: Path) -> None:
    for keep in (*KEEP, "public"):
        purge(lottery, keep, "--yes")
        assert examine(lottery).holds
    assert "Nothing is left to destroy" in purge(lottery, "public", "--yes")
    log = (lottery / "public/events.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in log].count("purged") == 3


def test_a_purge_that_was_broken_off_is_found_and_finished(lottery: Path) -> None:
    roster = (lottery / "roster.json").read_bytes()
    purge(lottery, "panel", "--yes")
    (lottery / "roster.json").write_bytes(roster)
    assert "verify-purged-there" in codes(lottery)
    purge(lottery, "panel", "--yes")
    assert examine(lottery).holds


def test_what_cannot_be_written_over_is_out_of_the_folder_and_goes_later(lottery: Path) -> None:
    command = ("purge", lottery, "--keep", "proof", "--yes")
    with patch("sortition.folders.workshop.destroy", side_effect=OSError("held open")):
        done = sortition(*command, cwd=lottery.parent)
    assert (done.code, "could not be written over yet" in done.stderr) == (2, True)
    assert not (lottery / "roster.json").exists()
    finished = sortition("verify", lottery, cwd=lottery.parent)
    assert (finished.code, "all of it is there" in finished.stderr) == (0, True)
    assert not (lottery / WORKSHOP).exists()


def test_what_is_held_open_keeps_all_of_it(lottery: Path) -> None:
    before = contents(lottery)
    move = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(source).name == "roster.json":
            raise PermissionError
        move(source, target)

    with patch.object(Path, "replace", replace), patch("sortition.folders.placing.PATIENCE", 0):
        done = sortition("purge", lottery, "--keep", "proof", "--yes", cwd=lottery.parent)
    assert (done.code, "roster.json" in done.stderr) == (2, True)
    assert contents(lottery) == before


def test_what_the_rest_stands_on_cannot_be_called_destroyed(lottery: Path) -> None:
    purge(lottery, "panel", "--yes")
    log = lottery / "public/events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    event = json.loads(lines[-1])
    event["facts"]["destroyed"].append("sealed/pool.json")
    (lottery / "sealed/pool.json").unlink()
    log.write_bytes(b"".join([*lines[:-1], json.dumps(event).encode(), b"\n"]))
    log.write_bytes(_chained(log.read_bytes()))
    assert "verify-purged-needed" in codes(lottery)


def _chained(log: bytes) -> bytes:
    anew = b""
    for line in log.splitlines():
        event = json.loads(line)
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        anew = log_with(anew, event["event"], event["facts"], at=at)
    return anew


@pytest.mark.parametrize("keep", ["panel", "proof"])
def test_a_selection(tmp_path: Path, keep: str) -> None:
    panel = make_panel(tmp_path)
    assert dropping(panel, members(panel)[0]).code == 0
    purge(panel, keep, "--yes")
    assert examine(panel).holds
    assert (panel / "panel.csv").exists() == (keep == "panel")
    assert not (panel / "not_selected.csv").exists() and not (panel / "roster.json").exists()
    said = dropping(panel, members(panel, after=1)[0]) if keep == "panel" else None
    assert said is None or "were destroyed here" in said.stderr
    status = sortition("status", panel, cwd=tmp_path)
    assert (status.code == 0) == (keep == "panel")


def test_a_selection_has_no_part_that_is_public_alone(tmp_path: Path) -> None:
    panel = make_panel(tmp_path)
    done = sortition("purge", panel, "--keep", "public", "--yes", cwd=tmp_path)
    assert "has no part that is public alone" in done.stderr


def test_a_folder_that_does_not_hold_is_left_alone(lottery: Path) -> None:
    (lottery / "panel.csv").write_bytes(b"id\n")
    logged_again(lottery)
    before = contents(lottery)
    done = sortition("purge", lottery, "--keep", "public", "--yes", cwd=lottery.parent)
    assert done.code == 2
    assert contents(lottery) == before


def erase(lottery: Path, id: str) -> str:
    done = sortition("purge", lottery, "--person", id, "--yes", cwd=lottery.parent)
    assert done.code == 0, done.stderr
    return done.stdout


def test_one_person_is_erased_and_the_proofs_stay(lottery: Path) -> None:
    people = json.loads((lottery / "sealed/pool.json").read_bytes())["people"]
    drawn = {
        row["id"] for row in people if row["token"] in (lottery / "public/events.jsonl").read_text()
    }
    listed = {*ids_in(lottery / "panel.csv"), *drawn}
    hers = next(row for row in people if row["id"].isdigit() and row["id"] not in listed)
    made = ("receipt", hers["id"], "--from", lottery, "--out", "hers.json")
    assert sortition(*made, cwd=lottery.parent).code == 0
    announced = sortition("verify", lottery, cwd=lottery.parent).stdout
    said = erase(lottery, hers["id"])
    assert said == "Erased from sealed/pool.json, roster.json, not_selected.csv\n"
    after = sortition("verify", lottery, cwd=lottery.parent)
    assert after.code == 0
    assert "People who were erased: 1." in after.stdout.partition("ok  ")[0]
    for digest in [line for line in announced.splitlines() if line.startswith("SHA-256 of")]:
        assert digest in after.stdout
    left = b"".join(contents(lottery).values())
    assert hers["key"].encode() not in left
    assert hers["own"].encode() not in left
    assert not (lottery / "sealed.zip").exists()
    # she herself can still show that she was there
    shown = sortition("verify", lottery, "--receipt", "hers.json", cwd=lottery.parent)
    assert shown.code == 0
    again = sortition("purge", lottery, "--person", hers["id"], "--yes", cwd=lottery.parent)
    assert again.code == 2
    resolved = sortition("verify", lottery, "--resolve", cwd=lottery.parent)
    assert resolved.code == 0, resolved.stdout
    # and nobody draws her in a later round
    gone = members(lottery, after=1)[0]
    assert dropping(lottery, gone, options=("--promise", "drawn", "--from", "pool")).code == 0
    place = lottery / "public/replacement-2/announcement.json"
    assert hers["token"] in json.loads(place.read_bytes())["unavailable"]
    assert examine(lottery).holds


def test_whoever_was_drawn_is_not_erased_from_lists_that_stand(lottery: Path) -> None:
    id = ids_in(lottery / "panel.csv")[0].removeprefix("'")
    before = contents(lottery)
    done = sortition("purge", lottery, f"--person={id}", "--yes", cwd=lottery.parent)
    assert "was drawn, or is in reserve" in done.stderr
    assert contents(lottery) == before


def test_an_erased_row_cannot_be_another(lottery: Path) -> None:
    pool = json.loads((lottery / "sealed/pool.json").read_bytes())
    pool["people"][0] = {"leaf": "0" * 64, "token": pool["people"][0]["token"]}
    (lottery / "sealed/pool.json").write_bytes(canonical_json(pool))
    logged_again(lottery)
    assert "verify-root" in codes(lottery)


def test_nobody_is_erased_unsaid(lottery: Path) -> None:
    """An organiser who hides rows from the auditor, and has the log tell of something else."""
    log = (lottery / "public/events.jsonl").read_text(encoding="utf-8")
    drawn = (lottery / "public/draw.json").read_text(encoding="utf-8")
    people = json.loads((lottery / "sealed/pool.json").read_bytes())["people"]
    hers = next(row["id"] for row in people if row["token"] not in log + drawn)
    with patch("sortition.steps.purge.erasing.ERASED", "noted"):
        erase(lottery, hers)
    assert codes(lottery) == {"verify-erased"}
