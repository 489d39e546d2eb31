"""Public bundles, made from the written formats with the standard library alone.

Nothing of the package is used, so that the page is held against what is written about it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

Document = dict[str, Any]
Change = Callable[[Document], object]

KEY = bytes(range(32))
SEED = "63454660390103169462"
# some digest; with it the seed draws ticket 6
SEALED = "ee2818afa69fa870b99e2c023ff272f944968825e42d61dcd9eb01b6513676c1"
IDS = ("P1", "P2", "P3", "P4", "P5", "P6")
# random to look at, but in the order of the ids, and with a 1 for which the panels are in the order
# of their marks as they stand in these tests
TOKENS = tuple(
    f"{number}{sha256(f'{id}/1'.encode()).hexdigest()[:15]}" for number, id in enumerate(IDS)
)
PAIRS = ((0, 3), (1, 4), (2, 5))
# with these the ticket is that of the vectors
DAY = "2026-11-22"
NUMBERS = {
    "count": 3,
    "highest": 36,
    "lowest": 1,
    "what": "Lotto",
    "when": DAY,
    "where": "danskespil.dk",
}
NUMBERS_SEED = "2.7.10./"
COMMITTED_NUMBERS: Document = {"kind": "seed", "numbers": [NUMBERS]}


def canonical(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def below(n: int, *, seed: str, domain: str) -> int:
    prefix = digest(f"sortition/seed/1\n{seed}".encode())
    for counter in count():
        block = int(digest(f"{prefix}|{domain}|{counter}".encode()), 16)
        if block < 2**256 - 2**256 % n:
            return block % n
    raise AssertionError


def nonce(id: str) -> bytes:
    return hmac.new(KEY, f"nonce|{id}".encode(), sha256).digest()


def leaf(row: Document) -> bytes:
    return sha256(b"\0" + nonce(row["id"]) + canonical(row)).digest()


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:middle]) + root(leaves[middle:])).digest()


def path(leaves: list[bytes], index: int) -> list[str]:
    if len(leaves) == 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return [*path(leaves[:middle], index), root(leaves[middle:]).hex()]
    return [*path(leaves[middle:], index - middle), root(leaves[:middle]).hex()]


def row(number: int) -> Document:
    gender = "kvinde" if number < 3 else "mand"
    return {
        "id": IDS[number],
        "own": own_digest(number),
        "token": TOKENS[number],
        "values": {"alder": "60+ år", "køn": gender},
    }


def own(number: int) -> Document:
    """What a volunteer wrote of herself."""
    return {"navn": f"Volunteer {number}", "telefon": ""}


def own_digest(number: int) -> str:
    return sha256(b"\2" + nonce(IDS[number]) + canonical(own(number))).hexdigest()


def events(*happened: tuple[str, Document], day: str = DAY) -> bytes:
    log, previous = b"", "0" * 64
    for number, (name, facts) in enumerate(happened):
        time = f"{day}T{number * 10:02}:20:00Z"
        event = {"event": name, "facts": facts, "previous": previous, "time": time}
        previous = digest(canonical(event))
        log += canonical({**event, "digest": previous}) + b"\n"
    return log


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    files: dict[str, bytes]

    @property
    def announced(self) -> str:
        return digest(self.files["commitment.json"])

    def with_file(self, name: str, content: bytes) -> Bundle:
        return Bundle(files={**self.files, name: content})

    def without(self, name: str) -> Bundle:
        return Bundle(files={key: file for key, file in self.files.items() if key != name})

    def zipped(self, method: int = ZIP_DEFLATED, folder: str = "") -> bytes:
        held = BytesIO()
        with ZipFile(held, "w", method) as archive:
            for name, content in self.files.items():
                archive.writestr(folder + name, content)
        return held.getvalue()

    def receipt(self, number: int) -> Document:
        leaves = [leaf(row(each)) for each in range(6)]
        return {
            "commitment": self.announced,
            "index": number,
            "nonce": nonce(IDS[number]).hex(),
            "own": own(number),
            "path": path(leaves, number),
            "row": row(number),
            "schema": "sortition-receipt/2",
            "size": 6,
        }


def lottery_document(weights: tuple[int, int, int]) -> Document:
    return {
        "k": 2,
        "panels": [
            {"members": [TOKENS[one], TOKENS[other]], "weight": weight}
            for (one, other), weight in zip(PAIRS, weights, strict=True)
        ],
        "people": list(TOKENS),
        "quotas": [
            {"category": "køn", "max": 1, "min": 1, "value": value} for value in ("kvinde", "mand")
        ],
        "schema": "sortition-lottery/3",
        "sealed": SEALED,
    }


def unchanged(_: Document) -> None:
    """What a step of `build` leaves as it is."""


def build(
    *,
    weights: tuple[int, int, int] = (3, 3, 4),
    committed: Document | None = None,
    source: Document | None = None,
    lottery: Change = unchanged,
    commitment: Change = unchanged,
    draw: Change = unchanged,
    spell: Callable[[object], bytes] = canonical,
    day: str = DAY,
) -> Bundle:
    """A bundle; what follows a changed step agrees with it, so that one thing only is wrong.

    Parameters
    ----------
    weights : tuple of int
        Of the three panels.
    committed, source : dict, optional
        The source of chance, as committed to and as it came out; the seed of the vectors.
    lottery, commitment, draw
        What to change in each document before it is written.
    spell
        How the lottery is written.
    day
        Of the draw and of all events.
    """
    shape = lottery_document(weights)
    lottery(shape)
    files = {
        "lottery.json": spell(shape),
        "certificate.json": b'{"schema":"certificate"}',
        "verify.html": b"<!DOCTYPE html><title>Check</title>",
    }
    promise: Document = {
        "about": {
            "assembly": "Klimaborgerting",
            "day": day,
            "organiser": "Nordby Kommune",
            "step": "first draw",
        },
        "certificate": digest(b"sealed certificate"),
        "few_tickets": "" if sum(weights) >= 1000 else "a test",
        "inputs": {"pool": digest(b"pool"), "quotas": digest(b"quotas")},
        "lottery": SEALED,
        "pool": {"root": root([leaf(row(number)) for number in range(6)]).hex(), "size": 6},
        "preparation": digest(b"preparation"),
        "public": {name: digest(content) for name, content in files.items()},
        "schema": "sortition-commitment/2",
        "source": committed or COMMITTED_NUMBERS,
        "tickets": sum(weights),
    }
    commitment(promise)
    files["commitment.json"] = canonical(promise)
    announced = digest(files["commitment.json"])
    files["draw_sheet.html"] = f"<title>Draw sheet</title><code>{announced}</code>".encode()
    outcome = source or {"kind": "seed", "seed": NUMBERS_SEED}
    ticket = _ticket(outcome, promise["tickets"])
    drawn: Document = {
        "commitment": digest(files["commitment.json"]),
        "panel": _panel(lottery_document(weights) if lottery is unchanged else shape, ticket),
        "schema": "sortition-draw/1",
        "source": outcome,
        "ticket": ticket,
    }
    draw(drawn)
    written = {f"public/{name}": digest(content) for name, content in files.items()}
    files["draw.json"] = canonical(drawn)
    drawing = {"public/draw.json": digest(files["draw.json"])}
    files["events.jsonl"] = events(
        ("prepared", {"people": 6}),
        ("published", {"commitment": announced, "files": written}),
        ("drawn", {"files": drawing, "ticket": drawn["ticket"]}),
        day=day,
    )
    return Bundle(files=files)


def _ticket(source: Document, tickets: int) -> int:
    if source["kind"] == "drawn":
        return int(source["digits"])
    seed = source.get("seed") or source["randomness"]
    return below(tickets, seed=seed, domain=f"draw/{SEALED}")


def _panel(lottery: Document, ticket: int) -> list[str]:
    for panel in lottery["panels"]:
        ticket -= int(panel["weight"])
        if ticket < 0:
            members: list[str] = panel["members"]
            return members
    return []
