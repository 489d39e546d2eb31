"""The vectors: public bundles, right and wrong, in the order of docs/rules.md."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from tests.browser.bundles import canonical, digest
from tests.conformance.making import (
    ACCEPTED,
    BY_BEACON,
    BY_HAND,
    BY_NUMBERS,
    LOTTERY,
    LOTTO,
    OTHER,
    OTHER_ROUND,
    PROMISED,
    RANDOMNESS,
    REFUSED,
    ROUND,
    SIGNATURE,
    UNSEEN,
    Change,
    Document,
    Files,
    Steps,
    Vector,
    bundle,
    put,
    zipped,
)

DOCUMENTS = ("commitment.json", "lottery.json", "draw.json", "certificate.json")
PEOPLE: list[str] = LOTTERY["people"]
WEIGHT = f'"weight":{LOTTERY["panels"][0]["weight"]}'.encode()
BEACON = Steps(source=BY_BEACON, day="2023-09-15")
NUMBERS = Steps(source=BY_NUMBERS)


def vectors() -> Iterator[Vector]:
    """All of them."""
    make, right = bundle, bundle(Steps())
    yield from _right(make, right)
    yield from _spelled(make)
    yield from _read_otherwise(make)
    yield from _keyed(make)
    yield from _missing(right)
    yield from _archives(right)
    yield from _about(make)
    yield from _logged(make, right)
    yield from _committed(make)
    yield from _tickets(make)
    yield from _shared(make)
    yield from _proofs(make)
    yield from _sources(make)
    yield from _drawn(make)


Make = Callable[[Steps], Files]


def _right(make: Make, right: Files) -> Iterator[Vector]:
    def accepted(name: str, files: Files) -> Vector:
        return Vector(name=name, rule=1, files=files, page=ACCEPTED)

    refusal: Document = {"event": "refused", "facts": {}, "time": "2026-11-22T21:00:00Z"}
    yield accepted("drawn by hand", right)
    yield accepted("drawn by numbers", make(NUMBERS))
    yield accepted("drawn by a beacon", make(BEACON))
    yield accepted(
        "a second draw that was refused", make(Steps(events=lambda e: e.append(refusal)))
    )
    yield accepted("a file that nobody knows", {**right, "notes.txt": b"x"})
    yield accepted("a map among the inputs", make(Steps(commitment=put("inputs|map", OTHER))))
    yield accepted("in a ZIP file", zipped(right))
    yield accepted("stored in a ZIP file", zipped(right, method=zipfile.ZIP_STORED))
    yield accepted("in a folder of a ZIP file", zipped(right, folder="lottery/public/"))
    composed = put("about|assembly", "R\u00e5d \u2014 \U0001f3b2")
    yield accepted("letters of all kinds", make(Steps(commitment=composed)))
    # combining marks that Unicode 15 and 16 brought, whose order in NFC older programs do not know
    for letter in ("\U00010efd", "\U00016122", "\u0897"):
        named = make(Steps(commitment=put("about|assembly", f"R{letter}\u0323d")))
        yield Vector(
            name=f"a letter of a later Unicode, U+{ord(letter):04X}",
            rule=1,
            files=named,
            finding="verify-letters",
            page="refused",
        )


def _spelled(make: Make) -> Iterator[Vector]:
    """Rule 1: one spelling."""

    def loose(document: object) -> bytes:
        return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()

    def backwards(document: object) -> bytes:
        assert isinstance(document, dict)
        turned = dict(sorted(document.items(), reverse=True))
        return json.dumps(turned, ensure_ascii=False, separators=(",", ":")).encode()

    spellings: dict[str, tuple[Callable[[object], bytes], str]] = {
        "spaces": (loose, "verify-spelling"),
        "keys in another order": (backwards, "verify-keys"),
        "a line feed at its end": (lambda d: canonical(d) + b"\n", "verify-spelling"),
        "a byte order mark": (lambda d: b"\xef\xbb\xbf" + canonical(d), "verify-not-json"),
        "an escaped letter": (
            lambda d: canonical(d).replace(b'"schema"', b'"sch\\u0065ma"'),
            "verify-spelling",
        ),
        "a key twice": (
            lambda d: canonical(d).replace(b'"schema":', b'"schema":"x","schema":'),
            "verify-spelling",
        ),
        "half a letter": (
            lambda d: canonical(d).replace(b'"sortition-', b'"\\ud800sortition-'),
            "verify-not-json",
        ),
        "a byte that is no letter": (
            lambda d: canonical(d).replace(b'"sortition-', b'"\xffsortition-'),
            "verify-not-json",
        ),
        "cut off": (lambda d: canonical(d)[:-1], "verify-not-json"),
        "nothing": (lambda _: b"", "verify-not-json"),
        "null": (lambda _: b"null", "verify-type"),
    }
    for name in DOCUMENTS:
        page = UNSEEN if name == "certificate.json" else "refused"
        for how, (spell, finding) in spellings.items():
            files = make(Steps(spell={name: spell}))
            yield Vector(name=f"{name}: {how}", rule=1, files=files, finding=finding, page=page)
    wholes = {
        "half a ticket": ("lottery.json", WEIGHT, WEIGHT + b".5"),
        "a ticket with a point": ("lottery.json", WEIGHT, WEIGHT + b".0"),
        "a ticket that is true": ("lottery.json", WEIGHT, b'"weight":true'),
        "a size in words": ("lottery.json", b'"k":2', b'"k":"2"'),
        "tickets with an exponent": ("commitment.json", b'"tickets":1000', b'"tickets":1e3'),
        "a ticket below none": ("draw.json", b'"ticket":187', b'"ticket":-187'),
    }
    for how, (name, before, after) in wholes.items():
        exchange = partial(_exchanged, before=before, after=after)
        finding = "verify-ticket" if name == "draw.json" else "verify-type"
        yield Vector(
            name=f"{name}: {how}",
            rule=1,
            files=make(Steps(spell={name: exchange})),
            finding=finding,
        )


def _exchanged(document: object, *, before: bytes, after: bytes) -> bytes:
    return canonical(document).replace(before, after, 1)


def _keyed(make: Make) -> Iterator[Vector]:
    """Rule 1: just the keys that the schema has."""
    documents: dict[str, tuple[str, tuple[str, ...]]] = {
        "commitment": (
            "commitment.json",
            (
                *(
                    "about",
                    "certificate",
                    "few_tickets",
                    "inputs",
                    "lottery",
                    "pool",
                    "preparation",
                ),
                *("public", "schema", "source", "tickets", "about|step", "pool|root", "pool|size"),
                *("about|assembly", "about|day", "about|organiser", "public|verify.html"),
            ),
        ),
        "lottery": (
            "lottery.json",
            (
                "k",
                "panels",
                "people",
                "quotas",
                "schema",
                "sealed",
                "panels|0|weight",
                "quotas|0|max",
            ),
        ),
        "draw": ("draw.json", ("commitment", "panel", "schema", "source", "ticket")),
        "certificate": ("certificate.json", ("chances", "proofs", "rows", "complete", "cuts")),
    }
    for step, (file, keys) in documents.items():
        page = UNSEEN if step == "certificate" else "refused"
        for key in keys:
            files = make(Steps(**{step: put(key, None)}))  # type: ignore[arg-type]
            yield Vector(
                name=f"{file}: without {key}", rule=1, files=files, finding="verify-keys", page=page
            )
        files = make(Steps(**{step: put("note", "fine")}))  # type: ignore[arg-type]
        yield Vector(
            name=f"{file}: a key more", rule=1, files=files, finding="verify-keys", page=page
        )
    inputs = make(Steps(commitment=put("inputs|pool", None)))
    yield Vector(name="no digest of the pool", rule=4, files=inputs, finding="verify-no-digest")


def _missing(right: Files) -> Iterator[Vector]:
    for name in right:
        files = {other: content for other, content in right.items() if other != name}
        yield Vector(name=f"without {name}", rule=1, files=files, finding="verify-missing")


def _archives(right: Files) -> Iterator[Vector]:
    """Rule 1: one way to read an archive."""
    (whole,) = zipped(right).values()
    entry, end = whole.index(b"PK\1\2"), whole.rindex(b"PK\5\6")

    def patched(at: int, content: bytes) -> Files:
        return {"public.zip": whole[:at] + content + whole[at + len(content) :]}

    def broken(name: str, files: Files, finding: str = "archive-unreadable") -> Vector:
        return Vector(name=f"a ZIP file {name}", rule=1, files=files, finding=finding)

    ambiguous = "archive-ambiguous"
    yield broken("with something before it", {"public.zip": b"#!/bin/sh\n" + whole})
    yield broken("with something after it", {"public.zip": whole + b"\n"})
    yield broken("with a comment", zipped(right, comment=b"see below"))
    yield broken("within the comment of another", zipped({}, comment=whole))
    yield broken("cut off", {"public.zip": whole[: len(whole) // 2]})
    yield broken("with a password", patched(entry + 8, b"\1\0"))
    yield broken("packed in an unusual way", patched(entry + 10, b"\x0e\0"))
    yield broken("with another CRC-32", patched(entry + 16, b"\0\0\0\0"))
    yield broken("with a file larger than it says", patched(entry + 24, b"\1\0\0\0"))
    yield broken("with another name before the content", patched(30, b"X"))
    yield broken("with more files than it says", patched(end + 8, b"\1\0\1\0"))
    yield broken("of several disks", patched(end + 4, b"\1\0"))
    extra: dict[str, str] = {
        "with two commitments": "other/commitment.json",
        "with a commitment above the folder": "x/public/commitment.json",
        "that leads out of its folder": "../x",
        "with an absolute name": "/x",
        "with a backslash": "a\\b",
        "with two names that differ in capitals": "LOTTERY.JSON",
        "with a name that has no end": "a//b",
        "with a letter that does not show": "a\u200b",
    }
    for name, path in extra.items():
        yield broken(name, zipped(right, more=((path, b"{}"),)), ambiguous)


def _read_otherwise(make: Make) -> Iterator[Vector]:
    """What one language takes for a space, a day or a number, and another does not."""
    changes: dict[str, tuple[Steps, int, str]] = {}
    for name, sign in (("a control", "\x85"), ("a separator", "\x1f"), ("a mark", "\ufeff")):
        assembly, numbers = put("about|assembly", sign), {"numbers": [{**LOTTO, "what": sign}]}
        about = Steps(commitment=assembly)
        promised = Steps(source=({"kind": "seed", **numbers}, BY_NUMBERS[1]))
        changes[f"an assembly that is {name}"] = (about, 3, "verify-about")
        changes[f"numbers of {name}"] = (promised, 9, "verify-source-form")
    for year in ("0000", "0001", "0999"):
        day = Steps(commitment=put("about|day", f"{year}-01-01"))
        changes[f"a day of the year {year}"] = (day, 3, "verify-about")
    early = Steps(events=lambda e: e[0].update(time="0999-01-01T00:20:00Z"))
    changes["an event of the year 0999"] = (early, 4, "verify-event-time")
    wide = put("quotas|0|max", 2**53), put("rows|1|upper", 2**53)
    widened = Steps(lottery=wide[0], certificate=wide[1])
    changes["a quota too large for some programs"] = (widened, 1, "verify-not-json")
    told = Steps(events=lambda e: e[0]["facts"].update(count=2**53))
    changes["an event with a number too large for some"] = (told, 4, "verify-event-form")
    for name, depth, finding in (("deep", 15, ""), ("too deep", 16, "verify-event-form")):
        nested = json.loads("[" * depth + "]" * depth)
        steps = Steps(events=partial(_told, nested))
        changes[f"an event with lists {name} in each other"] = (steps, 4, finding)
    for name, (steps, rule, finding) in changes.items():
        page = REFUSED if finding else ACCEPTED
        yield Vector(name=name, rule=rule, files=make(steps), finding=finding, page=page)


def _told(value: object, events: list[Document]) -> None:
    events[0]["facts"].update(told=value)


def _about(make: Make) -> Iterator[Vector]:
    """Rule 3."""
    changes = {
        "no assembly": put("about|assembly", " "),
        "no organiser": put("about|organiser", ""),
        "a day that is none": put("about|day", "2026-02-30"),
        "a day in words": put("about|day", "today"),
    }
    for name, change in changes.items():
        files = make(Steps(commitment=change))
        yield Vector(name=name, rule=3, files=files, finding="verify-about")
    early = make(Steps(commitment=put("about|day", "2026-11-24")))
    yield Vector(name="drawn before the day", rule=3, files=early, finding="verify-about-day")
    step = make(Steps(commitment=put("about|step", "second draw")))
    yield Vector(name="another step", rule=3, files=step, finding="verify-type")


def _logged(make: Make, right: Files) -> Iterator[Vector]:
    """Rule 4: the log."""

    def moved(number: int, time: str) -> Callable[[list[Document]], None]:
        return lambda events: events[number].update(time=time)

    order, form, time = "verify-event-order", "verify-event-form", "verify-event-time"
    happened: dict[str, tuple[Callable[[list[Document]], object], str]] = {
        "two draws": (lambda e: e.append(dict(e[2])), order),
        "no published event": (lambda e: e.pop(1), order),
        "no prepared event": (lambda e: e.pop(0), order),
        "published before it was prepared": (
            lambda e: e.insert(0, {**e.pop(1), "time": e[0]["time"]}),
            order,
        ),
        "another commitment in the log": (
            lambda e: e[1]["facts"].update(commitment=OTHER),
            "verify-event-commitment",
        ),
        "no commitment in the log": (
            lambda e: e[1]["facts"].pop("commitment"),
            "verify-event-commitment",
        ),
        "another ticket in the log": (
            lambda e: e[2]["facts"].update(ticket=188),
            "verify-event-ticket",
        ),
        "a ticket in words in the log": (
            lambda e: e[2]["facts"].update(ticket="187"),
            "verify-event-ticket",
        ),
        "a file as it was": (
            lambda e: e[1]["facts"]["files"].update({"public/lottery.json": OTHER}),
            "verify-digest",
        ),
        "a file that no event wrote": (
            lambda e: e[1]["facts"]["files"].pop("public/draw_sheet.html"),
            "verify-not-logged",
        ),
        "a file that was written and is gone": (
            lambda e: e[1]["facts"]["files"].update({"public/more.json": OTHER}),
            "verify-missing",
        ),
        "the month 13": (moved(2, "2026-13-01T00:00:00Z"), time),
        "the 30th of February": (moved(2, "2027-02-30T00:00:00Z"), time),
        "the hour 24": (moved(2, "2026-11-22T24:00:00Z"), time),
        "the second 60": (moved(2, "2026-11-22T23:59:60Z"), time),
        "a time with a zone": (moved(2, "2026-11-22T23:59:59+01:00"), time),
        "a time in words": (moved(2, "later"), time),
        "an event before the one before": (moved(1, "2026-11-21T00:00:00Z"), time),
        "an event of another digest": (lambda e: e[0].update(digest=OTHER), "verify-event-digest"),
        "an event after none": (lambda e: e[1].update(previous=OTHER), "verify-event-chain"),
        "facts that are a list": (lambda e: e[0].update(facts=[]), form),
        "files that are a list": (lambda e: e[0].update(facts={"files": []}), form),
        "an event without a name": (lambda e: e[0].pop("event"), form),
        "an event with a key more": (lambda e: e[0].update(note="x"), form),
        "an event with a number for a name": (lambda e: e[0].update(event=7), form),
    }
    for name, (change, finding) in happened.items():
        yield Vector(name=name, rule=4, files=make(Steps(events=change)), finding=finding)
    lines = right["events.jsonl"].splitlines(keepends=True)
    logs = {
        "a log cut off": (b"".join(lines)[:-1], form),
        "a log without its first event": (b"".join(lines[1:]), "verify-event-chain"),
        "a log without its last event": (b"".join(lines[:-1]), order),
        "an empty log": (b"", form),
        "an empty line in the log": (b"".join([lines[0], b"\n", *lines[1:]]), form),
        "a log with spaces": (right["events.jsonl"].replace(b'","event"', b'", "event"', 1), form),
    }
    for name, (log, finding) in logs.items():
        files = {**right, "events.jsonl": log}
        yield Vector(name=name, rule=4, files=files, finding=finding)


def _committed(make: Make) -> Iterator[Vector]:
    """Rule 4: the commitment and the sheet."""
    stands = "verify-commitment"
    changes: dict[str, tuple[Change, str, str]] = {
        "another lottery": (put("lottery", OTHER), stands, "refused"),
        "another sealed proof": (put("certificate", OTHER), stands, UNSEEN),
        "another file of the lottery": (put("public|lottery.json", OTHER), stands, "refused"),
        "another file of the proof": (put("public|certificate.json", OTHER), stands, "refused"),
        "another page": (put("public|verify.html", OTHER), stands, "refused"),
        "more people in the pool": (put("pool|size", 8), stands, "refused"),
        "more tickets": (put("tickets", 1001), stands, "refused"),
        "a root that is no digest": (put("pool|root", "x"), "verify-no-digest", "refused"),
        "a lottery that is no digest": (put("lottery", "x"), "verify-no-digest", "refused"),
        "capitals in a digest": (put("inputs|pool", "AB" * 32), "verify-no-digest", "refused"),
        "a preparation that is no digest": (put("preparation", ""), "verify-no-digest", "refused"),
    }
    for name, (change, finding, page) in changes.items():
        files = make(Steps(commitment=change))
        yield Vector(name=name, rule=4, files=files, finding=finding, page=page)
    sheets: dict[str, tuple[Callable[[str], str], str]] = {
        "a sheet without the digest": (lambda _: "<p>Draw</p>", "verify-page"),
        "a sheet with a digest of another": (
            lambda text: f"{text}<p>{OTHER}</p>",
            "verify-sheet-digests",
        ),
    }
    for name, (sheet, finding) in sheets.items():
        yield Vector(name=name, rule=4, files=make(Steps(sheet=sheet)), finding=finding)


def _tickets(make: Make) -> Iterator[Vector]:
    """Rules 6 and 7."""

    def one(lottery: Document) -> None:
        lottery["panels"] = [{**lottery["panels"][0], "weight": 1000}]

    order, panels = "verify-order", "panels|0|members"
    changes: dict[str, tuple[Change, str, str]] = {
        "panels in another order": (lambda d: d["panels"].reverse(), order, "refused"),
        "a panel twice": (lambda d: d["panels"].insert(0, d["panels"][0]), order, "refused"),
        "no panels": (put("panels", []), order, "refused"),
        "members in another order": (
            lambda d: d["panels"][0]["members"].reverse(),
            order,
            "refused",
        ),
        "a member twice": (put(panels, [PEOPLE[0], PEOPLE[0]]), order, "refused"),
        "a stranger": (put(panels, [PEOPLE[0], "f" * 16]), "verify-stranger", "refused"),
        "a member too few": (put(panels, PEOPLE[:1]), "verify-panel-size", "refused"),
        "people in another order": (lambda d: d["people"].reverse(), order, "refused"),
        "somebody twice": (lambda d: d["people"].insert(0, PEOPLE[0]), order, "refused"),
        "nobody": (put("people", []), order, "refused"),
        "a name in place of a token": (put("people|6", "zzz"), "verify-token", "refused"),
        "a panel of nobody": (put("k", 0), "verify-no-seats", "refused"),
        "a panel without a ticket": (put("panels|0|weight", 0), "verify-weight", "refused"),
        "quotas in another order": (lambda d: d["quotas"].reverse(), order, "refused"),
        "no quotas": (put("quotas", []), order, "refused"),
        "a quota that asks for more than it allows": (
            put("quotas|0|min", 2),
            "verify-quota-bounds",
            "refused",
        ),
        "a quota below none": (put("quotas|0|min", -1), "verify-quota-bounds", "refused"),
        "all tickets on one panel": (one, "verify-public-deviation", UNSEEN),
    }
    first = put("panel", LOTTERY["panels"][0]["members"])
    for name, (change, finding, page) in changes.items():
        files = make(Steps(lottery=change, draw=first if change is one else lambda _: None))
        yield Vector(name=name, rule=6, files=files, finding=finding, page=page)
    off = {"largest_deviation": 10**15}
    files = make(Steps(lottery=one, draw=first, certificate=lambda d: d.update(off)))
    yield Vector(
        name="all tickets on one panel, and stated so",
        rule=7,
        files=files,
        finding="verify-tickets-off",
        page=UNSEEN,
    )
    few = make(Steps(commitment=put("tickets", 999)))
    yield Vector(
        name="few tickets without a reason", rule=7, files=few, finding="verify-few-tickets"
    )


def sharing(bands: object) -> Change:
    """The proof with ranges of chances in place of the chances, or with none."""

    def change(document: Document) -> None:
        for name in ("chances", "proofs", "shares"):
            del document[name]
        document |= {"bands": bands, "schema": "sortition-public-certificate/2"}

    return change


def _shared(make: Make) -> Iterator[Vector]:
    """Rule 7, where less is public: only the program looks at it."""
    low, high = 250000000000000, 333333333000000
    right: dict[str, object] = {"ranges of chances": [[low, high, 7]], "no chances": []}
    for name, bands in right.items():
        files = make(Steps(certificate=sharing(bands)))
        yield Vector(name=name, rule=7, files=files, page=ACCEPTED)
    ranges: dict[str, tuple[object, str]] = {
        "ranges of more people": ([[low, high, 8]], "verify-public-people"),
        "ranges of fewer than may be": ([[low, low, 4], [high, high, 3]], "verify-public-lists"),
        "a range from above to below": ([[high, low, 7]], "verify-public-lists"),
        "a range below nothing": ([[-(10**6), high, 7]], "verify-public-lists"),
        "a range of more digits than are told": ([[low + 1, high, 7]], "verify-public-lists"),
        "ranges that allow for no panel": ([[high, high, 7]], "verify-public-total"),
        "ranges that allow for a smaller panel": ([[low, low + 10**13, 7]], "verify-public-total"),
        "ranges that tickets do not follow": (
            [[low + 10**13, 4 * 10**14, 7]],
            "verify-public-deviation",
        ),
        "a range that is none": ([[low, high]], "verify-type"),
    }
    for name, (bands, finding) in ranges.items():
        files = make(Steps(certificate=sharing(bands)))
        yield Vector(name=name, rule=7, files=files, finding=finding, page=UNSEEN)


def _proofs(make: Make) -> Iterator[Vector]:
    """Rule 8: only the program adds them up."""
    changes: dict[str, tuple[Change, str]] = {
        "a bound that is no sum": (put("proofs|0|bound", 1), "verify-bound"),
        "a part below none": (put("proofs|0|people", -1), "verify-proof"),
        "chances that do not add up": (
            put("chances|0|0", 250000000000001 + 10**9),
            "verify-public-total",
        ),
        "chances in another order": (lambda d: d["chances"].reverse(), "verify-public-lists"),
        "chances of more people": (put("chances|0|1", 5), "verify-public-people"),
        "rows of other quotas": (put("rows|1|name", "sex: x"), "verify-public-rows"),
        "another size": (put("k", 3), "verify-public-rows"),
        "a gap": (put("proofs|1|weight", 2 * 10**15), "verify-gap"),
        "no proofs": (put("proofs", []), "verify-settled"),
        "levels that do not go on": (put("proofs|1|settled|people", 0), "verify-settled"),
        "another denominator": (put("denominator", 10**14), "verify-public-lists"),
        "cuts below none": (put("cuts", -1), "verify-public-lists"),
        "rows of households below none": (put("household_rows", -1), "verify-public-lists"),
        "a chance of more digits than are told": (
            put("chances|0|0", 250000000000001),
            "verify-public-lists",
        ),
        "a chance below nothing": (put("chances|0|0", -(10**6)), "verify-public-lists"),
        "more people on no panel than have no chance": (
            put("impossible", 1),
            "verify-public-lists",
        ),
        "gamma over nothing": (put("gamma", [1, 0]), "verify-public-lists"),
        "the gamma of another objective": (put("gamma", [2, 1]), "verify-public-lists"),
    }
    for name, (change, finding) in changes.items():
        files = make(Steps(certificate=change))
        yield Vector(name=name, rule=8, files=files, finding=finding, page=UNSEEN)


def _sources(make: Make) -> Iterator[Vector]:
    """Rule 9."""

    def drawn(steps: Steps, rule: Document, outcome: Document, finding: str, name: str) -> Vector:
        files = make(replace(steps, source=(rule, outcome)))
        return Vector(name=name, rule=9, files=files, finding=finding)

    rule = BY_NUMBERS[0]
    spellings = {
        "in another order": "7.2.10./",
        "with a zero before": "02.7.10./",
        "with spaces": "2. 7. 10./",
        "without the slash": "2.7.10.",
        "without the last stop": "2.7.10/",
        "of too few numbers": "2.7./",
        "of too many numbers": "2.7.10.11./",
        "beyond the highest": "2.7.37./",
        "below the lowest": "0.2.7./",
        "of two sources": "2.7.10./2.7.10./",
        "with signs": "+2.7.10./",
        "in other digits": "\u0662.\u0667.10./",
        "that is a sentence": "the moon was full",
    }
    for name, seed in spellings.items():
        outcome = {"kind": "seed", "seed": seed}
        yield drawn(NUMBERS, rule, outcome, "seed-format", f"a seed {name}")
    form = "verify-source-form"
    rules: dict[str, tuple[Any, str]] = {
        "without numbers": (None, "verify-source-rule"),
        "of no numbers": ([], form),
        "of numbers from nowhere": ([{**LOTTO, "where": " "}], form),
        "of numbers without a day": ([{**LOTTO, "when": "soon"}], form),
        "of numbers that are all one": ([{**LOTTO, "lowest": 36}], form),
        "of numbers with a key more": ([{**LOTTO, "z": 1}], form),
        "of numbers in words": ([{**LOTTO, "count": "3"}], form),
    }
    for name, (numbers, finding) in rules.items():
        promised = {"kind": "seed"} if numbers is None else {"kind": "seed", "numbers": numbers}
        yield drawn(NUMBERS, promised, BY_NUMBERS[1], finding, f"a seed {name}")
    late = {"kind": "seed", "numbers": [{**LOTTO, "when": "2026-11-24"}]}
    early = {"kind": "seed", "numbers": [{**LOTTO, "when": "2026-11-21"}]}
    for name, promised in (("known before", early), ("not known yet", late)):
        yield drawn(NUMBERS, promised, BY_NUMBERS[1], "verify-numbers-time", f"numbers {name}")
    yield drawn(NUMBERS, rule, BY_HAND[1], "source-other", "drawn by hand in place of a seed")
    empty = {"kind": "seed", "seed": ""}
    yield drawn(NUMBERS, rule, empty, "seed-empty", "an empty seed")
    for name, digits in (("few", "87"), ("many", "0187"), ("other", "1\u0668\u0667"), ("no", "")):
        outcome = {"kind": "drawn", "digits": digits}
        yield drawn(Steps(), BY_HAND[0], outcome, "digits-count", f"{name} digits")
    yield drawn(Steps(), {"kind": "dice"}, BY_HAND[1], form, "a source that is none")
    beacon = BY_BEACON[1]
    rounds: dict[str, tuple[Document, str]] = {
        "another round": ({**beacon, "round": ROUND + 1}, "beacon-round-other"),
        "randomness of another signature": (
            {**beacon, "signature": OTHER_ROUND},
            "beacon-signature",
        ),
        "a signature of another round": (
            {**beacon, "signature": OTHER_ROUND, "randomness": digest(bytes.fromhex(OTHER_ROUND))},
            "beacon-not-signed",
        ),
        "a signature that was made up": (
            {**beacon, "signature": "ab" * 48, "randomness": digest(b"\xab" * 48)},
            "beacon-not-signed",
        ),
        "the other root of a signature": (_flipped(beacon, 1 << 381), "beacon-not-signed"),
        "a signature that is not compressed": (_flipped(beacon, 1 << 383), "beacon-not-signed"),
        "a short signature": ({**beacon, "signature": SIGNATURE[:-2]}, "beacon-signature-form"),
        "randomness in capitals": (
            {**beacon, "randomness": RANDOMNESS.upper()},
            "beacon-signature",
        ),
        "another network": ({**beacon, "chain": "drand default"}, form),
        "a round in words": ({**beacon, "round": str(ROUND)}, form),
    }
    for name, (outcome, finding) in rounds.items():
        yield drawn(BEACON, PROMISED, outcome, finding, name)
    for name, day in (
        ("before it was published", "2023-09-16"),
        ("after it was drawn", "2023-09-14"),
    ):
        steps = replace(BEACON, day=day)
        yield drawn(steps, PROMISED, beacon, "verify-beacon-time", f"a beacon's round {name}")


def _flipped(outcome: Document, bit: int) -> Document:
    signature = f"{int(SIGNATURE, 16) ^ bit:096x}"
    return {**outcome, "signature": signature, "randomness": digest(bytes.fromhex(signature))}


def _drawn(make: Make) -> Iterator[Vector]:
    """Rule 10."""
    changes: dict[str, tuple[Change, str]] = {
        "another ticket": (put("ticket", 188), "verify-ticket"),
        "another panel": (put("panel", PEOPLE[:2]), "verify-drawn-panel"),
        "a panel in another order": (lambda d: d["panel"].reverse(), "verify-drawn-panel"),
        "the draw of another commitment": (put("commitment", OTHER), "verify-commitment"),
    }
    for name, (change, finding) in changes.items():
        yield Vector(name=name, rule=10, files=make(Steps(draw=change)), finding=finding)
