"""The page says for each objective what was wanted, what is proven, and what was reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import sortition, write_inputs
from tests.cli.tiny import POOL, QUOTAS
from tests.pages.reading import Page


def page_of(folder: Path, *options: str) -> str:
    write_inputs(folder, POOL, QUOTAS)
    call = ("select", "pool.csv", "quotas.csv", "--size", "3", "--seed", "1", "--out", "out")
    done = sortition(*call, *options, cwd=folder)
    assert done.code == 0, done.stderr
    return Page((folder / "out" / "report.html").read_text("utf-8")).words


@pytest.mark.parametrize(
    ("objective", "wanted", "proof"),
    [
        (
            "leximin",
            "then does the same for the next lowest chance",
            "more than 25.0%. This one gives each of them at least 25.0%.",
        ),
        (
            "maximin",
            "the one whose highest chance is as low as possible",
            "more than 25.0%. This one gives each of them at least 25.0%.",
        ),
        ("nash", "multiplied together", "be above 31.0%. In this one it is 31.0%."),
        (
            "minimax",
            "nobody is surer of a seat than the quotas require",
            "below 50.0%. In this one nobody’s chance is above 50.0%.",
        ),
        # 3 times 5/8, plus a third of 4
        ("goldilocks", "would be 2.", "be below 3.2083. In this one it is 3.2083."),
    ],
)
def test_meaning_and_proof(tmp_path: Path, objective: str, wanted: str, proof: str) -> None:
    words = page_of(tmp_path, "--objective", objective)
    assert f"Objective {objective}" in words
    assert wanted in words
    assert proof in words
    assert "Everybody in the pool can be selected" in words
    passed_over = "1 person could be selected under the quotas, but not by this lottery"
    assert (passed_over in words) == (objective == "minimax")
    if objective == "minimax":
        assert "gives a chance to everybody who can be selected. P9 " in words
        assert "had no ticket" not in words


def test_household_limit_is_stated(tmp_path: Path) -> None:
    words = page_of(tmp_path, "--household", "d,e", "--household-limit", "2")
    assert "It also holds at most 2 people of each household; people with the same" in words
