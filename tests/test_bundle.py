"""One program file for those who install nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.budgets import in_large

ROOT = Path(__file__).parents[1]


@in_large  # minutes, and an environment of its own
def test_it_is_built_opens_an_assembly_and_runs_commands() -> None:
    subprocess.run(["make", "bundle", f"PYTHON={sys.executable}"], cwd=ROOT, check=True)
