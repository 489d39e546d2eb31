"""What a round of replacements claims: who left and came, by which lottery, and by which chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sortition.audit.certificate import public_checks, sharing
from sortition.audit.certificate.public import alike, largest_deviation
from sortition.audit.draw.sources import Outcome, outcome_of, source_of, time_of
from sortition.audit.log.events import TIME
from sortition.audit.log.purged import destroyed_files
from sortition.audit.log.rounds import FROM_ALTERNATES, NEWCOMERS, RoundPlaces, after
from sortition.audit.lottery import checks as drawn
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.lottery.public import public_lottery
from sortition.audit.rounds.calling import first_fitting
from sortition.audit.rounds.files import RoundFiles, undrawn
from sortition.audit.rounds.history import History
from sortition.audit.rounds.lottery import placed
from sortition.audit.rounds.rulebook import Rulebook
from sortition.audit.shapes.run import PANEL
from sortition.errors import Finding


def check_round_people(history: History, one: RoundFiles) -> Iterator[Finding]:
    """The record is that of the event; nobody comes who left, is there, or is not of the pool."""
    record, before, place = one.record, one.before, one.places.record
    stated = {name: one.event.facts.get(name) for name in ("round", "gone", "came")}
    logged = not one.is_drawn or stated == {name: record[name] for name in stated}
    if not logged or record["round"] != one.places.number:
        yield Finding(code="verify-round-event", file=place)
    if before is None:
        return
    gone, absent, came = (set(record[name]) for name in ("gone", "unavailable", "came"))
    lengths = len(record["gone"]), len(record["unavailable"]), len(record["came"])
    ordered = record["gone"] == sorted(gone) and record["unavailable"] == sorted(absent)
    if (len(gone), len(absent), len(came)) != lengths or not ordered:
        yield Finding(code="verify-order", file=place, facts={"place": "gone, unavailable or came"})
    people = history.people_of(one)
    wrong = {
        "verify-round-gone": gone - set(before.panel),
        "verify-round-unavailable": absent & set(before.panel) | absent - people,
        "verify-round-back": came & before.without(gone, absent).out,
        "verify-round-twice": came & set(before.panel),
        "verify-round-stranger": came - people,
    }
    for code, names in wrong.items():
        yield from (Finding(code=code, file=place, value=name) for name in sorted(names))
    stay = len(before.without(gone, absent).panel)
    size = history.lottery.panel_size if history.lottery else 0
    if record["places"] != size - stay or len(came) > size - stay or not gone:
        facts = {"gone": len(gone), "came": len(came)}
        yield Finding(code="verify-round-places", file=place, facts=facts)


def check_round_announced(history: History, one: RoundFiles) -> Iterator[Finding]:
    """All that decides who comes was fixed before the chance spoke, which was promised then."""
    record, stated, place = one.record, one.announcement, one.places.announcement
    if one.announced is None:
        if record["draw"] and history.published:
            yield Finding(code="verify-round-unannounced", file=one.places.record)
        return
    if stated is None:
        yield Finding(code="verify-missing", file=place)
        return
    fixed = undrawn(stated)
    same = {name: record.get(name) for name in fixed if name not in {"came", "draw"}}
    draw = {name: record["draw"].get(name) for name in fixed["draw"]}
    if {**same, "came": [], "draw": draw} != fixed:
        yield Finding(code="verify-round-otherwise", file=place)
    first = history.lottery.digest if history.lottery else ""
    wrote = [event for event in history.events if place in event.files]
    if stated["first"] != first or wrote != [one.announced]:
        yield Finding(code="verify-round-event", file=place)
    yield from _as_promised(one)


def _as_promised(one: RoundFiles) -> Iterator[Finding]:
    """The chance is the one that was promised, and came between announcement and draw."""
    stated: Any = one.announcement
    promised, lottery = source_of(stated["source"]), one.lottery or one.public_lottery
    if promised is None or promised.kind == "seed":
        yield Finding(code="verify-source-form", file=one.places.announcement)
        return
    times = one.announced.time if one.announced else "", one.event.time if one.is_drawn else "9"
    if promised.round is not None:
        published = f"{time_of(promised.round):{TIME}}"
        if not times[0] < published <= times[1]:
            facts = {"time": f"{time_of(promised.round):%Y-%m-%d %H:%M:%S}"}
            value = str(promised.round)
            yield Finding(
                code="verify-beacon-time", file=one.places.record, value=value, facts=facts
            )
    outcome = outcome_of(one.record["draw"]["source"]) if one.is_drawn else None
    if outcome is not None and lottery is not None:
        for fault in outcome.faults(promised, lottery.ticket_count):
            yield replace(fault, file=one.places.record)


def check_round_order(rules: Rulebook, one: RoundFiles) -> Iterator[Finding]:
    """Of an ordered reserve those came who are first in it with whom the quotas can be met."""
    record, before = one.record, one.before
    if before is None or record["from"] != FROM_ALTERNATES:
        return
    stayers = before.without(record["gone"], record["unavailable"])
    order, bounds, places = rules.calling(stayers)
    called = first_fitting(order, bounds, places) if before.ordered else None
    if called is None or list(called) != record["came"] or record["moved"]:
        yield Finding(code="verify-round-order", file=one.places.record)


def check_round_draw(one: RoundFiles) -> Iterator[Finding]:
    """The chance that is stated draws the ticket, and that is a ticket of those who came."""
    record, lottery, place = one.record, one.lottery or one.public_lottery, one.places.record
    draw = record["draw"]
    if not one.is_drawn:
        if lottery is None or draw["lottery"] != lottery.digest:
            yield Finding(code="verify-round-digest", file=one.places.announcement)
        return
    if lottery is None:
        if draw or (record["from"] != FROM_ALTERNATES and record["came"]):
            yield Finding(code="verify-missing", file=one.places.lottery)
        return
    if not draw or draw["lottery"] != lottery.digest or record["from"] == FROM_ALTERNATES:
        yield Finding(code="verify-round-digest", file=place, value=lottery.digest)
        return
    outcome = outcome_of(draw["source"])
    if outcome is None or lottery.ticket_count < 1:
        yield Finding(code="verify-source-form", file=place)
        return
    yield from _drawn(draw, record["came"], outcome, lottery, one.places)


def _drawn(
    draw: Any, came: list[str], outcome: Outcome, lottery: PublishedLottery, places: RoundPlaces
) -> Iterator[Finding]:
    faults = tuple(outcome.faults(None, lottery.ticket_count))
    if faults:
        yield from (replace(fault, file=places.record) for fault in faults)
        return
    ticket = outcome.ticket(lottery.ticket_count, lottery.digest)
    if ticket != draw["ticket"]:
        facts = {"drawn": ticket}
        yield Finding(
            code="verify-ticket", file=places.record, value=str(draw["ticket"]), facts=facts
        )
    if list(lottery.panel_of(ticket).members) != came:
        yield Finding(code="verify-drawn-panel", file=places.record, facts={"ticket": ticket})


def check_round_lists(history: History, one: RoundFiles) -> Iterator[Finding]:
    """The lists hold those who came, and the panel as it is since."""
    record, before = one.record, one.before
    # of a selection, whoever joined is named as she is everywhere
    late = () if history.published else history.people_of(one)
    ids = {**{name: name for name in late}, **history.ids}
    if before is None or not one.is_drawn:
        return
    panel = after(before, record).panel
    gone = destroyed_files(history.events)
    for name, people in ((NEWCOMERS, record["came"]), (PANEL, panel)):
        place = one.places.list(name)
        if place in gone:
            continue
        if place not in history.contents:
            yield Finding(code="verify-missing", file=place)
        elif not set(people) <= set(ids):
            yield Finding(code="verify-list-unreadable", file=place)
        else:
            listed = tuple(ids[name] for name in people)
            found = drawn.check_panel_list(history.contents[place], history.lists, listed)
            yield from (replace(finding, file=place) for finding in found)


def check_round_public(one: RoundFiles) -> Iterator[Finding]:
    """The public forms are in order; their proof adds up."""
    lottery, certificate = one.public_lottery, one.public_certificate
    if lottery is None:
        if one.record["draw"]:
            yield Finding(code="verify-missing", file=one.places.public_lottery)
        return
    yield from placed(
        [*drawn.check_panels(lottery), *drawn.check_quota_bounds(lottery)], one.places, public=True
    )
    if certificate is None:
        yield Finding(code="verify-missing", file=one.places.public_certificate)
        return
    yield from placed(
        [
            *public_checks.check_rows(certificate, lottery),
            *sharing.check_shared(certificate, lottery),
        ],
        one.places,
    )
    if sharing.share_of(certificate) == "chances":
        yield from placed(
            [
                *public_checks.check_sums(certificate),
                *public_checks.check_proven(certificate, lottery),
            ],
            one.places,
        )
    if certificate["complete"] != one.record["draw"].get("complete"):
        yield Finding(code="verify-told", file=one.places.public_certificate)


def check_round_told(history: History, one: RoundFiles) -> Iterator[Finding]:
    """What is public of the lottery follows from what is sealed."""
    lottery, stated, public = one.lottery, one.certificate, one.public_certificate
    if lottery is None or stated is None or public is None:
        return
    places, contents = one.places, history.contents
    if public_lottery(contents[places.lottery]) != contents.get(places.public_lottery):
        yield Finding(code="verify-told", file=places.public_lottery)
    try:
        told = sharing.shared(
            stated.certificate,
            contents[places.certificate],
            quotas=len(lottery.quotas),
            largest_deviation=largest_deviation(stated.certificate, lottery),
            complete=public["complete"] == "yes",
            share=sharing.share_of(public),
        )
        well = alike(told, public)
    except (ValueError, KeyError, ArithmeticError):
        well = False
    if not well:
        yield Finding(code="verify-told", file=places.public_certificate)
