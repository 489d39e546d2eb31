"""The time stamp of a third party (RFC 3161), as far as it can be read without its certificates.

It states that a digest was there at a time, and is signed by whoever gave it. Read here are digest
and time; whether the signature is that of somebody who is to be trusted takes certificates, and a
program that knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sortition.audit.draw.sources import Source, time_of
from sortition.audit.log.events import TIME, Event
from sortition.audit.shapes.bundle import STAMP
from sortition.errors import Finding

SEQUENCE, INTEGER, OCTETS, OBJECT, TIME_TAG, EXPLICIT = 0x30, 0x02, 0x04, 0x06, 0x18, 0xA0
SHA_256 = bytes.fromhex("608648016503040201")
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
GRANTED = {b"\x00", b"\x01"}  # as asked for, or with changes
LARGEST = 10**6  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a time stamp states.

    Attributes
    ----------
    digest : str
        SHA-256 of what was stamped.
    time : str
        In UTC, as ``2026-11-22T01:20:00Z``.
    """

    digest: str
    time: str


def stamp_request(digest: str) -> bytes:
    """What is sent to somebody who gives time stamps, for a SHA-256 in hexadecimal."""
    algorithm = _written(SEQUENCE, _written(OBJECT, SHA_256) + b"\x05\x00")
    imprint = _written(SEQUENCE, algorithm + _written(OCTETS, bytes.fromhex(digest)))
    certificates_too = b"\x01\x01\xff"
    return _written(SEQUENCE, _written(INTEGER, b"\x01") + imprint + certificates_too)


def read_stamp(reply: bytes) -> Stamp:
    """What the reply to such a request states.

    Raises
    ------
    ValueError
        If it is none, or no stamp was granted.
    """
    if len(reply) > LARGEST:
        raise ValueError("too large")
    try:
        return _read(reply)
    except LookupError:
        raise ValueError("something is missing") from None


def _read(reply: bytes) -> Stamp:
    ((tag, whole),) = _values(reply)
    status, token = _values(whole)
    granted = _values(status[1])[0]
    if (tag, granted[0]) != (SEQUENCE, INTEGER) or granted[1] not in GRANTED:
        raise ValueError("no stamp was granted")
    kind, content = _values(token[1])
    ((_, signed),) = _values(content[1])
    inner_kind, inner = _values(_values(signed)[2][1])
    ((_, octets),) = _values(inner[1])
    if (kind[1], inner_kind[1], content[0]) != (SIGNED_DATA, STAMP_INFO, EXPLICIT):
        raise ValueError("no time stamp")
    ((_, info),) = _values(octets)
    _, _, imprint, _, (time_tag, time), *_ = _values(info)
    algorithm, (octets_tag, digest) = _values(imprint[1])
    if _values(algorithm[1])[0][1] != SHA_256 or (octets_tag, time_tag) != (OCTETS, TIME_TAG):
        raise ValueError("of another digest")
    return Stamp(digest=digest.hex(), time=_time(time.decode("ascii")))


def check_stamp(
    reply: bytes, announced: str, source: Source | None, events: Sequence[Event]
) -> Iterator[Finding]:
    """The stamp is of the commitment, and older than the chance."""
    try:
        stamp = read_stamp(reply)
    except ValueError:
        yield Finding(code="verify-stamp-form", file=STAMP)
        return
    if stamp.digest != announced:
        facts = {"needed": announced}
        yield Finding(code="verify-stamp-digest", file=STAMP, value=stamp.digest, facts=facts)
    spoke = min(_spoke(source, events), default="9")
    if stamp.time > spoke:
        facts = {"spoke": spoke}
        yield Finding(code="verify-stamp-late", file=STAMP, value=stamp.time, facts=facts)


def _spoke(source: Source | None, events: Sequence[Event]) -> Iterator[str]:
    """When the chance was known at the latest: to the second, on its day, or when it was drawn."""
    yield from (event.time for event in events if event.name == "drawn")
    if source is not None and source.round is not None:
        yield f"{time_of(source.round):{TIME}}"
    if source is not None:
        yield from (f"{one.when}T23:59:59Z" for one in source.numbers)


def _time(text: str) -> str:
    """A time of the form ``20261122012000Z``, with or without parts of a second."""
    whole, point, parts = text.removesuffix("Z").partition(".")
    if not text.endswith("Z") or (point and not parts.isdecimal()):
        raise ValueError("no time in UTC")
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC).strftime(TIME)


def _values(content: bytes) -> list[tuple[int, bytes]]:
    """The tags and contents that follow each other in DER.

    Raises
    ------
    ValueError
        If it is not DER.
    """
    found, place = [], 0
    while place < len(content):
        if len(content) - place < 2:
            raise ValueError("cut off")
        tag, length = content[place], content[place + 1]
        place += 2
        if length >= 0x80:
            digits = length - 0x80
            if not 1 <= digits <= 4 or len(content) - place < digits:
                raise ValueError("no length")
            length = int.from_bytes(content[place : place + digits], "big")
            place += digits
        if len(content) - place < length:
            raise ValueError("cut off")
        found.append((tag, content[place : place + length]))
        place += length
    return found


def _written(tag: int, content: bytes) -> bytes:
    if len(content) >= 0x80:
        raise ValueError("a request is short")
    return bytes([tag, len(content)]) + content
