"""The page of rules and the code go through the same claims, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

from sortition.audit.verify import Verification, examine
from sortition.texts import sentences
from tests.audit.forging import make_run
from tests.cli.running import ROOT, sortition
from tests.steps.publish.published import draw, publish

RULES = re.findall(r"`(check-[a-z-]+)`", (ROOT / "docs/rules.md").read_text(encoding="utf-8"))


def in_order(verification: Verification) -> bool:
    places = [RULES.index(check.name) for check in verification.checks]
    return places == sorted(places)


def test_every_claim_is_under_one_rule() -> None:
    assert sorted(RULES) == sorted(
        code for code in sentences() if code.startswith("check-") and code != "check-needs-pool"
    )


def test_the_code_goes_in_the_order_of_the_rules(tmp_path: Path) -> None:
    make_run(tmp_path, "--alternates", "1")
    assert in_order(examine(tmp_path / "run", announced="0"))
    lottery = publish(tmp_path)
    assert draw(lottery, "--drawn", "007").code == 0
    made = ("receipt", "001", "--from", lottery, "--out", "receipt.json")
    assert sortition(*made, cwd=tmp_path).code == 0
    receipt = tmp_path / "receipt.json"
    assert in_order(examine(lottery, announced="0", receipt=receipt))
    assert in_order(examine(lottery / "public", receipt=receipt))


def test_rules_are_numbered() -> None:
    text = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \*\*", text, flags=re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
