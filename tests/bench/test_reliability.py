"""The page on what breaks nothing is what its figures make of it."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_the_page_is_that_of_its_figures() -> None:
    written = runpy.run_path(str(BENCHMARKS / "reliability.py"))
    figures = json.loads((BENCHMARKS / "reliability.json").read_bytes())
    assert "".join(written["page"](figures)) == written["PAGE"].read_text(encoding="utf-8")
