"""A volunteer finds herself by her receipt, and nobody else by a forged one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from .bundles import TOKENS, Document, build
from .visits import Visit, payload

RECEIPT = "#receipt-checks"
BUNDLE = build()
OTHER = "ab" * 32


@pytest.mark.parametrize(
    ("number", "selected", "facts"),
    [
        (2, "✓ You are on the panel: ticket 6", ["4 of 10", "40%", "6–9", "kvinde"]),
        (5, "✓ You are on the panel: ticket 6", ["4 of 10", "40%", "6–9", "mand"]),
        (0, "– You are not on the panel: ticket 6", ["3 of 10", "30%", "0–2", "60+ år"]),
    ],
)
def test_she_finds_herself(visit: Visit, number: int, selected: str, facts: list[str]) -> None:
    visit.choose(BUNDLE)
    visit.give(BUNDLE.receipt(number))
    assert set(visit.states(RECEIPT).values()) == {"ok"}
    assert visit.text("#receipt-verdict").startswith("✓ The receipt fits this lottery")
    person = visit.text("#person")
    assert selected in person
    for fact in [*facts, TOKENS[number], "Whose receipt this is", f"Volunteer {number}"]:
        assert fact in person
    assert visit.page.get_by_text("(you)").count() == (number in {2, 5})


def test_tickets_of_neighbouring_panels_are_one_range(visit: Visit) -> None:
    def share(lottery: Document) -> None:
        one, two = TOKENS[:2]
        members = [[one, two], [one, TOKENS[3]], [two, TOKENS[4]], [TOKENS[2], TOKENS[5]]]
        weights = [1, 2, 3, 4]
        lottery["panels"] = [
            {"members": panel, "weight": weight}
            for panel, weight in zip(members, weights, strict=True)
        ]

    bundle = build(lottery=share)
    visit.choose(bundle)
    assert visit.wrong() == set()
    visit.give(bundle.receipt(0))
    assert "0–2" in visit.text("#person")
    visit.give(bundle.receipt(1))
    expect(visit.page.locator("#person")).to_contain_text("0, 3–5")
    assert "4 of 10" in visit.text("#person")


def test_somebody_without_a_ticket(visit: Visit) -> None:
    def leave_out(lottery: Document) -> None:
        del lottery["panels"][0]
        lottery["panels"][0]["weight"] = 6

    bundle = build(lottery=leave_out)
    visit.choose(bundle)
    assert visit.wrong() == set()
    visit.give(bundle.receipt(3))
    assert "0 of 10" in visit.text("#person")
    assert "0%" in visit.text("#person")


def test_a_file_serves_as_well_and_may_come_first(visit: Visit) -> None:
    spaced = json.dumps(BUNDLE.receipt(4), indent=2).encode() + b"\n"
    visit.page.locator("#receipt-file").set_input_files(payload("receipt.json", spaced))
    expect(visit.page.locator("#receipt-verdict")).to_contain_text("Choose the published files")
    visit.choose(BUNDLE)
    expect(visit.page.locator("#person")).to_contain_text("Volunteer 4")
    assert set(visit.states(RECEIPT).values()) == {"ok"}


def forged(**changes: Any) -> Document:
    return {**BUNDLE.receipt(1), **changes}


OWN = BUNDLE.receipt(1)
FORGED = {
    "a row": (forged(row={**OWN["row"], "values": {"køn": "mand"}}), "receipt-path"),
    "a value more": (
        forged(row={**OWN["row"], "values": {**OWN["row"]["values"], "uddannelse": "lang"}}),
        "receipt-path",
    ),
    "the token of another": (forged(row={**OWN["row"], "token": TOKENS[2]}), "receipt-path"),
    "a nonce": (forged(nonce=OTHER), "receipt-path receipt-own"),
    "a step": (forged(path=[OTHER, *OWN["path"][1:]]), "receipt-path"),
    "a step less": (forged(path=OWN["path"][1:]), "receipt-path"),
    "a step more": (forged(path=[*OWN["path"], OTHER]), "receipt-path"),
    "a place": (forged(index=3), "receipt-path"),
    "a place outside": (forged(index=6), "receipt-path"),
    "a size": (forged(size=7), "receipt-path"),
    "somebody else's name": (forged(own={"navn": "Volunteer 2", "telefon": ""}), "receipt-own"),
    "another commitment": (forged(commitment=OTHER), "receipt-commitment"),
}


def test_a_forged_receipt_is_refused(visit: Visit) -> None:
    visit.choose(BUNDLE)
    for name, (receipt, check) in FORGED.items():
        visit.give(OWN)
        assert visit.wrong(RECEIPT) == set()
        visit.give(receipt)
        assert visit.wrong(RECEIPT) == set(check.split()), name
        assert visit.text("#person") == "", name
        assert visit.text("#receipt-verdict").startswith("✗"), name


def test_a_token_that_the_lottery_does_not_know(visit: Visit) -> None:
    def replace(lottery: Document) -> None:
        lottery["people"][0] = "0" * 16
        lottery["panels"][0]["members"][0] = "0" * 16

    bundle = build(lottery=replace)
    visit.choose(bundle)
    assert visit.wrong() == set()
    visit.give(bundle.receipt(0))
    assert visit.wrong(RECEIPT) == {"receipt-token"}


def test_what_is_no_receipt_is_a_finding(visit: Visit) -> None:
    visit.choose(BUNDLE)
    for text in ("x", "null", "[]", "{}", '{"index":-1}', '{"row":1.5}'):
        visit.give(text)
        assert visit.wrong(RECEIPT) == {"receipt"}, text
        assert visit.text("#person") == "", text


def test_a_receipt_is_no_excuse_for_a_wrong_lottery(visit: Visit) -> None:
    bundle = build(draw=lambda draw: draw.update(ticket=7))
    visit.choose(bundle)
    visit.give(bundle.receipt(2))
    assert "But something else in the lottery is wrong" in visit.text("#receipt-verdict")
