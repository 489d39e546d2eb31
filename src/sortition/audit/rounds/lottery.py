"""What the lottery of a round claims: it is over all who could come, and none is fairer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sortition.audit.certificate import checks as certified
from sortition.audit.certificate import panels as of_panels
from sortition.audit.certificate import public_checks
from sortition.audit.log.rounds import FROM_ALTERNATES, FROM_SECOND, RoundPlaces, Standing
from sortition.audit.lottery import checks as drawn
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.rounds.calling import can_be_filled
from sortition.audit.rounds.files import RoundFiles
from sortition.audit.rounds.history import History
from sortition.audit.rounds.rulebook import Home, Rulebook
from sortition.audit.shapes.bundle import DRAW, PUBLIC_CERTIFICATE, PUBLIC_LOTTERY
from sortition.audit.shapes.run import CERTIFICATE, LOTTERY, MANIFEST
from sortition.errors import Finding

# the objective of further lotteries, where the folder does not hold what the first one needs
FURTHER = {"population": "leximin"}


def check_round_lottery(history: History, rules: Rulebook, one: RoundFiles) -> Iterator[Finding]:
    """The lottery is over all who could come, for what those who stay leave open."""
    record, before, lottery = one.record, one.before, one.lottery
    if before is None:
        return
    stayers = before.without(record["gone"], record["unavailable"])
    second = record["from"] == FROM_SECOND
    free = rules.available(stayers, stayers.reserve if second else None)
    if lottery is None:
        if free and record["from"] != FROM_ALTERNATES:  # somebody could have come
            yield Finding(code="verify-missing", file=one.places.lottery)
        return
    place = one.places.lottery
    if list(lottery.people) != free:
        yield Finding(code="verify-round-pool", file=place)
    mates: dict[Home, int] = defaultdict(int)
    for id in free:
        if id in rules.homes:
            mates[rules.homes[id]] += 1
    crowded = sum(max(0, count - rules.limit) for count in mates.values())
    if lottery.panel_size != min(record["places"], len(free) - crowded):
        facts = {"size": lottery.panel_size, "needed": record["places"]}
        yield Finding(code="verify-round-size", file=place, facts=facts)
    first = history.lottery
    if first is not None and lottery.ticket_count != first.ticket_count:
        facts = {"found": lottery.ticket_count, "needed": first.ticket_count}
        yield Finding(code="verify-round-tickets", file=place, facts=facts)
    yield from _check_bounds(rules, stayers, record, lottery, place)


def _check_bounds(
    rules: Rulebook, stayers: Standing, record: Any, lottery: PublishedLottery, place: str
) -> Iterator[Finding]:
    """The quotas are what is left open; those that were moved are stated, and moved outwards."""
    names = [(quota.category, quota.value) for quota in rules.quotas]
    if [(quota.category, quota.value) for quota in lottery.quotas] != names:
        yield Finding(code="verify-round-quotas", file=place)
        return
    moved = []
    bounds = rules.bounds(stayers.panel, record["places"])
    for quota, bound in zip(lottery.quotas, bounds, strict=True):
        if set(quota.members) != bound.people.intersection(lottery.people):
            yield Finding(code="verify-counted", file=place, value=quota.value)
        if not (quota.lower <= bound.lower and bound.upper <= quota.upper):
            facts: dict[str, str | int] = {
                "category": quota.category,
                "lower": bound.lower,
                "upper": bound.upper,
            }
            yield Finding(code="verify-round-bounds", file=place, value=quota.value, facts=facts)
        if (quota.lower, quota.upper) != (bound.lower, bound.upper):
            moved.append(
                {
                    "after": [quota.lower, quota.upper],
                    "before": [bound.lower, bound.upper],
                    "category": quota.category,
                    "value": quota.value,
                }
            )
    if record["moved"] != moved:
        yield Finding(code="verify-round-moved", file=place)
    kept = rules.all_bounds(stayers, lottery.people, record["places"])
    if moved and can_be_filled(lottery.people, kept, lottery.panel_size):
        yield Finding(code="verify-round-moved-needless", file=place)


def check_round_panels(one: RoundFiles) -> Iterator[Finding]:
    """The panels of the lottery are in order and keep its quotas."""
    lottery = one.lottery
    if lottery is not None:
        for check in (drawn.check_panels, drawn.check_quota_rows, drawn.check_quotas):
            yield from placed(check(lottery), one.places)


def check_round_households(rules: Rulebook, one: RoundFiles) -> Iterator[Finding]:
    """With those who stay, no panel has more people of a household than may sit."""
    record, before, lottery = one.record, one.before, one.lottery
    if lottery is None or before is None:
        return
    stay = before.without(record["gone"], record["unavailable"]).panel
    for number, panel in enumerate(lottery.panels):
        counts: dict[Home, int] = defaultdict(int)
        for id in rules.homes.keys() & {*stay, *panel.members}:
            counts[rules.homes[id]] += 1
        if any(count > rules.limit for count in counts.values()):
            facts: dict[str, str | int] = {"panel": f"panels[{number}]", "limit": rules.limit}
            yield Finding(code="verify-household", file=one.places.lottery, facts=facts)


def check_round_proof(history: History, rules: Rulebook, one: RoundFiles) -> Iterator[Finding]:
    """No lottery over those who could come is fairer, by the objective of the first."""
    record, lottery, stated = one.record, one.lottery, one.certificate
    if lottery is None:
        return
    place = one.places.certificate
    if stated is None:
        yield Finding(code="verify-missing", file=place)
        return
    certificate, first = stated.certificate, history.certificate
    objective = "" if first is None else FURTHER.get(first.objective, first.objective)
    if first is not None and (certificate.objective, certificate.gamma) != (objective, first.gamma):
        yield Finding(code="verify-round-objective", file=place, value=certificate.objective)
    about = {"options": history.options, "complete": record["draw"].get("complete") == "yes"}
    yield from placed(
        [
            *certified.check_groups(lottery, certificate),
            *certified.check_rows(lottery, certificate),
            *certified.check_kept(lottery, certificate),
            *certified.check_households(lottery, certificate, about),
            *of_panels.check_excluded(lottery, certificate),
            *of_panels.check_cuts(certificate),
            *of_panels.check_alike(lottery, certificate),
            *certified.check_packed(lottery, certificate),
            *certified.check_reached(certificate),
            *certified.check_bounds(stated),
            *certified.check_gaps(certificate, about),
            *certified.check_levels(certificate, about),
            *public_checks.check_deviation(certificate, lottery),
        ],
        one.places,
    )
    if not _alike_homes(rules, one):
        yield Finding(code="verify-round-homes", file=place)


def _alike_homes(rules: Rulebook, one: RoundFiles) -> bool:
    """Whether the households of the proof are those of the first lottery, as far as they bind."""
    lottery, stated = one.lottery, one.certificate
    if lottery is None or stated is None:
        return True
    try:
        found = certified.households_of(lottery, stated.certificate, rules.limit)
    except ArithmeticError:
        return False
    groups: dict[Home, set[str]] = defaultdict(set)
    for id, number in found.items():
        groups[number].add(id)
    homes: dict[Home, set[str]] = defaultdict(set)
    for id in set(lottery.people).intersection(rules.homes):
        homes[rules.homes[id]].add(id)
    binding = {frozenset(mates) for mates in homes.values() if len(mates) > rules.limit}
    return {frozenset(group) for group in groups.values()} == binding


def placed(
    findings: Iterable[Finding], places: RoundPlaces, *, public: bool = False
) -> Iterator[Finding]:
    """What was found of a lottery, said of the files of this round."""
    of_round = {
        LOTTERY: places.public_lottery if public else places.lottery,
        CERTIFICATE: places.certificate,
        MANIFEST: places.record,
        DRAW: places.record,
        PUBLIC_LOTTERY: places.public_lottery,
        PUBLIC_CERTIFICATE: places.public_certificate,
    }
    for finding in findings:
        yield replace(finding, file=of_round.get(finding.file, finding.file))
