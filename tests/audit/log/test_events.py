from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sortition.audit.log.events import log_with, read_log
from sortition.errors import VerificationFailed

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def three() -> bytes:
    log = log_with(b"", "prepared", {"files": {"a": "1"}}, at=NOON)
    log = log_with(log, "published", {"files": {"b": "2"}}, at=NOON)
    return log_with(log, "drawn", {"ticket": 7}, at=NOON.replace(hour=13))


def test_the_first_line_to_the_byte() -> None:
    # the digest is the SHA-256 of the same line without it
    assert log_with(b"", "prepared", {"n": 1}, at=NOON) == (
        b'{"digest":"78dc96b1a885fba500d0f0be2fe469b6b800054bdbb61fc4eba69ad0ebd274b4",'
        b'"event":"prepared","facts":{"n":1},"previous":"' + b"0" * 64 + b'",'
        b'"time":"2026-11-22T12:00:00Z"}\n'
    )


def test_a_clock_that_is_set_back_breaks_no_log() -> None:
    log = log_with(three(), "replaced", {}, at=NOON)
    assert [event.time[11:13] for event in read_log(log, "log")] == ["12", "12", "13", "13"]


def test_each_event_names_the_one_before() -> None:
    events = read_log(three(), "log")
    assert [event.name for event in events] == ["prepared", "published", "drawn"]
    assert [event.previous for event in events[1:]] == [event.digest for event in events[:-1]]
    assert [dict(event.files) for event in events] == [{"a": "1"}, {"b": "2"}, {}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda log: log[:-1], "verify-event-form"),
        (lambda log: b"", "verify-event-form"),
        (lambda log: log + b"\n", "verify-event-form"),
        (lambda log: log.replace(b'"ticket":7', b'"ticket":8'), "verify-event-digest"),
        (lambda log: log.replace(b'"ticket":7', b'"ticket": 7'), "verify-event-form"),
        (lambda log: log.replace(b'"ticket":7', b'"ticket":7.0'), "verify-event-form"),
        (lambda log: b"\n".join(log.split(b"\n")[1:]), "verify-event-chain"),
        (lambda log: b"\n".join(log.split(b"\n")[::2]) + b"\n", "verify-event-chain"),
        (lambda log: log.replace(b"T13:", b"T11:"), "verify-event-time"),
        (lambda log: log.replace(b"T13:00", b"T13:61"), "verify-event-time"),
        (lambda log: log.replace(b"drawn", b"\xff\xff\xff\xff\xff"), "verify-event-form"),
        (lambda log: log.replace(b'"facts":{"ticket":7}', b'"facts":[]'), "verify-event-form"),
    ],
)
def test_what_breaks_the_chain(change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(VerificationFailed) as failure:
        read_log(change(three()), "log")
    assert code in {finding.code for finding in failure.value.findings}
