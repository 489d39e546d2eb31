from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from sortition.audit.draw.rfc3797 import digest_of, key_of, selected
from sortition.audit.draw.sources import (
    Outcome,
    Source,
    beacon,
    outcome_of,
    round_at,
    source_of,
    time_of,
)

ROUND = 657413
SIGNATURE = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
RANDOMNESS = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
PUBLISHED = {"round": ROUND, "randomness": RANDOMNESS, "signature": SIGNATURE}


def codes(outcome: Outcome, promised: Source | None, tickets: int) -> list[str]:
    return [finding.code for finding in outcome.faults(promised, tickets)]


def read(**changes: object) -> Outcome | None:
    return beacon(json.dumps({**PUBLISHED, **changes}).encode())


def test_a_round_of_quicknet() -> None:
    outcome = read()
    assert outcome is not None
    assert outcome.text == RANDOMNESS
    assert codes(outcome, Source(kind="beacon", round=ROUND), 1000) == []
    assert codes(outcome, Source(kind="beacon", round=ROUND + 1), 1000) == ["beacon-round-other"]
    assert codes(outcome, Source(kind="drawn"), 1000) == ["source-other"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"randomness": RANDOMNESS[:-1] + "8"}, ["beacon-signature"]),
        ({"signature": SIGNATURE[:-1] + "c"}, ["beacon-signature"]),
        ({"signature": SIGNATURE[:-2]}, ["beacon-signature-form"]),
        ({"signature": "g" * 96}, ["beacon-signature-form"]),
    ],
)
def test_a_round_that_is_wrong(changes: dict[str, object], found: list[str]) -> None:
    outcome = read(**changes)
    assert outcome is not None
    assert codes(outcome, Source(kind="beacon", round=ROUND), 1000) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"round":1}',
        json.dumps({**PUBLISHED, "round": "657413"}).encode(),
        json.dumps({**PUBLISHED, "round": True}).encode(),
        json.dumps({**PUBLISHED, "round": 0}).encode(),
        json.dumps({**PUBLISHED, "randomness": None}).encode(),
        # the chained network, whose randomness rests on the round before
        json.dumps({**PUBLISHED, "previous_signature": "00"}).encode(),
    ],
)
def test_what_is_no_round(content: bytes) -> None:
    assert beacon(content) is None


def test_rounds_and_times() -> None:
    genesis = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert round_at(genesis) == 1
    assert round_at(genesis + timedelta(seconds=2)) == 1
    assert round_at(genesis + timedelta(seconds=3)) == 2
    assert time_of(1) == genesis
    assert round_at(time_of(ROUND)) == ROUND
    with pytest.raises(ValueError, match="did not run"):
        round_at(genesis - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("digits", "tickets", "found"),
    [
        ("187", 1000, []),
        ("000", 1000, []),
        ("999", 1000, []),
        ("87", 1000, ["digits-count"]),
        ("0187", 1000, ["digits-count"]),
        ("", 1000, ["digits-count"]),
        ("1x7", 1000, ["digits-count"]),
        ("-12", 1000, ["digits-count"]),
        ("١٢٣", 1000, ["digits-count"]),
        ("640", 640, ["digits-range"]),
        ("639", 640, []),
        ("0", 1, []),
        ("1000", 1001, []),
    ],
)
def test_digits_drawn_by_hand(digits: str, tickets: int, found: list[str]) -> None:
    outcome = Outcome(source=Source(kind="drawn"), text=digits)
    assert codes(outcome, None, tickets) == found
    if not found:
        assert outcome.ticket(tickets, "any") == int(digits)


def test_a_seed_draws_as_published() -> None:
    outcome = Outcome(source=Source(kind="seed"), text="63454660390103169462")
    lottery = "ee2818afa69fa870b99e2c023ff272f944968825e42d61dcd9eb01b6513676c1"
    assert outcome.ticket(10, lottery) == 6
    assert outcome.ticket(1000, lottery) == 36
    assert codes(Outcome(source=Source(kind="seed"), text=""), None, 10) == ["seed-empty"]


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "seed"},
        {"kind": "drawn"},
        {"kind": "beacon", "chain": "drand quicknet", "round": 7},
    ],
)
def test_promises_are_read_back(document: dict[str, object]) -> None:
    source = source_of(document)
    assert source is not None
    assert source.document() == document


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"kind": "dice"},
        {"kind": "seed", "round": 7},
        {"kind": "beacon"},
        {"kind": "beacon", "round": 7},
        {"kind": "beacon", "chain": "another", "round": 7},
        {"kind": "beacon", "chain": "drand quicknet", "round": True},
        {"kind": "beacon", "chain": "drand quicknet", "round": "7"},
        {"kind": "seed", "more": 1},
        {"kind": ["seed"]},
    ],
)
def test_what_is_no_promise(document: dict[str, object]) -> None:
    assert source_of(document) is None
    assert outcome_of({**document, "seed": "x"}) is None


def test_rfc_3797_section_6() -> None:
    key = key_of([[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]])
    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert digest_of(key, 0) == "990DD0A5692A029A98B5E01AA28F3459"
    assert selected(key, pool=25, count=10) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert sorted(selected(key, pool=25, count=25)) == list(range(1, 26))
    with pytest.raises(ValueError, match="more are wanted"):
        selected(key, pool=3, count=4)
