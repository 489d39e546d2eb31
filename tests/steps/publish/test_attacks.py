"""What an organiser, a second draw or a hostile file might try."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.shapes.bundle import DRAW, LOG
from sortition.audit.verify import examine
from sortition.folders.change import changing
from tests.cli.running import contents, faults_said, sortition
from tests.steps.publish.published import Files, draw, files_of, publish, write


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(publish(tmp_path_factory.mktemp("published")))


def forged(files: Files, name: str, change: dict[str, Any]) -> Files:
    """A public document changed, with the commitment, the sheet and the log made to fit."""
    document = {**json.loads(files[name]), **change}
    made = {**files, name: canonical_json(document)}
    before = digest(files["public/commitment.json"])
    commitment = json.loads(files["public/commitment.json"])
    commitment["public"][name.removeprefix("public/")] = digest(made[name])
    if name == "public/lottery.json":
        commitment["tickets"] = sum(panel["weight"] for panel in document["panels"])
    made["public/commitment.json"] = canonical_json(commitment)
    after = digest(made["public/commitment.json"])
    sheet = made["public/draw_sheet.html"].replace(before.encode(), after.encode())
    made["public/draw_sheet.html"] = sheet.replace(
        digest(files[name]).encode(), digest(made[name]).encode()
    )
    log, key = b"", bytes.fromhex(files["sealed/key.txt"].decode())
    for line in files[LOG].splitlines():
        event = json.loads(line)
        facts = event["facts"]
        facts["files"] = {place: file_digest(place, made[place], key) for place in facts["files"]}
        if "commitment" in facts:
            facts["commitment"] = after
        log = log_with(log, event["event"], facts, at=datetime(2026, 11, 22, tzinfo=UTC))
    return {**made, LOG: log}


def public(files: Files) -> Files:
    return {name: content for name, content in files.items() if name.startswith("public/")}


def codes(path: Path) -> set[str]:
    return {finding.code for finding in examine(path).findings}


def test_one_panel_with_all_the_tickets(tmp_path: Path, published: Files) -> None:
    lottery = json.loads(published["public/lottery.json"])
    panels = [{**lottery["panels"][0], "weight": 1000}]
    files = forged(published, "public/lottery.json", {"panels": panels})
    assert "verify-public-deviation" in codes(write(tmp_path / "honest figure", public(files)))
    off = {"largest_deviation": 10**15}
    files = forged(files, "public/certificate.json", off)
    assert codes(write(tmp_path / "stated", public(files))) == {"verify-tickets-off"}


def test_what_was_not_finished_is_not_called_the_fairest(tmp_path: Path, published: Files) -> None:
    certificate = json.loads(published["public/certificate.json"])
    assert certificate["complete"] == "yes"
    files = forged(published, "public/certificate.json", {"complete": "no"})
    checks = {check.name for check in examine(write(tmp_path / "no", public(files))).checks}
    assert "check-public-unfinished" in checks
    assert "check-public-gaps" not in checks


@pytest.mark.parametrize("record", [b"", b"{", b'{"ticket":7}', b"\xff"])
def test_a_record_that_nobody_can_read_is_no_draw(
    tmp_path: Path, published: Files, record: bytes
) -> None:
    folder = write(tmp_path / "lottery", {**published, DRAW: record})
    assert examine(folder).holds
    assert draw(folder, "--drawn", "007").code == 0
    assert examine(folder).holds
    assert json.loads((folder / DRAW).read_bytes())["ticket"] == 7


def test_a_record_without_its_event_is_finished_by_the_same_draw(
    tmp_path: Path, published: Files
) -> None:
    """As earlier versions left it, which wrote the record first."""
    folder = write(tmp_path / "lottery", published)
    assert draw(folder, "--drawn", "007").code == 0
    folder = write(tmp_path / "half", {**published, DRAW: (folder / DRAW).read_bytes()})
    (said,) = faults_said(draw(folder, "--drawn", "008"))
    assert "Finish it with what was drawn: 007." in said
    assert draw(folder, "--drawn", "007").code == 0
    assert examine(folder).holds


def test_of_two_draws_at_once_one_is_refused(
    tmp_path: Path, published: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "lottery", published)
    monkeypatch.setattr("sortition.folders.change.PATIENCE", 0.1)
    with changing(folder):
        (said,) = faults_said(draw(folder, "--drawn", "011"))
    assert f"The folder {folder} is being changed" in said
    assert f"process {os.getpid()} on " in said
    assert contents(folder) == {place: published[place] for place in sorted(published)}
    assert draw(folder, "--drawn", "022").code == 0
    assert examine(folder).holds


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("public/commitment.json", {"inputs": nested(700)}),
        ("public/commitment.json", {"inputs": {"pool": True, "quotas": None}}),
        ("public/commitment.json", {"source": {"kind": 1.5}}),
        ("public/commitment.json", {"inputs": {"\u00c5": "1", "A\u030a": "2"}}),
        ("public/lottery.json", {"panels": [{"members": ["x"], "weight": 10**100}]}),
        ("public/lottery.json", {"panels": [], "people": []}),
        ("public/certificate.json", {"chances": [[1, 10**15]]}),
        ("public/certificate.json", {"proofs": []}),
        ("public/certificate.json", {"gamma": [1, 0]}),
        ("sealed/pool.json", {"features": ["\u00c5", "A\u030a", "x"]}),
        (
            "sealed/certificate.json",
            {"rows": [{"groups": [], "lower": 0, "name": "household", "upper": 10**390}]},
        ),
    ],
)
def test_nonsense_is_found_and_does_no_harm(
    tmp_path: Path, published: Files, name: str, change: dict[str, Any]
) -> None:
    document = {**json.loads(published[name]), **change}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    folder = write(tmp_path / "lottery", {**published, name: text.encode()})
    done = sortition("verify", folder, cwd=tmp_path)
    assert (done.code, done.stderr) == (1, "")
    assert "WRONG" in done.stdout


def test_files_without_an_end(tmp_path: Path, published: Files) -> None:
    folder = write(tmp_path / "lottery", published)
    sheet = folder / "public/draw_sheet.html"
    sheet.unlink()
    sheet.symlink_to("/dev/zero")
    assert sortition("verify", folder, cwd=tmp_path).code == 2
    sheet.unlink()
    os.mkfifo(sheet)
    assert sortition("verify", folder, cwd=tmp_path).code == 2
    sheet.unlink()
    sheet.symlink_to(folder / "roster.json")
    assert sortition("pack", folder, cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    "extra",
    ["lottery/public/commitment.json", "other/commitment.json", "/etc/passwd", "../x", "a\\..\\b"],
)
def test_archives_that_can_be_read_in_two_ways(
    tmp_path: Path, published: Files, extra: str
) -> None:
    path = tmp_path / "public.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in public(published).items():
            archive.writestr(f"lottery/{name}", content)
    assert examine(path).holds
    with (
        zipfile.ZipFile(path, "a") as archive,
        pytest.warns(UserWarning)
        if (extra in archive.namelist())
        else zipfile.ZipFile(tmp_path / "unused.zip", "w"),
    ):
        archive.writestr(extra, b"{}")
    (said,) = faults_said(sortition("verify", path, cwd=tmp_path))
    assert "can be read in more than one way" in said


def test_nothing_is_packed_that_does_not_hold(tmp_path: Path, published: Files) -> None:
    folder = write(tmp_path / "lottery", published)
    place = folder / "public/certificate.json"
    place.write_bytes(place.read_bytes() + b" ")
    done = sortition("pack", folder, "--out", "packed", cwd=tmp_path)
    assert done.code == 1
    assert contents(tmp_path / "packed") == {}


def test_a_list_of_one_cannot_be_tried_out(published: Files) -> None:
    """Digests of what is not public are keyed wherever the public log names them."""
    events = [json.loads(line) for line in published[LOG].splitlines()]
    named = {name: value for event in events for name, value in event["facts"]["files"].items()}
    assert {"roster.json", "sealed/pool.json"} <= set(named)
    for name, value in named.items():
        assert (value == digest(published[name])) == name.startswith("public/"), name
    stated = json.loads(published["public/commitment.json"])["inputs"]
    kept = json.loads(published["sealed/preparation.json"])["inputs"]
    assert set(stated) == set(kept) == {"pool", "quotas"}
    assert not {file["sha256"] for file in kept.values()} & set(stated.values())
