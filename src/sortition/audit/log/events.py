"""What happened to a lottery, in order: each event names the digest of the one before it.

An event is one line of canonical JSON with its own digest, so that no event can be changed, left
out or put in between without changing all that follow. Files that an event writes are named with
their digests.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sortition.audit.canonical import Json, canonical_json, digest
from sortition.audit.documents import parse
from sortition.audit.shapes.bundle import PUBLIC
from sortition.errors import Finding, VerificationFailed

FIRST = "0" * 64
TIME = "%Y-%m-%dT%H:%M:%SZ"
DEEPEST = 16  # lists and objects in each other
KEYS = ["digest", "event", "facts", "previous", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes
    ----------
    name : str
        What happened: ``prepared``, ``published``, ``drawn``, ``refused`` or ``replaced``, …
    facts : mapping
        ``files`` holds the digests of the files that were written, by their place in the folder.
    time : str
        When, in UTC, as ``2026-11-22T01:20:00Z``.
    previous, digest : str
        Of the event before it, and of this one without its digest.
    """

    name: str
    facts: Mapping[str, Any]
    time: str
    previous: str
    digest: str

    @property
    def files(self) -> Mapping[str, str]:
        """The digests of the files that the event wrote."""
        files: Mapping[str, str] = self.facts.get("files", {})
        return files


def log_with(log: bytes, name: str, facts: Json, *, at: datetime) -> bytes:
    """The log with one more event at its end.

    Parameters
    ----------
    log : bytes
        Whole and correct; empty at first.
    at : datetime
        In UTC. Where the clock was set back, or that of another computer was ahead, the event has
        the time of the one before it: no log goes backwards.
    """
    lines = log.splitlines()
    last = parse_line(lines[-1]) if lines else None
    time = at.strftime(TIME)
    event: dict[str, Json] = {
        "event": name,
        "facts": facts,
        "previous": last.digest if last else FIRST,
        "time": max(time, last.time) if last else time,
    }
    return log + canonical_json({**event, "digest": digest(canonical_json(event))}) + b"\n"


def file_digest(place: str, content: bytes, key: bytes | None) -> str:
    """The digest of a file as an event states it.

    Parameters
    ----------
    place : str
        In the folder.
    content : bytes
    key : bytes or None
        That of the tokens: files that are not public could be tried out, a list of one person in
        no time, so that their digests are keyed (HMAC-SHA256). None where no log is public.
    """
    if key is None or place.startswith(PUBLIC):
        return digest(content)
    return hmac.new(key, b"file|" + place.encode() + b"|" + content, sha256).hexdigest()


def parse_line(line: bytes) -> Event:
    """One line as an event; only its form is checked.

    Raises
    ------
    VerificationFailed
        If it is none.
    """
    document = parse(line, "events", dict)
    if not _is_event(document) or not _is_canonical(document, line):
        raise VerificationFailed((Finding(code="verify-event-form", file="events"),))
    return Event(
        name=document["event"],
        facts=document["facts"],
        time=document["time"],
        previous=document["previous"],
        digest=document["digest"],
    )


def read_log(content: bytes, file: str) -> Sequence[Event]:
    """The events of a log whose chain is whole.

    Raises
    ------
    VerificationFailed
        If a line is no event, or the chain is broken; every such line is listed.
    """
    events: list[Event] = []
    findings: list[Finding] = []
    lines = content.split(b"\n")
    if lines.pop() != b"" or not lines:
        findings.append(Finding(code="verify-event-form", file=file, row=len(lines) + 1))
    previous = FIRST
    for number, line in enumerate(lines, start=1):
        try:
            event = parse_line(line)
        except VerificationFailed:
            findings.append(Finding(code="verify-event-form", file=file, row=number))
            continue
        own: dict[str, Json] = {
            "event": event.name,
            "facts": dict(event.facts),
            "previous": event.previous,
            "time": event.time,
        }
        if digest(canonical_json(own)) != event.digest:
            findings.append(Finding(code="verify-event-digest", file=file, row=number))
        if event.previous != previous:
            findings.append(Finding(code="verify-event-chain", file=file, row=number))
        if not _is_time(event.time) or (events and event.time < events[-1].time):
            finding = Finding(code="verify-event-time", file=file, row=number, value=event.time)
            findings.append(finding)
        previous = event.digest
        events.append(event)
    if findings:
        raise VerificationFailed(tuple(findings))
    return events


def _is_event(document: Any) -> bool:
    texts = ("digest", "event", "previous", "time")
    return (
        list(document) == KEYS
        and all(isinstance(document[name], str) for name in texts)
        and isinstance(document["facts"], dict)
        and isinstance(document["facts"].get("files", {}), dict)
        and _is_within(document["facts"], DEEPEST)
    )


def _is_within(value: Any, depth: int) -> bool:
    """Whether lists and objects lie no deeper in each other: how deep programs follow differs."""
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_is_within(one, depth - 1) for one in inner)


def _is_canonical(document: Any, line: bytes) -> bool:
    try:
        return canonical_json(document) == line
    except (TypeError, ValueError, RecursionError):
        return False


def _is_time(text: str) -> bool:
    try:
        # years before 1000 are written in one way here and in another there
        return text[:1] != "0" and datetime.strptime(text, TIME).strftime(TIME) == text
    except ValueError:
        return False
