"""A run on the sample data, made once for all tests of its results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    SAMPLE_OPTIONS,
    SAMPLES,
    Bounds,
    Outcome,
    Row,
    contents,
    rows_of,
    sortition,
)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="session")
def outcome(sample_folder: Path) -> Outcome:
    inputs = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
    return sortition("select", *inputs, *SAMPLE_OPTIONS, "--out", "out", cwd=sample_folder)


@pytest.fixture(scope="session")
def files(sample_folder: Path, outcome: Outcome) -> dict[str, bytes]:
    assert outcome.code == 0, outcome.stderr
    return contents(sample_folder / "out")


@pytest.fixture(scope="session")
def report(files: dict[str, bytes]) -> Any:
    return json.loads(files["report.json"])


@pytest.fixture(scope="session")
def manifest(files: dict[str, bytes]) -> Any:
    return json.loads(files["manifest.json"])


@pytest.fixture(scope="session")
def lottery(files: dict[str, bytes]) -> Any:
    return json.loads(files["lottery.json"])


@pytest.fixture(scope="session")
def pool() -> list[Row]:
    return rows_of((SAMPLES / "pool.csv").read_bytes())


@pytest.fixture(scope="session")
def bounds() -> Bounds:
    return {
        (row["kriterium"], row["værdi"]): (int(row["min"]), int(row["max"]))
        for row in rows_of((SAMPLES / "quotas.csv").read_bytes())
    }
