"""The committed measurements are complete, and the page on them says what they say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
RESULTS = sorted((BENCHMARKS / "results").glob("*.json"))


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_each_is_a_measurement(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["schema"] == "sortition-bench/1"
    assert all(len(row["runs"]) == document["plan"]["runs"] for row in document["instances"])
    assert '"/' not in text


def test_tables_follow_from_the_results(tmp_path: Path) -> None:
    copy = shutil.copytree(BENCHMARKS, tmp_path / "benchmarks")
    subprocess.run([sys.executable, copy / "tables.py"], check=True)
    for page in (copy, BENCHMARKS):
        assert "<!-- table standard -->\n| pool |" in (page / "README.md").read_text("utf-8")
    assert (copy / "README.md").read_bytes() == (BENCHMARKS / "README.md").read_bytes()
