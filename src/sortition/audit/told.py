"""What a verdict says before any claim: how much there is, and what this reader cannot check."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sortition.audit.bundle.contents import Bundle
from sortition.audit.bundle.stamp import read_stamp
from sortition.audit.canonical import digest
from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.sharing import share_of
from sortition.audit.draw.sources import Source
from sortition.audit.log.purged import PURGED
from sortition.audit.log.rounds import ALTERNATES, FROM_POOL
from sortition.audit.lottery.checks import FEWEST_TICKETS
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.rounds.files import RoundFiles
from sortition.audit.rounds.history import History
from sortition.audit.run.evidence import Evidence
from sortition.audit.shapes.bundle import STAMP
from sortition.errors import Finding
from sortition.model import REHEARSAL, is_rehearsal, names_seated

OBJECTIVES = {
    "leximin": "told-leximin",
    "maximin": "told-maximin",
    "minimax": "told-minimax",
    "nash": "told-nash",
    "goldilocks": "told-goldilocks",
    "population": "told-population",
}
SHARES = {"groups": "told-share-groups", "none": "told-share-none"}
SOURCES = {"seed": "told-seed", "drawn": "told-drawn", "beacon": "told-beacon"}


def told_of_run(evidence: Evidence, *, compared: bool) -> Iterator[Finding]:
    """What is to be known of a selection, as far as its files can be read."""
    manifest = evidence.manifest
    if manifest and is_rehearsal(manifest["seed"]):
        yield Finding(code="told-rehearsal", value=REHEARSAL)
    yield from _of_lottery(evidence.lottery)
    yield from _of_certificate(evidence.certificate)
    if manifest:
        code = "told-chosen-seed" if manifest["seed_given"] else "told-fresh-seed"
        yield Finding(code=code, value=manifest["seed"])
        yield Finding(code="told-finished" if manifest["complete"] else "told-unfinished")
    yield Finding(code="told-compared" if compared else "told-not-compared")
    yield Finding(code="told-run-unseen")


def told_of_bundle(bundle: Bundle, *, compared: bool) -> Iterator[Finding]:
    """What is to be known of a published lottery, as far as its files can be read."""
    stated = bundle.sealed_certificate
    if bundle.is_rehearsal:
        yield Finding(code="told-rehearsal-published", value=REHEARSAL)
    if bundle.commitment:
        yield Finding(code="told-about", facts=bundle.commitment["about"])
    yield from _of_lottery(bundle.lottery)
    stated_of_few = bundle.commitment or {"tickets": FEWEST_TICKETS}
    if stated_of_few["tickets"] < FEWEST_TICKETS and stated_of_few["few_tickets"]:
        yield Finding(code="told-reason", value=stated_of_few["few_tickets"])
    if bundle.is_sealed:
        yield from _of_certificate(stated.certificate if stated else None)
    elif bundle.certificate:
        yield from _of_public(bundle.certificate, bundle.lottery)
    if bundle.erased:
        yield Finding(code="told-erased", facts={"count": len(bundle.erased)})
    if bundle.source:
        yield _of_source(bundle.source)
    if bundle.certificate:
        complete = bundle.certificate["complete"] == "yes"
        yield Finding(code="told-finished" if complete else "told-unfinished")
    yield Finding(code="told-compared" if compared else "told-not-compared")
    if STAMP in bundle.contents:
        with suppress(ValueError):  # said of the file below
            yield Finding(code="told-stamp", value=read_stamp(bundle.contents[STAMP]).time)
    yield Finding(code="told-sealed-unseen" if bundle.is_sealed else "told-public-unseen")


def _of_lottery(lottery: PublishedLottery | None) -> Iterator[Finding]:
    if lottery is None:
        return
    count = lottery.ticket_count
    facts: Mapping[str, str | int] = {
        "tickets": count,
        "panels": len(lottery.panels),
        "size": lottery.panel_size,
        "people": len(lottery.people),
    }
    yield Finding(code="told-lottery", facts=facts)
    for quota in lottery.quotas:
        if names_seated(quota.category, quota.value):
            yield Finding(code="told-seated", facts={"count": quota.lower})
    if lottery.reserved and lottery.panels:
        reserve = {"count": len(lottery.panels[0].alternates)}
        yield Finding(code="told-reserve", facts=reserve)
    if count < FEWEST_TICKETS:
        yield Finding(code="told-few-tickets", facts={"tickets": count, "needed": FEWEST_TICKETS})


def _of_certificate(certificate: Certificate | None) -> Iterator[Finding]:
    if certificate is None:
        return
    excluded: dict[str, str | int] = {"count": len(certificate.impossible)}
    excluded["people"] = certificate.people + len(certificate.impossible)
    yield Finding(code="told-excluded", facts=excluded)
    yield Finding(code="told-cuts", facts={"count": certificate.cuts})
    yield Finding(code=OBJECTIVES[certificate.objective])


def _of_public(document: Any, lottery: PublishedLottery | None) -> Iterator[Finding]:
    if lottery is not None:
        excluded = {"count": document["impossible"], "people": len(lottery.people)}
        yield Finding(code="told-excluded-stated", facts=excluded)
    yield Finding(code="told-cuts-stated", facts={"count": document["cuts"]})
    yield Finding(code=OBJECTIVES[document["objective"]])
    share = share_of(document)
    if share != "chances":
        yield Finding(code=SHARES[share])


def announcements(history: History | None) -> dict[int, str]:
    """The digests of what was announced before each round was drawn, by its number."""
    if history is None:
        return {}
    return {
        one.places.number: digest(history.contents[one.places.announcement])
        for one in history.rounds
        if one.announced is not None and one.places.announcement in history.contents
    }


def told_of_rounds(history: History | None, given: Collection[str]) -> Iterator[Finding]:
    """What is to be known of the time after the draw, if these digests were announced."""
    if history is None:
        return
    for event in history.events:
        if event.name == PURGED:
            named = event.facts.get("destroyed")
            count = len(named) if isinstance(named, list) else 0
            yield Finding(code="told-purged", value=event.time, facts={"count": count})
        if event.name == ALTERNATES:
            by_draw = event.facts.get("seed") == history.seed
            yield Finding(code="told-alternates" if by_draw else "told-alternates-seed")
    announced = announcements(history)
    for one in history.rounds:
        facts: dict[str, str | int] = {"round": one.places.number}
        draw = one.record["draw"] if one.record else {}
        if one.record:
            yield _of_people(one)
            yield from _of_choices(one)
        if one.late is not None:
            count = len(one.late["people"])
            late = history.contents[one.places.late]
            yield Finding(
                code="told-round-late", value=digest(late), facts={**facts, "count": count}
            )
        of_it = announced.get(one.places.number)
        if of_it is not None:
            code = "told-round-compared" if of_it in given else "told-round-announced"
            yield Finding(code=code, value=of_it, facts=facts)
        if not one.is_drawn:
            yield Finding(code="told-round-pending", facts=facts)
        elif draw and one.announced is None:
            yield Finding(code="told-round", facts=facts)
        if draw.get("complete") == "no":
            yield Finding(code="told-round-unfinished", facts=facts)


def _of_people(one: RoundFiles) -> Finding:
    """Who is said to be out, for which there is nobody's word but the organiser's."""
    facts: dict[str, str | int] = {"round": one.places.number}
    facts |= {name: len(one.record[name]) for name in ("gone", "unavailable")}
    lottery = one.lottery or one.public_lottery
    if lottery is not None:
        facts["free"] = len(lottery.people)
    return Finding(code="told-round-people", facts=facts)


def _of_choices(of_round: RoundFiles) -> Iterator[Finding]:
    """What was decided for a round, which could have been decided otherwise."""
    record, number, before = of_round.record, {"round": of_round.places.number}, of_round.before
    moved = [
        f"{one['category']}: {one['value']}, {_range(one['before'])} → {_range(one['after'])}"
        for one in record["moved"]
    ]
    if moved:
        yield Finding(code="told-round-moved", value="; ".join(moved), facts=number)
    if before is not None and record["from"] == FROM_POOL:
        left = before.without(record["gone"], record["unavailable"]).reserve
        if left:
            yield Finding(code="told-round-passed-over", facts={**number, "count": len(left)})


def _range(bounds: Sequence[int]) -> str:
    return "–".join(map(str, bounds))


def _of_source(source: Source) -> Finding:
    found = "; ".join(f"{one.what}, {one.where}, {one.when}" for one in source.numbers)
    return Finding(code=SOURCES[source.kind], value=found, facts={"round": source.round or 0})
