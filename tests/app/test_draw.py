"""The page for the hall draws with what was promised: digits, a beacon or public numbers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest

from sortition.audit.draw.sources import time_of
from tests.cli.running import sortition
from tests.steps.publish.published import clock

from .asking import ORIGIN, Visitor

ROUND = 657413
SIGNATURE = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
ABOUT = {"objective": "leximin", "assembly": "Nordby", "organiser": "Nordby Kommune"}


@pytest.fixture
def ready(visitor: Visitor) -> Visitor:
    """An assembly whose lottery can be published."""
    return visitor.with_few()


def test_a_beacon_draws(ready: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of the past, published before it existed, as nobody can sign one of the future."""
    before, after = time_of(ROUND) - timedelta(hours=1), time_of(ROUND) + timedelta(hours=1)
    monkeypatch.setattr("sortition.steps.publish.run.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.sources.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.draw.datetime", clock(after))
    moment = time_of(ROUND).astimezone().replace(tzinfo=None).isoformat()
    ready.send("/lottery/publish", source="beacon", moment=moment, **ABOUT)
    page = ready.get("/draw")
    assert f"Round {ROUND} of the drand quicknet beacon" in page.words
    randomness = sha256(bytes.fromhex(SIGNATURE)).hexdigest()
    document = {"round": ROUND, "randomness": randomness, "signature": SIGNATURE}
    wrong = json.dumps({**document, "round": ROUND - 1}).encode()
    refused = ready.send("/draw/draw", {"beacon": ("r.json", wrong)}, sure="1")
    assert f"promised round {ROUND}" in refused.words
    assert not (ready.folder / "lottery/public/draw.json").exists()
    drawn = ready.send(
        "/draw/draw", {"beacon": ("r.json", json.dumps(document).encode())}, sure="1"
    )
    assert 'data-reveal="digits"' in drawn.html
    assert sortition("verify", "lottery", cwd=ready.folder).code == 0


def test_public_numbers_draw(ready: Visitor) -> None:
    day = date.today().isoformat()
    rule = f"3 from 1 to 9; Lotto; lotto.example; {day}"
    ready.send("/lottery/publish", source="seed", numbers=rule, **ABOUT)
    page = ready.get("/draw")
    assert "3 from 1 to 9: Lotto, lotto.example" in page.words
    assert "not written as was promised" in ready.send("/draw/draw", seed="7.1.5.", sure="1").words
    assert "Ticket" in ready.send("/draw/draw", seed="1.5.7./", sure="1").words
    assert sortition("verify", "lottery", cwd=ready.folder).code == 0


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"source": "beacon", "moment": "soon"}, "is no time"),
        ({"source": "seed", "numbers": "seven"}, "seven"),
        ({"source": "seed"}, "numbers"),
    ],
)
def test_a_source_that_nobody_knows_is_refused(
    ready: Visitor, form: dict[str, str], said: str
) -> None:
    page = ready.send("/lottery/publish", **form, **ABOUT)
    assert page.status == 422
    assert said in page.words
    assert not (ready.folder / "lottery").exists()


@pytest.mark.parametrize(
    ("language", "written"), [("da", "28. november 2026"), ("en", "28 November 2026")]
)
def test_a_day_is_written_as_the_language_writes_it(
    ready: Visitor, language: str, written: str
) -> None:
    ready.send("/lottery/publish", day="2026-11-28", **ABOUT)
    page = ready.client.get("/draw", headers={"accept-language": language, "origin": ORIGIN})
    assert written in page.text
