"""What a published lottery claims: nothing was changed since, and the source drew the panel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sortition.audit.bundle import merkle
from sortition.audit.bundle.contents import Bundle
from sortition.audit.bundle.pool import is_erased, is_reserved, known_people, leaves
from sortition.audit.bundle.tokens import input_digest, preparation_digest, token
from sortition.audit.canonical import digest
from sortition.audit.claims import announced_otherwise
from sortition.audit.draw.numbers import is_day
from sortition.audit.draw.sources import Outcome, Source, time_of
from sortition.audit.letters import is_blank
from sortition.audit.log.events import TIME, Event, file_digest
from sortition.audit.log.purged import ERASED, destroyed_files
from sortition.audit.lottery.checks import FEWEST_TICKETS, parts_of
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import (
    COMMITMENT,
    DRAW,
    KEPT,
    KEY,
    LOG,
    POOL,
    PUBLIC,
    PUBLIC_CERTIFICATE,
    PUBLIC_LOTTERY,
    PUBLISHED,
    RESULTS,
    SEALED,
    SEALED_CERTIFICATE,
    SEALED_LOTTERY,
    SHEET,
    VERIFIER,
)
from sortition.errors import Finding
from sortition.model import COMBINATION

TOKEN = re.compile("[0-9a-f]{16}")
DIGEST = re.compile("[0-9a-f]{64}")
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
        if event.name == "drawn" and event.time[:10] < _day_before(about["day"]):
            facts = {"day": about["day"]}
            yield Finding(code="verify-about-day", file=LOG, value=event.time, facts=facts)


def _day_before(day: str) -> str:
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


def check_outcome(
    outcome: Outcome | None, events: Sequence[Event], source: Source, tickets: int
) -> Iterator[Finding]:
    """The source is the one that was promised, is what it should be, and came in time."""
    if outcome is None:
        yield Finding(code="verify-source-form", file=DRAW)
    else:
        for finding in outcome.faults(source, tickets):
            yield Finding(code=finding.code, file=DRAW, value=finding.value, facts=finding.facts)
        for one in source.numbers:
            if not _on_time(one.when, events):
                when = {"when": one.when}
                yield Finding(code="verify-numbers-time", file=DRAW, value=one.what, facts=when)
        round_ = outcome.source.round
        if round_ is not None and not _in_time(round_, events):
            time = {"time": f"{time_of(round_):%Y-%m-%d %H:%M:%S}"}
            yield Finding(code="verify-beacon-time", file=DRAW, value=str(round_), facts=time)


def check_draw(
    draw: Any, outcome: Outcome, lottery: PublishedLottery, announced: str
) -> Iterator[Finding]:
    """The source draws the ticket that is stated, and that is a ticket of the panel stated."""
    count = lottery.ticket_count
    if draw["commitment"] != announced:
        facts = {"place": "commitment", "needed": announced}
        yield Finding(code="verify-commitment", file=DRAW, value=draw["commitment"], facts=facts)
    if count < 1 or any(outcome.faults(None, count)):
        yield Finding(code="verify-source-form", file=DRAW)
        return
    ticket = outcome.ticket(count, lottery.digest)
    if ticket != draw["ticket"]:
        drawn = {"drawn": ticket}
        yield Finding(code="verify-ticket", file=DRAW, value=str(draw["ticket"]), facts=drawn)
    if list(panel_of(lottery, ticket)) != draw["panel"]:
        yield Finding(code="verify-drawn-panel", file=DRAW, facts={"ticket": ticket})


def _in_time(round_: int, events: Sequence[Event]) -> bool:
    """Whether a round was published after the lottery was, and before it was drawn."""
    times = {event.name: event.time for event in events if event.name in ONCE}
    return times.get("published", "") < f"{time_of(round_):{TIME}}" <= times.get("drawn", "9")


def _on_time(day: str, events: Sequence[Event]) -> bool:
    """Whether a day was not over when the lottery was published, and had come when it was drawn."""
    times = {event.name: event.time[:10] for event in events if event.name in ONCE}
    return times.get("published", "") <= day and _day_before(day) <= times.get("drawn", "9")


def panel_of(lottery: PublishedLottery, ticket: int) -> tuple[str, ...]:
    """The panel of a ticket."""
    ends = accumulate(panel.weight for panel in lottery.panels)
    return next(
        panel.members for panel, end in zip(lottery.panels, ends, strict=True) if ticket < end
    )


def check_inputs(
    key: bytes, content: bytes, commitment: Any, preparation: Any
) -> Iterator[Finding]:
    """The preparation, and the inputs that it was made from, are those of the commitment."""
    found = preparation_digest(key, content)
    if commitment["preparation"] != found:
        facts = {"place": "preparation", "needed": found}
        value = commitment["preparation"]
        yield Finding(code="verify-commitment", file=COMMITMENT, value=value, facts=facts)
    stated = commitment["inputs"]
    for name, file in preparation["inputs"].items():
        found = input_digest(key, file["sha256"])
        if stated.get(name) != found:
            facts = {"place": f"inputs.{name}", "needed": found}
            value = str(stated.get(name, ""))
            yield Finding(code="verify-commitment", file=COMMITMENT, value=value, facts=facts)


def check_seals(bundle: Bundle, commitment: Any) -> Iterator[Finding]:
    """The sealed lottery and the sealed proof are those of the commitment."""
    for name, place in (("lottery", SEALED_LOTTERY), ("certificate", SEALED_CERTIFICATE)):
        found = digest(bundle.contents[place])
        if found != commitment[name]:
            facts = {"stated": commitment[name]}
            yield Finding(code="verify-digest", file=place, value=found, facts=facts)


def check_pool(
    events: Sequence[Event], pool: Any, commitment: Any, lottery: PublishedLottery
) -> Iterator[Finding]:
    """The rows of the pool have the tokens and the root that were published."""
    stated = sum(event.name == ERASED for event in events)
    hidden = len(pool["people"]) - len(known_people(pool))
    if hidden > stated:
        yield Finding(code="verify-erased", file=POOL, value=str(hidden), facts={"stated": stated})
    people, known = pool["people"], known_people(pool)
    if any(len(person["values"]) != len(pool["features"]) for person in known):
        yield Finding(code="verify-pool-values", file=POOL)
        return
    digests = [person["leaf"] if is_erased(person) else person["key"] for person in people]
    if not all(map(DIGEST.fullmatch, digests)):
        yield Finding(code="verify-key", file=POOL)
        return
    for feature in filter(is_reserved, pool["features"]):
        yield Finding(code="verify-feature-reserved", file=POOL, value=feature)
    if [person["token"] for person in people] != list(lottery.people):
        yield Finding(code="verify-pool-people", file=POOL)
    for person in known:
        if token(bytes.fromhex(person["key"]), person["id"]) != person["token"]:
            yield Finding(code="verify-pool-token", file=POOL, value=person["token"])
    if len({person["id"] for person in known}) < len(known):
        yield Finding(code="verify-pool-people", file=POOL)
    root = merkle.root(leaves(pool)).hex() if people else ""
    if root != commitment["pool"]["root"]:
        facts = {"stated": commitment["pool"]["root"]}
        yield Finding(code="verify-root", file=POOL, value=root, facts=facts)


def check_counted(pool: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """Everybody counts for the quotas on her values, and for no other."""
    known = known_people(pool)
    if any(len(person["values"]) != len(pool["features"]) for person in known):
        return  # said of the pool
    columns = {name: number for number, name in enumerate(pool["features"])}
    hidden = {person["token"] for person in pool["people"] if is_erased(person)}
    for quota in lottery.quotas:
        parts = _parts(quota.category, quota.value)
        if not all(feature in columns for feature, _ in parts):
            yield Finding(code="verify-counted", file=SEALED_LOTTERY, value=quota.value)
            continue
        counted = [
            person["token"]
            for person in known
            if all(person["values"][columns[feature]] == value for feature, value in parts)
        ]
        if sorted(counted) != sorted(set(quota.members) - hidden):
            yield Finding(code="verify-counted", file=SEALED_LOTTERY, value=quota.value)


def check_key(bundle: Bundle) -> Iterator[Finding]:
    """The key of the tokens is one."""
    if bundle.key is None:
        yield Finding(code="verify-key", file=KEY)


def _parts(category: str, value: str) -> list[tuple[str, str]]:
    return parts_of(value) if category == COMBINATION else [(category, value)]


def _part(name: str) -> str:
    return next((part for part in (PUBLIC, SEALED) if name.startswith(part)), "")


def ids_of(tokens: Mapping[str, str], panel: tuple[str, ...]) -> tuple[str, ...] | None:
    """The ids behind tokens; None if a token is nobody's."""
    ids = {token: id for id, token in tokens.items()}
    counted = Counter(tokens.values())
    if any(counted[token] != 1 for token in panel):
        return None
    return tuple(sorted(ids[token] for token in panel))
