"""Folders and archives that were made to hang, crash or fill whoever checks them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json
from sortition.audit.log.events import log_with
from tests.audit.forging import Files, make_run, write_run
from tests.budgets import in_large
from tests.cli.running import ROOT, command, environment, sortition
from tests.steps.publish.published import draw, files_of, publish, write

LITTLE = 10**9  # bytes of memory
# verify the folders that are named, one after the other, and say how each ended
EACH = """import json, sys
from pathlib import Path
from tests.cli.running import sortition
for folder in sys.argv[1:]:
    done = sortition("verify", folder, cwd=Path(folder))
    print(json.dumps([folder, done.code, done.stderr]), flush=True)
"""
LOG = "public/events.jsonl"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Files:
    lottery = publish(tmp_path_factory.mktemp("published"))
    assert draw(lottery, "--drawn", "007").code == 0
    return files_of(lottery)


def bounded(path: Path) -> subprocess.CompletedProcess[str]:
    """What verify says of it, within little memory and time."""
    return within_little(*command("verify", path))


def within_little(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LITTLE, LITTLE)),
    )


def test_what_is_no_plain_file_in_a_run(tmp_path: Path, run: Files) -> None:
    kinds: dict[str, Callable[[Path], None]] = {
        "pipe": os.mkfifo,
        "device": lambda place: place.symlink_to("/dev/zero"),
        "link": lambda place: place.symlink_to("/etc/passwd"),
        "folder": Path.mkdir,
    }
    names = ("lottery.json", "panel.csv", "events.jsonl", "manifest.json")
    folders = []
    for kind, name in product(kinds, names):
        folders.append(write_run(tmp_path / f"{kind}-{name}", run))
        place = folders[-1] / name
        place.unlink(missing_ok=True)
        kinds[kind](place)
    done = within_little(sys.executable, "-c", EACH, *folders)
    assert done.stderr == ""
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [folder for folder, *_ in ended] == [str(folder) for folder in folders]
    for folder, code, errors in ended:
        assert code in ({0, 1, 2} if folder.endswith("events.jsonl") else {1, 2}), folder
        assert "Traceback" not in errors and "defect" not in errors, folder


@in_large  # each is read until there are too many
def test_many_large_files(tmp_path: Path, run: Files, drawn: Files) -> None:
    """Files that are nearly all hole cost whoever sends them nothing."""
    selection, lottery = write_run(tmp_path / "run", run), write(tmp_path / "lottery", drawn)
    for folder in (selection, lottery / "public"):
        for number in range(1, 9):
            place = folder / f"replacement-{number}/replacement.json"
            place.parent.mkdir()
            place.touch()
            os.truncate(place, 200_000_000)
        done = bounded(folder)
        assert done.returncode in {1, 2}
        assert "Traceback" not in done.stderr and "defect" not in done.stderr


def replaced(log: bytes, facts: Any, name: str) -> bytes:
    return log_with(log, name, facts, at=datetime(2099, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", ["alternates", "replaced", "drawn", "refused", "selected", "x"])
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"alternates": 7},
        {"alternates": [{}]},
        {"alternates": {"a": []}, "kind": []},
        {"files": {"public/lottery.json": 7}},
        {"files": {"a": {"b": "c"}}},
        {"ticket": {"a": 1}, "commitment": [1]},
        {"came": 1, "gone": "x", "round": "y"},
    ],
    ids=str,
)
def test_events_of_the_wrong_shape(
    tmp_path: Path, run: Files, drawn: Files, name: str, facts: dict[str, object]
) -> None:
    lottery = write(tmp_path / "lottery", {**drawn, LOG: replaced(drawn[LOG], facts, name)})
    first = log_with(b"", "selected", {"files": {}}, at=datetime(2026, 1, 1, tzinfo=UTC))
    selection = write_run(tmp_path / "run", {**run, "events.jsonl": replaced(first, facts, name)})
    for folder in (lottery, lottery / "public", selection):
        done = sortition("verify", folder, cwd=tmp_path)
        assert done.code in {0, 1}, done.stderr
        assert done.stderr == ""


@pytest.mark.parametrize(
    "line",
    [b"[]", b"7", b"null", b'{"facts":{"files":[1]}}', b'{"facts":{"files":[["a"]]}}', b"\xff"],
)
def test_lines_that_are_no_events(tmp_path: Path, drawn: Files, line: bytes) -> None:
    lottery = write(tmp_path / "lottery", {**drawn, LOG: drawn[LOG] + line + b"\n"})
    done = sortition("verify", lottery, cwd=tmp_path)
    assert (done.code, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("first", "many", "times", "last"),
    [
        (b"[", b"[],", 12_000_000, b"[]]"),
        pytest.param(b"[", b"{},", 12_000_000, b"{}]", marks=in_large),
        pytest.param(b"[", b"1,", 9_000_000, b"1]", marks=in_large),
        pytest.param(b'"', b" ", 100_000_000, b'"', marks=in_large),
        (b"", b"[", 5_000_000, b""),
    ],
    ids=["lists", "objects", "numbers", "text", "depth"],
)
def test_a_small_archive_with_much_in_it(
    tmp_path: Path, first: bytes, many: bytes, times: int, last: bytes
) -> None:
    path = tmp_path / "public.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("public/commitment.json", first + many * times + last)
    done = bounded(path)
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr and "defect" not in done.stderr


def test_a_document_of_nothing_but_faults(tmp_path: Path, drawn: Files) -> None:
    lottery = json.loads(drawn["public/lottery.json"])
    faulty = {**lottery, "people": [7] * 1_000_000}
    files = {**drawn, "public/lottery.json": canonical_json(faulty)}
    done = bounded(write(tmp_path / "lottery", files))
    assert done.returncode == 1
    assert "and 988 more" in done.stdout
    assert sys.getsizeof(done.stdout) < 10**6
