"""The page's arithmetic against the vectors of the formats, and against other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page

from sortition.model.company import company
from sortition.steps.publish.verify_page.page import SCRIPTS, source
from tests.audit.draw.test_bls import FALSE, ROUNDS

from .bundles import KEY, SEALED, SEED, below, leaf, nonce, path, root

Run: TypeAlias = Callable[..., Any]
COMPUTING = source(SCRIPTS[:-2])


@pytest.fixture
def run(page: Page, tmp_path: Path) -> Run:
    """Evaluate an expression, of what is given as ``it``, among the functions of the page."""
    blank = tmp_path / "blank.html"
    blank.write_text("<!DOCTYPE html><title>Blank</title>", encoding="utf-8")
    page.goto(blank.as_uri())

    def evaluate(expression: str, it: object = None) -> Any:
        return page.evaluate(f"async (it) => {{ {COMPUTING}; return {expression}; }}", it)

    return evaluate


def test_seed_hash_and_draws_of_the_vectors(run: Run) -> None:
    hashed = run("await digestOf('sortition/seed/1\\n' + it)", SEED)
    assert hashed == "674a78e77b955608b6d36e9693c74202f3626c333c8e9ff0bee1e466306f8543"
    assert run("await below(1000, it, 'test')", SEED) == 907
    for tickets, ticket in ((10, 6), (1000, 36)):
        commitment = {"tickets": tickets, "lottery": SEALED}
        assert run("await ticketFromSeed(it[0], it[1])", [SEED, commitment]) == ticket


def test_draws_of_other_sizes_and_seeds(run: Run) -> None:
    """Half of all blocks are passed over below 2^255 + 1; both sides round such numbers alike."""
    seeds = ["", "0", "æøå – 🎲", *(f"seed {number}" for number in range(20))]
    for n in (1, 7, 10**6, 2**53 - 1):
        drawn = run(f"await Promise.all(it.map((seed) => below({n}n, seed, 'x')))", seeds)
        assert drawn == [below(n, seed=seed, domain="x") for seed in seeds]
    large = 2**255 + 1
    drawn = run(f"await Promise.all(it.map((seed) => below({large}n, seed, 'x')))", seeds)
    assert drawn == [float(below(large, seed=seed, domain="x")) for seed in seeds]


def test_leaf_and_root_of_the_vectors(run: Run) -> None:
    assert bytes(range(32)) == KEY
    rows = [{"id": id, "sex": "f"} for id in ("P1", "P2", "P3")]
    leaves = [
        run("hexOf(await leafOf(it[0], it[1]))", [nonce(row["id"]).hex(), row]) for row in rows
    ]
    assert leaves[0].startswith("7176867c523899bc")
    joined = run(
        "hexOf(await nodeOf(await nodeOf(bytesOf(it[0]), bytesOf(it[1])), bytesOf(it[2])))", leaves
    )
    assert joined.startswith("46d80ecc9325aca5")


def test_every_place_of_every_small_tree_leads_to_its_root(run: Run) -> None:
    rows = [{"id": f"P{number}", "sex": "f"} for number in range(17)]
    leaves = [leaf(row) for row in rows]
    for size in range(1, 18):
        of_size = leaves[:size]
        places = [[of_size[at].hex(), at, size, path(of_size, at)] for at in range(size)]
        roots = run(
            "await Promise.all(it.map(async ([leaf, ...place]) => "
            "hexOf(await rootOver(bytesOf(leaf), ...place))))",
            places,
        )
        assert set(roots) == {root(of_size).hex()}


@pytest.mark.parametrize(
    "document",
    [
        {"b": 1, "a": -2, "é": [], "": {}},
        # by code point, not by the halves of a pair
        {"\U00010002": 1, "\uff61": 2, "z": 3, "aa": 4, "a": 5, "10": 6, "9": 7},
        {"text": 'a"b\\c/d\b\f\n\r\t\x00\x1f\x7f\u2028\ud7ff🎲'},
        ["0", 0, 9007199254740991, -9007199254740991],
    ],
)
def test_canonical_json_is_that_of_python(run: Run, document: object) -> None:
    expected = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert run("canonical(JSON.parse(it))", json.dumps(document)) == expected


def test_canonical_json_is_in_nfc(run: Run) -> None:
    assert run("canonical({['e\\u0301']: 'A\\u030a'})") == '{"é":"Å"}'


@pytest.mark.parametrize(
    "value", ["1.5", "null", "true", "1e300", "9007199254740992", "[[{}, 0.1]]"]
)
def test_canonical_json_holds_nothing_else(run: Run, value: str) -> None:
    caught = "(() => { try { canonical(JSON.parse(it)); } catch ({ code }) { return code; } })()"
    assert run(caught, value) in {"not-integer-or-text", "number-too-large"}


def test_a_fingerprint_of_many_bytes(run: Run) -> None:
    expected = sha256(b"\xff" * 1_000_000).hexdigest()
    assert run("await digestOf(new Uint8Array(1000000).fill(255))") == expected


def test_signatures_of_quicknet(run: Run) -> None:
    for round_, signature in ROUNDS.items():
        assert run("await signedByQuicknet(it[0], it[1])", [round_, signature])
    for round_, signature in FALSE:
        assert not run("await signedByQuicknet(it[0], it[1])", [round_, signature])


def test_who_shares_tickets_with_whom_is_as_the_report_says(run: Run) -> None:
    """Random lotteries of a few people, and one of many."""
    generator = Random(2604)
    for people, size, panels in ((5, 2, 3), (6, 3, 20), (9, 1, 4), (120, 12, 200)):
        drawn = {
            tuple(sorted(generator.sample([f"{one:03d}" for one in range(people)], size)))
            for _ in range(panels)
        }
        lottery = [(members, generator.randint(1, 9)) for members in sorted(drawn)]
        documents = [{"members": members, "weight": weight} for members, weight in lottery]
        found = run("company(it)", {"panels": documents})
        stated = company(lottery)
        assert found == {
            "never": pytest.approx(stated.never),
            "independent": pytest.approx(stated.never_independent),
            "closest": pytest.approx(stated.closest),
            "cases": stated.nearly_always,
            "forced": stated.forced,
        }
