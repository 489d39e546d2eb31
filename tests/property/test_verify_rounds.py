"""Whatever is changed in a round of replacements is found, also with the log written anew."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.verify import examine
from tests.audit.forging import POOL, QUOTAS
from tests.budgets import examples
from tests.cli.running import contents, sortition, write_inputs
from tests.property.test_verify_bundle import Folder, changes, places, put
from tests.steps.publish.published import Files, draw, publish

BYTES_A_FILE = examples(1)
PLACES_A_LOTTERY = examples(5)
PLACES_A_RECORD = examples(15)
SELECT = ("--size", "4", "--household", "street", "--tickets", "1000", "--seed", "1")


def member(panel: Path, number: int) -> str:
    """Somebody on a list of a panel, by her place."""
    return panel.read_text(encoding="utf-8").splitlines()[number].split(",")[0]


def leave(folder: Path, panel: str, number: int, *options: str) -> None:
    (folder / "gone.csv").write_text(f"id\n{member(folder / panel, number)}\n", encoding="utf-8")
    directory = panel.split("/", maxsplit=1)[0]
    done = sortition(
        "replace", directory, "--dropouts", "gone.csv", "--quiet", *options, cwd=folder
    )
    assert (done.code, done.stderr) == (0, "")


def announce(folder: Path, panel: str, number: int) -> None:
    """Fix the list of a round, which is drawn by hand later."""
    leave(folder, panel, number, "--promise", "drawn")


@pytest.fixture(scope="module")
def selected(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Two rounds by lottery, and one by alternates, after a selection."""
    home = tmp_path_factory.mktemp("selected")
    write_inputs(home, POOL, QUOTAS)
    done = sortition("select", "pool.csv", "quotas.csv", *SELECT, "--out", "run", cwd=home)
    assert done.code == 0, done.stderr
    leave(home, "run/panel.csv", 1)
    leave(home, "run/replacement-1/panel.csv", 2, "--seed", "another")
    done = sortition("alternates", "run", "--count", "3", cwd=home)
    assert done.code == 0, done.stderr
    leave(home, "run/replacement-2/panel.csv", 3)
    found = Folder(tmp_path_factory.mktemp("changed"), contents(home / "run"))
    record = json.loads(found.files["replacement-3/replacement.json"])
    assert record["from"] in {"alternates", "pool"}
    assert found.holds_with({})
    return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Two rounds after a published lottery that was drawn by hand, and a third announced."""
    home = tmp_path_factory.mktemp("published")
    lottery = publish(home, "--source", "drawn")
    assert draw(lottery, "--drawn", "123").code == 0
    announce(home, "lottery/panel.csv", 1)
    assert sortition("replace", "lottery", "--drawn", "007", "--quiet", cwd=home).code == 0
    announce(home, "lottery/replacement-1/panel.csv", 2)
    assert sortition("replace", "lottery", "--drawn", "451", "--quiet", cwd=home).code == 0
    announce(home, "lottery/replacement-2/panel.csv", 3)
    found = Folder(tmp_path_factory.mktemp("changed"), contents(lottery))
    assert found.holds_with({})
    return found


@pytest.fixture(params=["selected", "published"])
def folder(request: pytest.FixtureRequest) -> Folder:
    found: Folder = request.getfixturevalue(request.param)
    return found


def of_rounds(folder: Folder) -> Files:
    """The files of rounds, and the log."""
    return {
        name: content
        for name, content in folder.files.items()
        if "replacement-" in name or name.endswith("events.jsonl")
    }


def log_of(folder: Folder) -> str:
    return next(name for name in folder.files if name.endswith("events.jsonl"))


def resealed(folder: Folder, changed: Files) -> Files:
    """A forger's work: the log written anew over what was changed, and its facts adapted."""
    log, sealed_key = b"", folder.files.get("sealed/key.txt")
    key = bytes.fromhex(sealed_key.decode().strip()) if sealed_key else None
    for line in folder.files[log_of(folder)].splitlines():
        event = json.loads(line)
        facts = event["facts"]
        facts["files"] = {
            name: file_digest(name, {**folder.files, **changed}[name], key)
            for name in facts.get("files", {})
        }
        records = [name for name in facts["files"] if name.endswith("replacement.json")]
        if event["event"] == "replaced" and records[0] in changed:
            record = json.loads(changed[records[0]])
            facts.update({name: record[name] for name in facts if name in record})
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        log = log_with(log, event["event"], facts, at=at)
    return {**changed, log_of(folder): log}


def test_any_byte(folder: Folder) -> None:
    accepted, tried = [], 0
    for name, content in of_rounds(folder).items():
        chance = Random(name)
        for _ in range(BYTES_A_FILE):
            place = chance.randrange(len(content))
            other = bytes([content[place] ^ 1 << chance.randrange(8)])
            for changed in (
                content[:place] + other + content[place + 1 :],
                content[:place] + content[place + 1 :],
                content[:place] + other + content[place:],
            ):
                tried += 1
                if changed != content and folder.holds_with({name: changed}):
                    accepted.append((name, place))
    assert accepted == []
    assert tried > examples(18)


def test_a_file_that_is_missing(folder: Folder) -> None:
    for name, content in of_rounds(folder).items():
        (folder.path / name).unlink()
        holds = examine(folder.path).holds
        (folder.path / name).write_bytes(content)
        assert not holds, name


def test_the_record_with_a_new_log(folder: Folder) -> None:
    """Who left, who came, how many places, which ticket, which source, which quotas moved.

    Likewise what was announced, but for what only the announced digest shows.
    """
    accepted = []
    for name in of_rounds(folder):
        if not name.endswith(("replacement.json", "announcement.json")):
            continue
        record = json.loads(folder.files[name])
        every = [path for path in places(record) if path]
        for path in Random(name).sample(every, min(len(every), PLACES_A_RECORD)):
            value: Any = record
            for key in path:
                value = value[key]
            for other in changes(value):
                content = canonical_json(put(record, path, other))
                if content == folder.files[name]:
                    continue
                if folder.holds_with(resealed(folder, {name: content})):
                    accepted.append((name, path, other))
    assert accepted == []


def test_a_ticket_by_another_seed_with_a_new_log(folder: Folder) -> None:
    name = next(name for name in folder.files if name.endswith("replacement-2/replacement.json"))
    record = json.loads(folder.files[name])
    record["draw"]["source"] = {"kind": "seed", "seed": "a better one"}
    changed = {name: canonical_json(record)}
    assert not folder.holds_with(resealed(folder, changed))


def test_the_lottery_and_its_proof_with_a_new_log(folder: Folder) -> None:
    """Bounds, people, panels, tickets; the record names the lottery that was changed."""
    accepted = []
    for name in of_rounds(folder):
        if not name.endswith("lottery.json"):
            continue
        document = json.loads(folder.files[name])
        every = [path for path in places(document) if path]
        for path in Random(name).sample(every, min(len(every), PLACES_A_LOTTERY)):
            value: Any = document
            for key in path:
                value = value[key]
            for other in changes(value):
                content = canonical_json(put(document, path, other))
                if content == folder.files[name]:
                    continue
                if folder.holds_with(resealed(folder, {name: content})):
                    accepted.append((name, path, other))
    assert accepted == []


def test_the_lists_with_a_new_log(folder: Folder) -> None:
    for name, content in of_rounds(folder).items():
        if name.endswith(".csv"):
            lines = content.splitlines(keepends=True)
            changed = {name: b"".join([lines[0], *lines[2:]])}
            assert not folder.holds_with(resealed(folder, changed)), name


def test_a_round_that_no_event_wrote(folder: Folder) -> None:
    """A folder of a round beside the log, or the log taken away."""
    extra = folder.path / "replacement-9" / "replacement.json"
    extra.parent.mkdir()
    extra.write_bytes(b"{}")
    assert not examine(folder.path).holds
    extra.unlink()
    extra.parent.rmdir()
    log = log_of(folder)
    (folder.path / log).unlink()
    holds = examine(folder.path).holds
    (folder.path / log).write_bytes(folder.files[log])
    assert not holds


def test_an_event_that_is_left_out(folder: Folder) -> None:
    log = log_of(folder)
    lines = folder.files[log].splitlines(keepends=True)
    for number in range(len(lines)):
        assert not folder.holds_with({log: b"".join(lines[:number] + lines[number + 1 :])}), number
    assert not folder.holds_with({log: b"".join(lines[:-1])})


def test_the_public_part_alone(published: Folder, tmp_path: Path) -> None:
    for name, content in published.files.items():
        if name.startswith("public/"):
            place = tmp_path / name.removeprefix("public/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    verification = examine(tmp_path)
    assert verification.holds
    assert {"check-round-people", "check-round-draws", "check-round-public"} <= {
        check.name for check in verification.checks
    }
    record = tmp_path / "replacement-1" / "replacement.json"
    record.write_bytes(record.read_bytes().replace(b'"ticket":7', b'"ticket":8'))
    assert not examine(tmp_path).holds
