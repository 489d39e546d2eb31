"""Bundles in which one thing is wrong: the page says which, and never breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from .bundles import NUMBERS_SEED, TOKENS, Bundle, Document, build, canonical, digest
from .test_verify_page import BEACON, COMMITTED_ROUND, SIGNATURE
from .visits import Visit

OTHER = "ab" * 32


def edited(bundle: Bundle, name: str, **changes: Any) -> Bundle:
    """One file changed after everything was written."""
    return bundle.with_file(name, canonical({**json.loads(bundle.files[name]), **changes}))


def swap_panels(lottery: Document) -> None:
    lottery["panels"].reverse()


def swap_members(lottery: Document) -> None:
    lottery["panels"][1]["members"].reverse()


def add_stranger(lottery: Document) -> None:
    lottery["panels"][2]["members"][1] = "f" * 16


def drop_member(lottery: Document) -> None:
    lottery["panels"][0]["members"].pop()


def list_somebody_twice(lottery: Document) -> None:
    lottery["people"][1] = TOKENS[0]
    lottery["panels"][1]["members"] = [TOKENS[0], TOKENS[4]]


def forget_somebody(lottery: Document) -> None:
    lottery["people"].pop()
    lottery["panels"][2]["members"] = [TOKENS[2], TOKENS[4]]


def add_a_ticket(lottery: Document) -> None:
    lottery["panels"][2]["weight"] += 1


def weigh_nothing(lottery: Document) -> None:
    lottery["panels"][0]["weight"] = 0


def weigh_by_halves(lottery: Document) -> None:
    lottery["panels"][0]["weight"] = 2.5


def other_seal(lottery: Document) -> None:
    lottery["sealed"] = OTHER


def impossible_quota(lottery: Document) -> None:
    lottery["quotas"][0]["min"] = 2


def other_schema(lottery: Document) -> None:
    lottery["schema"] = "sortition-lottery/4"


def spaced(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()


def unsorted(document: object) -> bytes:
    assert isinstance(document, dict)
    backwards = dict(sorted(document.items(), reverse=True))
    return json.dumps(backwards, ensure_ascii=False, separators=(",", ":")).encode()


def decomposed(document: object) -> bytes:
    return canonical(document).replace("é".encode(), "e\u0301".encode())


def add_accent(lottery: Document) -> None:
    lottery["quotas"][0]["value"] = "é"


# one thing changed before all that follows was made from it
CONSISTENT: dict[str, tuple[Bundle, str, str]] = {
    "panels in another order": (build(lottery=swap_panels), "lottery", "out of order or there"),
    "members in another order": (build(lottery=swap_members), "lottery", "from 1): 2."),
    "a stranger on a panel": (build(lottery=add_stranger), "lottery", "not among the people"),
    "a member too few": (build(lottery=drop_member), "lottery", "do not have the size"),
    "somebody twice": (build(lottery=list_somebody_twice), "lottery", "there twice"),
    "somebody forgotten": (build(lottery=forget_somebody), "lottery", "has 5 people"),
    "a ticket too many": (build(lottery=add_a_ticket), "lottery", "have 11 tickets"),
    "another seal": (build(lottery=other_seal), "lottery", "another sealed lottery"),
    "an impossible quota": (build(lottery=impossible_quota), "lottery", "køn: kvinde"),
    "half a ticket": (build(lottery=weigh_by_halves), "lottery", "panels[0].weight"),
    "no ticket": (build(lottery=weigh_nothing), "lottery", "panels[0].weight"),
    "another schema": (build(lottery=other_schema), "lottery", "schema"),
    "spaces": (build(spell=spaced), "lottery", "canonical JSON"),
    "keys in another order": (build(spell=unsorted), "lottery", "canonical JSON"),
    "letters not composed": (
        build(lottery=add_accent, spell=decomposed),
        "lottery",
        "canonical JSON",
    ),
    "another ticket stated": (
        build(draw=lambda draw: draw.update(ticket=7)),
        "ticket",
        "the ticket is 6; stated was 7",
    ),
    "another panel stated": (
        build(draw=lambda draw: draw.update(panel=[TOKENS[0], TOKENS[3]])),
        "panel",
        "not that of ticket 6",
    ),
    "the draw of another commitment": (
        build(draw=lambda draw: draw.update(commitment=OTHER)),
        "drawn",
        "names another commitment",
    ),
    "a file that was not committed to": (
        build(commitment=lambda promise: promise["public"].pop("certificate.json")),
        "commitment",
        "public.certificate.json",
    ),
    "another kind of source": (
        build(committed={"kind": "drawn"}),
        "source",
        "says “drawn”, the draw used “seed”",
    ),
    "another round": (
        build(committed=COMMITTED_ROUND, source={**BEACON, "round": 657414}),
        "source",
        "round 657,414",
    ),
    "another chain": (
        build(committed=COMMITTED_ROUND, source={**BEACON, "chain": "drand default"}),
        "drawn",
        "source.chain",
    ),
    "randomness of another signature": (
        build(committed=COMMITTED_ROUND, source={**BEACON, "signature": SIGNATURE[::-1].hex()}),
        "source",
        "not the SHA-256 of its signature",
    ),
    "a seed in another spelling": (
        build(source={"kind": "seed", "seed": "a sentence"}),
        "source",
        "not written as was promised",
    ),
    "nobody's lottery": (
        build(commitment=lambda promise: promise["about"].update(organiser=" ")),
        "commitment",
        "about.organiser",
    ),
    "a round that was made up": (
        build(
            committed=COMMITTED_ROUND,
            source={**BEACON, "randomness": digest(b"\xab" * 48), "signature": "ab" * 48},
        ),
        "source",
        "not that of drand’s quicknet for round 657,413",
    ),
}


def test_the_check_that_is_wrong_is_named(visit: Visit) -> None:
    for name, (bundle, check, reason) in CONSISTENT.items():
        visit.choose(bundle)
        assert visit.wrong() == {check}, name
        assert reason in visit.told(check), name
        assert visit.text("#verdict").startswith("✗ Something is wrong."), name


def lines(bundle: Bundle) -> list[bytes]:
    return bundle.files["events.jsonl"].splitlines(keepends=True)


def with_log(bundle: Bundle, log: list[bytes]) -> Bundle:
    return bundle.with_file("events.jsonl", b"".join(log))


RIGHT = build()
FIRST, SECOND, THIRD = lines(RIGHT)
LATER_SEED = {"kind": "seed", "seed": "1.2.3./"}
# one file changed afterwards, and nothing else with it
AFTERWARDS: dict[str, tuple[Bundle, set[str]]] = {
    "certificate": (RIGHT.with_file("certificate.json", b"{}"), {"files", "events"}),
    "lottery": (edited(RIGHT, "lottery.json", k=3), {"files", "lottery", "events"}),
    "commitment": (
        edited(RIGHT, "commitment.json", certificate=OTHER),
        {"announced", "drawn", "events", "sheet"},
    ),
    "fewer tickets": (
        edited(RIGHT, "commitment.json", tickets=9),
        {"announced", "lottery", "drawn", "ticket", "panel", "events", "sheet"},
    ),
    "seed": (edited(RIGHT, "draw.json", source=LATER_SEED), {"ticket", "panel", "events"}),
    "event left out": (with_log(RIGHT, [FIRST, THIRD]), {"events"}),
    "events swapped": (with_log(RIGHT, [SECOND, FIRST, THIRD]), {"events"}),
    "event changed": (
        with_log(RIGHT, [FIRST.replace(b'"people":6', b'"people":7'), SECOND, THIRD]),
        {"events"},
    ),
    "event cut off": (with_log(RIGHT, [FIRST, SECOND, THIRD[:-1]]), {"events"}),
    "no events": (with_log(RIGHT, []), {"events"}),
}


def test_what_was_changed_afterwards_shows(visit: Visit) -> None:
    for name, (bundle, wrong) in AFTERWARDS.items():
        visit.choose(bundle, announced=RIGHT.announced)
        assert visit.wrong() == wrong, name


def relinked(**changes: Any) -> bytes:
    """The second event changed, with a digest that fits, and the third linked to it."""
    log, previous = FIRST, json.loads(FIRST)["digest"]
    for line, change in ((SECOND, changes), (THIRD, {})):
        event = {**json.loads(line), "previous": previous, **change}
        del event["digest"]
        previous = digest(canonical(event))
        log += canonical({**event, "digest": previous}) + b"\n"
    return log


LOGS = {
    "left out": (FIRST + THIRD, "Line 2 does not follow the line before"),
    "changed": (FIRST.replace(b'"people":6', b'"people":7') + SECOND + THIRD, "Line 1 was changed"),
    "earlier": (relinked(time="2026-11-21T23:59:59Z"), "Line 2 is earlier"),
    "no time": (relinked(time="yesterday"), "Line 2 is no event in due form"),
    "no facts": (relinked(facts="x"), "Line 2 is no event in due form"),
    "linked elsewhere": (relinked(previous=OTHER), "Line 2 does not follow the line before"),
    "another file": (
        relinked(facts={"files": {"public/lottery.json": OTHER}}),
        "wrote lottery.json names another fingerprint",
    ),
    "spaced": (FIRST.replace(b'","event"', b'", "event"') + SECOND + THIRD, "Line 1 is no event"),
    "cut off": (FIRST + SECOND + THIRD[:-1], "The last line is incomplete"),
}


def test_what_is_wrong_with_the_events_is_said(visit: Visit) -> None:
    for name, (log, reason) in LOGS.items():
        visit.choose(RIGHT.with_file("events.jsonl", log))
        assert visit.wrong() == {"events"}, name
        assert reason in visit.told("events"), name


def test_relinked_events_are_sound(visit: Visit) -> None:
    visit.choose(RIGHT.with_file("events.jsonl", relinked()))
    assert visit.wrong() == set()


RUBBISH = {
    "nothing": b"",
    "bytes": bytes(range(256)),
    "cut off": b'{"schema":"sortition-',
    "null": b"null",
    "a list": b"[1,2,3]",
    "truth": b'{"kind":true}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "large": b'{"k":123456789012345678901234567890}',
    "prototype": b'{"__proto__":{"k":2},"schema":"x"}',
    "a byte order mark": b"\xef\xbb\xbf" + RIGHT.files["lottery.json"],
}
CHECK_OF = {
    "commitment.json": "commitment",
    "lottery.json": "lottery",
    "draw.json": "drawn",
    "events.jsonl": "events",
}


@pytest.mark.parametrize(("file", "check"), CHECK_OF.items())
def test_rubbish_is_a_finding(visit: Visit, file: str, check: str) -> None:
    for name, rubbish in RUBBISH.items():
        visit.choose(RIGHT.with_file(file, rubbish), announced="")
        assert check in visit.wrong(), name
        assert visit.told(check), name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pool": {"root": "x", "size": 6}}, "pool.root"),
        ({"tickets": 0}, "tickets"),
        ({"source": {"kind": "dice"}}, "source.kind"),
        ({"source": {"kind": "beacon"}}, "source.chain, source.round"),
        ({"public": []}, "public"),
    ],
)
def test_a_commitment_in_another_form(visit: Visit, change: Mapping[str, Any], code: str) -> None:
    visit.choose(edited(RIGHT, "commitment.json", **change), announced="")
    assert "commitment" in visit.wrong()
    assert code in visit.told("commitment")
    assert visit.states()["source"] == visit.states()["panel"] == "open"


@pytest.mark.parametrize("digits", ["07", "x", "70"])
def test_digits_that_are_no_ticket(visit: Visit, digits: str) -> None:
    bundle = build(committed={"kind": "drawn"}, source={"kind": "drawn", "digits": "7"})
    source = {"kind": "drawn", "digits": digits}
    visit.choose(edited(bundle, "draw.json", source=source).without("events.jsonl"))
    assert visit.wrong() == {"drawn" if digits == "x" else "ticket"}


def test_digits_beyond_the_last_ticket(visit: Visit) -> None:
    bundle = build(
        weights=(3, 3, 5), committed={"kind": "drawn"}, source={"kind": "drawn", "digits": "10"}
    )
    visit.choose(bundle)
    assert visit.wrong() == set()
    source = {"kind": "drawn", "digits": "11"}
    visit.choose(edited(bundle, "draw.json", source=source).without("events.jsonl"))
    assert visit.wrong() == {"ticket"}
    assert "the last one is 10" in visit.told("ticket")


def test_what_was_not_chosen_was_not_checked(visit: Visit) -> None:
    visit.choose(RIGHT.without("certificate.json").without("events.jsonl"))
    states = visit.states()
    assert visit.wrong() == set()
    assert (states["files"], states["events"]) == ("open", "open")
    assert "certificate.json" in visit.told("files")
    assert visit.text("#verdict").startswith("– Nothing wrong was found")


def test_without_a_commitment_nothing_is_said_to_be_right(visit: Visit) -> None:
    visit.choose_files(RIGHT.without("commitment.json").files)
    visit.announce(RIGHT.announced)
    states = visit.states()
    assert visit.wrong() == {"commitment"}
    assert {states[check] for check in ("announced", "files", "source", "ticket")} == {"open"}


def archive_of_empty_files(number: int) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_STORED) as archive:
        for name in range(number):
            archive.writestr(str(name), b"")
    return held.getvalue()


ZIPPED = RIGHT.zipped()
ENTRY, END = ZIPPED.index(b"PK\1\2"), ZIPPED.rindex(b"PK\5\6")


def patched(at: int, content: bytes) -> bytes:
    return ZIPPED[:at] + content + ZIPPED[at + len(content) :]


ARCHIVES = {
    "cut off": (ZIPPED[: len(ZIPPED) // 2], "damaged"),
    "without a directory": (patched(END + 16, b"\0\0\0\0"), "damaged"),
    "pointing outside": (patched(ENTRY + 42, b"\xf0\xff\xff\x7f"), "damaged"),
    "larger than told": (patched(ENTRY + 24, b"\1\0\0\0"), "damaged"),
    "smaller than told": (
        patched(ENTRY + 24, (len(RIGHT.files["lottery.json"]) + 1).to_bytes(4, "little")),
        "damaged",
    ),
    "a bomb": (patched(ENTRY + 24, b"\xff\xff\xff\x7f"), "more than this page reads"),
    "encrypted": (patched(ENTRY + 8, b"\1\0"), "password"),
    "another method": (patched(ENTRY + 10, b"\x0e\0"), "compressed in a way"),
    "64 bits": (patched(END + 10, b"\xff\xff"), "ZIP64"),
    "many files": (archive_of_empty_files(1001), "more than 1,000 files"),
}


def test_a_bad_zip_is_a_finding(visit: Visit) -> None:
    for name, (content, reason) in ARCHIVES.items():
        visit.choose(Bundle(files={"public.zip": content}), announced="")
        assert "reading" in visit.wrong(), name
        assert reason in visit.told("reading"), name
        assert "public.zip" in visit.told("reading"), name


def test_two_files_of_one_name_are_a_finding(visit: Visit) -> None:
    visit.choose_files({"public.zip": ZIPPED, "lottery.json": RIGHT.files["lottery.json"]})
    assert visit.wrong() == {"reading"}
    assert "two files named lottery.json" in visit.told("reading")


def test_a_right_bundle_after_a_wrong_one(visit: Visit) -> None:
    visit.choose_files({"notes.txt": b"x"})
    assert visit.wrong() == {"commitment", "lottery"}
    visit.choose(RIGHT)
    assert set(visit.states().values()) == {"ok"}
    assert NUMBERS_SEED in visit.text("#figures")
    assert digest(RIGHT.files["commitment.json"]) in visit.text("#figures")
