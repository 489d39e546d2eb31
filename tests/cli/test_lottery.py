"""lottery.json on its own: who trusts nobody checks every ticket and repeats the draw."""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from itertools import count
from typing import Any

from tests.cli.running import SEED, Bounds, Row, rows_of

FEATURES = ("aldersgruppe", "bydel", "køn", "uddannelse")
EXAMPLE = (
    b'{"k":2,"panels":[{"members":["P2","P5"],"weight":3},{"members":["P3","P6"],"weight":4},'
    b'{"members":["P1","P4"],"weight":3}],"people":["P1","P2","P3","P4","P5","P6"],"quotas":['
    b'{"category":"sex","max":1,"members":["P1","P2","P3"],"min":1,"value":"f"},'
    b'{"category":"sex","max":1,"members":["P4","P5","P6"],"min":1,"value":"m"}],'
    b'"schema":"sortition-lottery/3"}'
)


def draw(lottery: bytes, seed: str) -> tuple[int, list[str]]:
    """The ticket and its panel, as the published rule says it and without this package."""
    panels = json.loads(lottery)["panels"]
    drawn_by = [panel["members"] for panel in panels for _ in range(panel["weight"])]
    seed_hash = sha256(f"sortition/seed/1\n{seed}".encode()).hexdigest()
    prefix = f"{seed_hash}|draw/{sha256(lottery).hexdigest()}|"
    blocks = (int(sha256(f"{prefix}{c}".encode()).hexdigest(), 16) for c in count())
    limit = 2**256 - 2**256 % len(drawn_by)
    ticket = next(block for block in blocks if block < limit) % len(drawn_by)
    return ticket, drawn_by[ticket]


def test_the_rule_of_the_draw_gives_the_known_ticket() -> None:
    digest = "7d3cedbba46380c6d482f9aadd4dc8ecb14b1a707db8aad9cc436858bcca181e"
    assert sha256(EXAMPLE).hexdigest() == digest
    assert draw(EXAMPLE, SEED) == (2, ["P2", "P5"])


def test_the_lottery_is_canonical(files: dict[str, bytes], lottery: Any, report: Any) -> None:
    data = files["lottery.json"]
    again = json.dumps(lottery, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == data
    assert b"." not in re.sub(rb'"[^"]*"', b"", data)  # whole numbers only
    assert report["lottery_digest"] == sha256(data).hexdigest()
    lines = ["\n".join(["sortition/panel/1", *panel["members"]]) for panel in lottery["panels"]]
    marks = [sha256(text.encode()).hexdigest() for text in lines]
    assert marks == sorted(set(marks))
    assert lottery["people"] == sorted(set(lottery["people"]))
    assert (lottery["schema"], lottery["k"]) == ("sortition-lottery/3", 36)


def test_anybody_can_repeat_the_draw(files: dict[str, bytes], manifest: Any) -> None:
    ticket, panel = draw(files["lottery.json"], SEED)
    assert manifest["ticket"] == ticket
    assert [row["deltager_id"] for row in rows_of(files["panel.csv"])] == panel


def test_every_ticket_keeps_every_rule(lottery: Any, pool: list[Row], bounds: Bounds) -> None:
    row_of = {row["deltager_id"]: row for row in pool}
    assert sum(panel["weight"] for panel in lottery["panels"]) == 1000
    for panel in lottery["panels"]:
        rows = [row_of[id] for id in panel["members"]]
        assert len(set(panel["members"])) == len(rows) == 36
        assert panel["weight"] >= 1
        seats = Counter((feature, row[feature]) for row in rows for feature in FEATURES)
        assert all(lower <= seats[pair] <= upper for pair, (lower, upper) in bounds.items())
        assert len({(row["adresse"], row["postnummer"]) for row in rows}) == 36


def test_the_lottery_says_who_counts_for_which_quota(
    lottery: Any, pool: list[Row], bounds: Bounds
) -> None:
    assert lottery["quotas"] == [
        {
            "category": feature,
            "value": value,
            "min": bounds[feature, value][0],
            "max": bounds[feature, value][1],
            "members": sorted(row["deltager_id"] for row in pool if row[feature] == value),
        }
        for feature, value in sorted(bounds)
    ]
    assert lottery["people"] == sorted(row["deltager_id"] for row in pool)
