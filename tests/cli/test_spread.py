"""select and lottery with tickets that are dealt at random, on the sample."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sortition.audit.documents import parse
from sortition.audit.shapes.bundle import PREPARATION_SHAPE
from sortition.audit.shapes.run import as_stated
from sortition.errors import VerificationFailed
from tests.cli.running import SAMPLE_OPTIONS, SAMPLES, Outcome, sortition
from tests.steps.publish.published import NAMED

FILES = (SAMPLES / "pool.csv", SAMPLES / "quotas.csv")
NO_SEED = SAMPLE_OPTIONS[:-2]


def ran(*arguments: str | Path, cwd: Path) -> Outcome:
    done = sortition(*arguments, cwd=cwd)
    assert done.code == 0, done.stderr
    return done


def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spread")
    ran("select", *FILES, *SAMPLE_OPTIONS, "--spread", "--out", "dealt", "--quiet", cwd=path)
    ran("select", *FILES, *SAMPLE_OPTIONS, "--out", "rounded", "--quiet", cwd=path)
    return path


def test_the_run_says_so_and_verifies(folder: Path) -> None:
    assert document(folder / "dealt" / "manifest.json")["options"]["spread"] is True
    assert document(folder / "rounded" / "manifest.json")["options"]["spread"] is False
    ran("verify", "dealt", cwd=folder)


def test_the_proof_is_the_same_and_the_tickets_are_others(folder: Path) -> None:
    dealt, rounded = folder / "dealt", folder / "rounded"
    certificates = [(one / "certificate.json").read_bytes() for one in (dealt, rounded)]
    assert certificates[0] == certificates[1]
    lotteries = [document(one / "lottery.json") for one in (dealt, rounded)]
    assert lotteries[0]["panels"] != lotteries[1]["panels"]
    assert lotteries[0]["quotas"] == lotteries[1]["quotas"]
    # nobody is further than a ticket from the other rounding's share, give or take the last one
    held = [
        Counter(id for panel in one["panels"] for id in panel["members"] * panel["weight"])
        for one in lotteries
    ]
    assert max(abs(held[0][id] - held[1][id]) for id in lotteries[0]["people"]) <= 2


def test_a_run_of_an_earlier_version_still_verifies(folder: Path) -> None:
    manifest = folder / "rounded" / "manifest.json"
    stated = manifest.read_bytes()
    assert stated.count(b'  "spread": false,\n') == 1
    manifest.write_bytes(stated.replace(b'  "spread": false,\n', b""))
    try:
        ran("verify", "rounded", cwd=folder)
    finally:
        manifest.write_bytes(stated)


def test_published_drawn_and_verified(tmp_path: Path) -> None:
    ran("lottery", *FILES, *NO_SEED, *NAMED, "--spread", "--out", "public", "--quiet", cwd=tmp_path)
    preparation = tmp_path / "public" / "sealed" / "preparation.json"
    assert document(preparation)["options"]["spread"] is True
    ran("verify", "public", cwd=tmp_path)
    ran("draw", "public", "--drawn", "123", cwd=tmp_path)
    ran("verify", "public", cwd=tmp_path)


def test_a_preparation_of_an_earlier_version_is_still_read(tmp_path: Path) -> None:
    ran("lottery", *FILES, *NO_SEED, *NAMED, "--out", "public", "--quiet", cwd=tmp_path)
    stated = (tmp_path / "public" / "sealed" / "preparation.json").read_bytes()
    assert stated.count(b'  "spread": false,\n') == 1
    earlier = stated.replace(b'  "spread": false,\n', b"")
    for content in (stated, earlier):
        assert parse(content, "preparation.json", as_stated(content, PREPARATION_SHAPE))
    with pytest.raises(VerificationFailed):
        parse(stated, "preparation.json", as_stated(earlier, PREPARATION_SHAPE))
