"""Whatever is changed in a published lottery is found: bytes, figures, members, order, digests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import indented
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.verify import examine
from tests.budgets import examples
from tests.steps.publish.published import BY_NUMBERS, SEED, Files, draw, files_of, publish, write

BYTES_A_FILE = examples(2)
PLACES_A_FILE = examples(12)
JSON = (
    "public/lottery.json",
    "public/certificate.json",
    "public/commitment.json",
    "public/draw.json",
    "sealed/lottery.json",
    "sealed/certificate.json",
    "sealed/pool.json",
    "sealed/preparation.json",
    "report.json",
)
LOG = "public/events.jsonl"


class Folder:
    """A folder whose files are changed and put back."""

    def __init__(self, path: Path, files: Files) -> None:
        self.path, self.files = write(path, files), files

    def holds_with(self, changed: Files, announced: str | None = None) -> bool:
        try:
            for name, content in changed.items():
                (self.path / name).write_bytes(content)
            return examine(self.path, announced=announced).holds
        finally:
            for name in changed:
                (self.path / name).write_bytes(self.files[name])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    lottery = publish(tmp_path_factory.mktemp("published"), *BY_NUMBERS)
    done = draw(lottery, "--seed", SEED)
    assert done.code == 0, done.stderr
    found = Folder(tmp_path_factory.mktemp("changed"), files_of(lottery))
    assert found.holds_with({})
    return found


def test_any_byte(folder: Folder) -> None:
    """Bytes changed, left out or put in, in every file, hundreds of them."""
    accepted, tried = [], 0
    for name, content in folder.files.items():
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
                    accepted.append((name, place, changed[max(0, place - 9) : place + 9]))
    assert accepted == []
    assert tried > examples(37)


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(document, dict | list):
        items = document.items() if isinstance(document, dict) else enumerate(document)
        for key, inner in items:
            yield from places(inner, (*path, key))


def changes(value: Any) -> Iterator[Any]:
    """Other values in the place of one: another figure, order, member or digest."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
        yield -value - 1
    elif isinstance(value, str):
        yield sha256(value.encode()).hexdigest()[: len(value)] if len(value) >= 16 else f"{value}x"
        yield ""
    elif isinstance(value, list) and value:
        yield value[:-1]
        yield [*value, value[0]]
        yield value[::-1]
    elif isinstance(value, dict) and value:
        yield {name: inner for name, inner in value.items() if name != next(iter(value))}


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    copied = json.loads(json.dumps(document))
    if not path:
        return value
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copied


def spelled(name: str) -> Callable[[Any], bytes]:
    by_people = name in {"sealed/preparation.json", "report.json"}
    return indented if by_people else canonical_json


def resealed(files: Files, changed: Files) -> Files:
    """A forger's work: the log written anew over what was changed."""
    events = [json.loads(line) for line in files[LOG].splitlines()]
    log, key = b"", bytes.fromhex(files["sealed/key.txt"].decode())
    for event in events:
        facts = event["facts"]
        facts["files"] = {
            name: file_digest(name, {**files, **changed}[name], key)
            for name in facts.get("files", {})
        }
        if "commitment" in facts:
            facts["commitment"] = digest({**files, **changed}["public/commitment.json"])
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        log = log_with(log, event["event"], facts, at=at)
    return {**changed, LOG: log}


@pytest.mark.parametrize("name", JSON)
def test_any_figure_member_or_order(folder: Folder, name: str) -> None:
    """Changed with the one spelling kept, and, where it was announced, with a new log too."""
    document = json.loads(folder.files[name])
    announced = digest(folder.files["public/commitment.json"])
    chance = Random(name)
    every = [path for path in places(document) if path]
    accepted: list[tuple[object, ...]] = []
    for path in chance.sample(every, min(len(every), PLACES_A_FILE)):
        value = document
        for key in path:
            value = value[key]
        for other in changes(value):
            changed = {name: spelled(name)(put(document, path, other))}
            if changed[name] == folder.files[name]:  # a list of one is its own reverse
                continue
            if folder.holds_with(changed):
                accepted.append((path, other))
            # what the announced digest does not bind is the office's own, and says so in the docs
            if name.startswith("public/") and name != "public/draw.json":
                forged = resealed(folder.files, changed)
                if folder.holds_with(forged, announced=announced):
                    accepted.append((path, other, "resealed"))
    assert accepted == []


def test_a_log_written_anew_over_the_same_files_is_one_that_holds(folder: Folder) -> None:
    """So that what the tests above find is what was changed, and not a clumsy forger."""
    assert folder.holds_with(resealed(folder.files, {}))


def test_another_draw_does_not_follow(folder: Folder) -> None:
    """A record of another ticket, panel or source, with a new log, is found all the same."""
    record = json.loads(folder.files["public/draw.json"])
    for path, value in (
        (("ticket",), (record["ticket"] + 1) % 1000),
        (("panel",), record["panel"][1:]),
        (("source", "seed"), "2.2.2./"),
        (("source",), {"kind": "drawn", "digits": "001"}),
        (("commitment",), "0" * 64),
    ):
        changed = {"public/draw.json": canonical_json(put(record, path, value))}
        assert not folder.holds_with(resealed(folder.files, changed)), path


def test_files_that_are_missing_or_swapped(folder: Folder) -> None:
    for name in folder.files:
        place = folder.path / name
        place.unlink()
        holds = examine(folder.path).holds
        place.write_bytes(folder.files[name])
        assert not holds, name
    one, other = "sealed/lottery.json", "public/lottery.json"
    assert not folder.holds_with({one: folder.files[other], other: folder.files[one]})


def test_an_event_that_is_left_out(folder: Folder) -> None:
    lines = folder.files[LOG].splitlines(keepends=True)
    for number in range(len(lines)):
        rest = b"".join(lines[:number] + lines[number + 1 :])
        assert not folder.holds_with({LOG: rest}), number
