"""Make the vectors from one small lottery, with the standard library and the formats alone.

Each vector is a public bundle with one thing wrong, or nothing. What follows from a changed step
agrees with it wherever a forger could make it agree.
"""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.browser.bundles import below, canonical, digest

Document = dict[str, Any]
Change = Callable[[Document], object]
Files = dict[str, bytes]

HERE = Path(__file__).parent
BASE = json.loads((HERE / "base.json").read_text(encoding="utf-8"))
LOTTERY: Document = json.loads(BASE["lottery.json"])
OTHER = "ab" * 32
# stands for the page that the package writes, which changes with its words
PAGE = b"<!DOCTYPE html><title>The page of the package</title>\n"
ROUND, SIGNATURE = (
    657413,
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b",
)
RANDOMNESS = digest(bytes.fromhex(SIGNATURE))
OTHER_ROUND = (
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
)
LOTTO = {
    "count": 3,
    "highest": 36,
    "lowest": 1,
    "what": "Lotto",
    "when": "2026-11-22",
    "where": "danskespil.dk",
}
BY_HAND: tuple[Document, Document] = ({"kind": "drawn"}, {"kind": "drawn", "digits": "187"})
BY_NUMBERS: tuple[Document, Document] = (
    {"kind": "seed", "numbers": [LOTTO]},
    {"kind": "seed", "seed": "2.7.10./"},
)
PROMISED: Document = {"kind": "beacon", "chain": "drand quicknet", "round": ROUND}
BY_BEACON: tuple[Document, Document] = (
    PROMISED,
    {**PROMISED, "randomness": RANDOMNESS, "signature": SIGNATURE},
)
ACCEPTED, REFUSED, UNSEEN = "accepted", "refused", "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A bundle, and what has to be found.

    Attributes
    ----------
    name : str
    rule : int
        Of docs/rules.md.
    files : dict of str to bytes
        By name; a ZIP file stands alone.
    finding : str
        A code that the program gives; empty if the bundle is right.
    page : {"accepted", "refused", "unseen"}
        Unseen is what only the program looks at.
    """

    name: str
    rule: int
    files: Files
    finding: str = ""
    page: str = REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What is done to each step on the way to a bundle."""

    source: tuple[Document, Document] = BY_HAND
    day: str = "2026-11-22"
    lottery: Change = lambda _: None
    certificate: Change = lambda _: None
    commitment: Change = lambda _: None
    draw: Change = lambda _: None
    events: Callable[[list[Document]], object] = lambda _: None
    sheet: Callable[[str], str] = lambda text: text
    spell: Mapping[str, Callable[[object], bytes]] = field(default_factory=dict)
    drawn: bool = True


def bundle(steps: Steps) -> Files:
    """The files of a bundle, as whoever writes all of them makes them fit."""
    lottery, certificate = json.loads(BASE["lottery.json"]), json.loads(BASE["certificate.json"])
    steps.lottery(lottery)
    steps.certificate(certificate)

    def spelled(name: str, document: object) -> bytes:
        return steps.spell.get(name, canonical)(document)

    files = {
        "certificate.json": spelled("certificate.json", certificate),
        "lottery.json": spelled("lottery.json", lottery),
        "verify.html": PAGE,
    }
    tickets = sum(panel["weight"] for panel in LOTTERY["panels"])
    commitment: Document = {
        "about": {
            "assembly": "Klimaborgerting",
            "day": steps.day,
            "organiser": "Nordby Kommune",
            "step": "first draw",
        },
        "certificate": BASE["sealed"],
        "few_tickets": "",
        "inputs": {"pool": digest(b"pool"), "quotas": digest(b"quotas")},
        "lottery": LOTTERY["sealed"],
        "pool": {"root": BASE["root"], "size": len(LOTTERY["people"])},
        "preparation": digest(b"preparation"),
        "public": {name: digest(content) for name, content in files.items()},
        "schema": "sortition-commitment/2",
        "source": steps.source[0],
        "tickets": tickets,
    }
    steps.commitment(commitment)
    files["commitment.json"] = spelled("commitment.json", commitment)
    announced = digest(files["commitment.json"])
    sheet = f"<!DOCTYPE html><title>Draw sheet</title><code>{announced}</code>"
    files["draw_sheet.html"] = steps.sheet(sheet).encode()
    published = {f"public/{name}": digest(content) for name, content in files.items()}
    happened: list[Document] = [
        {"event": "prepared", "facts": {"files": {}}},
        {"event": "published", "facts": {"commitment": announced, "files": published}},
    ]
    if steps.drawn:
        ticket = ticket_of(steps.source[1], tickets)
        draw: Document = {
            "commitment": announced,
            "panel": panel_of(ticket),
            "schema": "sortition-draw/1",
            "source": steps.source[1],
            "ticket": ticket,
        }
        steps.draw(draw)
        files["draw.json"] = spelled("draw.json", draw)
        written = {"public/draw.json": digest(files["draw.json"])}
        happened.append({"event": "drawn", "facts": {"files": written, "ticket": ticket}})
    for number, event in enumerate(happened):
        event["time"] = f"{steps.day}T{number * 10:02}:20:00Z"
    steps.events(happened)
    files["events.jsonl"] = log_of(happened)
    return files


def log_of(happened: list[Document]) -> bytes:
    """The events, each linked to the one before it."""
    log, previous = b"", "0" * 64
    for event in happened:
        linked = {**event, "previous": event.get("previous", previous)}
        stated = linked.pop("digest", None)
        previous = digest(canonical(linked))
        log += canonical({**linked, "digest": stated or previous}) + b"\n"
    return log


def ticket_of(source: Document, tickets: int) -> int:
    """The ticket that a source draws."""
    if source["kind"] == "drawn":
        return int(source["digits"]) if source["digits"].isdecimal() else 0
    seed = source["seed"] if "seed" in source else source["randomness"]
    return below(tickets, seed=seed, domain=f"draw/{LOTTERY['sealed']}")


def panel_of(ticket: int) -> list[str]:
    """The panel of a ticket of the lottery as it is."""
    for panel in LOTTERY["panels"]:
        ticket -= panel["weight"]
        if ticket < 0:
            return list(panel["members"])
    return []


def put(place: str, value: object) -> Change:
    """A change of one place, such as ``about.day``; a value of None takes it away."""

    def change(document: Document) -> None:
        *path, last = [int(key) if key.isdigit() else key for key in place.split("|")]
        inner: Any = document
        for key in path:
            inner = inner[key]
        if value is None:
            del inner[last]
        else:
            inner[last] = value

    return change


def zipped(
    files: Files,
    *,
    folder: str = "",
    method: int = zipfile.ZIP_DEFLATED,
    more: tuple[tuple[str, bytes], ...] = (),
    comment: bytes = b"",
) -> Files:
    """The bundle as one ZIP file."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in [*((folder + n, c) for n, c in files.items()), *more]:
            archive.writestr(zipfile.ZipInfo(name), content, method)
        archive.comment = comment
    return {"public.zip": held.getvalue()}


def document(vectors: Iterable[Vector]) -> bytes:
    """The vectors as their file: what each has other than the base."""
    bases: Files = bundle(Steps())

    def told(content: bytes | None) -> object:
        if content is None:
            return None
        try:
            return content.decode()
        except UnicodeDecodeError:
            return {"base64": b64encode(content).decode()}

    def changed(files: Files) -> dict[str, object]:
        names = sorted({*files, *bases})
        return {name: told(files.get(name)) for name in names if files.get(name) != bases.get(name)}

    listed = [
        {
            "changes": changed(vector.files),
            "finding": vector.finding,
            "name": vector.name,
            "page": vector.page,
            "rule": vector.rule,
        }
        for vector in vectors
    ]
    whole = {"base": {name: told(content) for name, content in bases.items()}, "vectors": listed}
    return f"{json.dumps(whole, ensure_ascii=True, indent=1, sort_keys=True)}\n".encode()
