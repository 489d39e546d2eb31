"""What the public part of a published lottery claims: whose it is, and that nothing was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sortition.audit.bundle.contents import Bundle
from sortition.audit.canonical import DIGEST, digest
from sortition.audit.claims import announced_otherwise
from sortition.audit.draw.numbers import is_day
from sortition.audit.letters import is_blank
from sortition.audit.log.events import Event, file_digest
from sortition.audit.log.purged import destroyed_files
from sortition.audit.lottery.checks import FEWEST_TICKETS
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import (
    COMMITMENT,
    DRAW,
    KEPT,
    LOG,
    PUBLIC,
    PUBLIC_CERTIFICATE,
    PUBLIC_LOTTERY,
    PUBLISHED,
    RESULTS,
    SEALED,
    SHEET,
    VERIFIER,
)
from sortition.errors import Finding

TOKEN = re.compile("[0-9a-f]{16}")
ONCE = ("prepared", "published", "drawn")  # in this order


def check_files(bundle: Bundle) -> Iterator[Finding]:
    """Every file of the parts that are there is there."""
    needed = [*PUBLISHED, LOG]
    if bundle.is_sealed:
        needed += KEPT
    if bundle.has_results:
        needed += [*RESULTS, DRAW]
    if any(event.name == "drawn" for event in bundle.events):
        needed.append(DRAW)
    gone = destroyed_files(bundle.events)
    for name in dict.fromkeys(needed):
        if name not in bundle.contents and name not in gone:
            yield Finding(code="verify-missing", file=name)


def check_log(bundle: Bundle) -> Iterator[Finding]:
    """No event was changed, left out or put in between; it was prepared, published, drawn."""
    yield from bundle.log_findings
    if bundle.log_findings:
        return
    names = [event.name for event in bundle.events]
    once = [name for name in names if name in ONCE]
    drawn = DRAW in bundle.contents
    if once != list(ONCE[: 3 if drawn else 2]) or names[:2] != list(ONCE[:2]):
        facts = {"found": ", ".join(names)}
        yield Finding(code="verify-event-order", file=LOG, facts=facts)
    for event in bundle.events:
        if event.name == "drawn" and bundle.draw is not None:
            logged, stated = event.facts.get("ticket"), bundle.draw["ticket"]
            if logged != stated:
                ticket = {"stated": stated}
                yield Finding(code="verify-event-ticket", file=LOG, value=str(logged), facts=ticket)


def check_logged_files(
    contents: Mapping[str, bytes], key: bytes | None, events: Sequence[Event]
) -> Iterator[Finding]:
    """Every file is as the event that wrote it says, and an event wrote every file."""
    stated = {name: digest for event in events for name, digest in event.files.items()}
    for name, content in contents.items():
        found = file_digest(name, content, key)
        if name == LOG:
            continue
        if name not in stated:
            yield Finding(code="verify-not-logged", file=name)
        elif found != stated[name]:
            facts = {"stated": stated[name]}
            yield Finding(code="verify-digest", file=name, value=found, facts=facts)
    # a part can be handed over without the others, but not a file without its part
    parts = {_part(name) for name in contents}
    gone = destroyed_files(events)
    for name in stated:
        if name not in contents and name not in gone and _part(name) in parts:
            yield Finding(code="verify-missing", file=name)


def check_commitment(
    bundle: Bundle, commitment: Any, lottery: PublishedLottery
) -> Iterator[Finding]:
    """The commitment stands for the lottery, the proof, the pool and the tickets."""
    stated: dict[str, tuple[object, object]] = {
        "lottery": (commitment["lottery"], lottery.digest),
        "tickets": (commitment["tickets"], lottery.ticket_count),
        "pool.size": (commitment["pool"]["size"], len(lottery.people)),
        "public.lottery.json": (
            commitment["public"]["lottery.json"],
            digest(bundle.contents[PUBLIC_LOTTERY]),
        ),
    }
    if bundle.certificate is not None:
        stated["certificate"] = (commitment["certificate"], bundle.certificate["sealed"])
        stated["public.certificate.json"] = (
            commitment["public"]["certificate.json"],
            digest(bundle.contents[PUBLIC_CERTIFICATE]),
        )
    if VERIFIER in bundle.contents:
        found = digest(bundle.contents[VERIFIER])
        stated["public.verify.html"] = (commitment["public"]["verify.html"], found)
    for place, (one, other) in stated.items():
        if one != other:
            facts = {"place": place, "needed": str(other)}
            yield Finding(code="verify-commitment", file=COMMITMENT, value=str(one), facts=facts)
    digests = [commitment["lottery"], commitment["certificate"], commitment["pool"]["root"]]
    digests.append(commitment["preparation"])
    for value in (*digests, *commitment["inputs"].values()):
        if not isinstance(value, str) or not DIGEST.fullmatch(value):
            yield Finding(code="verify-no-digest", file=COMMITMENT, value=str(value))
    if not {"pool", "quotas"} <= set(commitment["inputs"]):
        yield Finding(code="verify-no-digest", file=COMMITMENT, value="inputs")
    if bundle.source is None:
        yield Finding(code="verify-source-form", file=COMMITMENT)
    elif bundle.source.kind == "seed" and not bundle.source.numbers:
        yield Finding(code="verify-source-rule", file=COMMITMENT)
    if commitment["tickets"] < FEWEST_TICKETS and is_blank(commitment["few_tickets"]):
        yield Finding(code="verify-few-tickets", file=COMMITMENT, value=str(commitment["tickets"]))
    last = [event for event in bundle.events if event.name == "published"][-1:]
    for event in last:
        if event.facts.get("commitment") != bundle.announced:
            yield Finding(code="verify-event-commitment", file=LOG)


def check_about(commitment: Any, events: Sequence[Event]) -> Iterator[Finding]:
    """The commitment says whose draw it is, and on which day, and was drawn no earlier."""
    about = commitment["about"]
    for name in ("assembly", "organiser"):
        if is_blank(about[name]):
            yield Finding(code="verify-about", file=COMMITMENT, value=f"about.{name}")
    if not is_day(about["day"]):
        yield Finding(code="verify-about", file=COMMITMENT, value="about.day")
        return
    for event in events:
        # a day can be over elsewhere before it begins in Greenwich
        if event.name == "drawn" and event.time[:10] < day_before(about["day"]):
            facts = {"day": about["day"]}
            yield Finding(code="verify-about-day", file=LOG, value=event.time, facts=facts)


def day_before(day: str) -> str:
    """The day before a day, both in ISO form."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def check_announced(bundle: Bundle, announced: str) -> Iterator[Finding]:
    """The commitment is the one whose digest was announced."""
    yield from announced_otherwise(bundle.contents, COMMITMENT, announced)


def check_sheet(page: bytes, announced: str, commitment: Any) -> Iterator[Finding]:
    """The sheet for the draw shows the digest of the commitment, and no digest of another."""
    text = page.decode(errors="replace")
    if f">{announced}<" not in text:
        yield Finding(code="verify-page", file=SHEET, value=announced)
    known = {announced, commitment["lottery"], *map(str, commitment["public"].values())}
    for shown in sorted(set(re.findall(r"[0-9a-f]{64}", text)) - known):
        yield Finding(code="verify-sheet-digests", file=SHEET, value=shown)


def check_tokens(lottery: PublishedLottery) -> Iterator[Finding]:
    """Everybody is named by a token."""
    for name in lottery.people:
        if not TOKEN.fullmatch(name):
            yield Finding(code="verify-token", file=PUBLIC_LOTTERY, value=name)


def _part(name: str) -> str:
    return next((part for part in (PUBLIC, SEALED) if name.startswith(part)), "")
